//! Which column of a file is which field, and what the others are called in rules.

use super::aliases::{
    ACCOUNT_FIELDS, CLAIM_FIELDS, Field, LEAD_FIELDS, OUTCOME_FIELDS, PIN_FIELDS, PLACE_FIELDS, REP_FIELDS,
    TEAM_FIELDS, TIME_OFF_FIELDS,
};
use crate::mistake::Position;
use crate::model::{FileColumns, Table};
use std::collections::BTreeMap;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Leads,
    Reps,
    Pins,
    Outcomes,
    Claims,
    Teams,
    TimeOff,
    Places,
    Existing,
    Accounts,
}

impl Role {
    /// The fields that files of this role have.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Leads | Self::Existing => LEAD_FIELDS,
            Self::Accounts => ACCOUNT_FIELDS,
            Self::Reps => REP_FIELDS,
            Self::Pins => PIN_FIELDS,
            Self::Outcomes => OUTCOME_FIELDS,
            Self::Claims => CLAIM_FIELDS,
            Self::Teams => TEAM_FIELDS,
            Self::TimeOff => TIME_OFF_FIELDS,
            Self::Places => PLACE_FIELDS,
        }
    }

    /// The table of the rules that says which column is which field.
    pub fn key(self) -> &'static str {
        match self {
            Self::Leads => "columns.leads",
            Self::Reps => "columns.reps",
            Self::Pins => "columns.pins",
            Self::Outcomes => "columns.outcomes",
            Self::Claims => "columns.claims",
            Self::Teams => "columns.teams",
            Self::TimeOff => "columns.time_off",
            Self::Places => "columns.places",
            Self::Existing => "columns.existing",
            Self::Accounts => "columns.accounts",
        }
    }
}

/// The columns of a file by field and by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// For each field that the file has its columns: one, or several that are joined or of which the
    /// first filled counts.
    pub fields: BTreeMap<String, Vec<usize>>,
    /// The name of every column in rules; none for the program's own columns.
    pub names: Vec<Option<String>>,
    /// The header of every column in snake case.
    pub snakes: Vec<String>,
    /// How many columns at the front are the program's own.
    pub own: usize,
    /// Fields and headers of overrides whose header the file does not have.
    pub missing: Vec<(String, String)>,
}

impl Columns {
    /// The columns of a field; none where the file lacks it.
    pub fn field(&self, field: &str) -> &[usize] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// The columns that a name in rules stands for: a field, a column by its name, or the header of a
    /// field's column in snake case.
    pub fn named(&self, name: &str) -> Vec<usize> {
        let field = self.field(name);
        if !field.is_empty() {
            return field.to_vec();
        }
        let by_name = self.names.iter().position(|own| own.as_deref() == Some(name));
        let by_header = || {
            let at = self.snakes.iter().position(|snake| snake == name)?;
            self.names[at].is_some().then_some(at)
        };
        by_name.or_else(by_header).into_iter().collect()
    }

    /// The field that the column of a name is, where rules call it by its own header.
    pub fn field_behind(&self, name: &str) -> Option<&str> {
        let columns = self.named(name);
        let holds = |(_, of): &(&String, &Vec<usize>)| columns.first().is_some_and(|at| of.contains(at));
        self.fields.iter().find(holds).map(|(field, _)| field.as_str())
    }

    /// Every name that rules can use, in the file's order.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flatten().map(String::as_str)
    }

    /// The headers, and which field each column is.
    pub fn described(&self, table: &Table) -> FileColumns {
        let of = |at: usize| {
            let found = self
                .fields
                .iter()
                .filter(move |(_, columns)| columns.contains(&at));
            found.map(|(field, _)| field.clone())
        };
        let fields = table.headers.iter().enumerate();
        FileColumns {
            headers: table.headers.clone(),
            fields: fields
                .flat_map(|(at, header)| of(at).map(move |field| (header.clone(), field)))
                .collect(),
        }
    }
}

/// Where a header stands.
pub(super) fn header_position(table: &Table, column: usize) -> Position {
    if table.header_row == 0 {
        Position::File(table.source.file.clone())
    } else {
        table.source.cell(table.header_row, column)
    }
}
