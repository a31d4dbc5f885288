//! Tables whose columns are known, read as one after another, column by column.

use super::cells::Emptiness;
use super::coding::{Coded, code, combine};
use super::columns::Columns;
use super::lists;
use super::typed::{Customs, How, Misfit, Parsed, Values, code_values, list_value, parse};
use crate::mistake::Position;
use crate::model::{Column, FileColumns, Kind, Origin, PastRows, Source, Table, Value};

/// A table whose columns are known.
#[derive(Clone, Debug)]
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    pub columns: Columns,
    /// The ids of the rows, where a ledger kept them.
    pub past: Option<&'a PastRows>,
}

/// Tables that are read one after another as if they were one.
#[derive(Clone, Debug)]
pub(super) struct Sheets<'a> {
    pub list: Vec<Sheet<'a>>,
    pub empty: Emptiness,
}

/// For each sheet some of its columns.
pub(super) type Places = Vec<Vec<usize>>;

/// A column as it was typed, and what did not fit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    pub column: Column,
    /// Rows whose cell does not fit; their value is empty.
    pub misfits: Vec<(usize, Misfit)>,
    /// The first row whose day and month cannot be told apart, with its text.
    pub ambiguous_date: Option<(usize, String)>,
    /// A number whose separator could be one of thousands or of decimals.
    pub doubtful_number: Option<String>,
}

impl<'a> Sheets<'a> {
    /// One table alone; `empty` is what the rules call empty besides the usual texts.
    pub fn of_one(table: &'a Table, columns: Columns, empty: &[String]) -> Self {
        let sheet = Sheet {
            table,
            columns,
            past: None,
        };
        Self {
            list: vec![sheet],
            empty: Emptiness::new(empty),
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.list.iter().map(|sheet| sheet.table.rows.len()).sum()
    }

    /// The sheet of a row and the row's place there.
    pub fn at(&self, row: usize) -> (usize, usize) {
        let (mut source, mut rest) = (0, row);
        while rest >= self.list[source].table.rows.len() {
            rest -= self.list[source].table.rows.len();
            source += 1;
        }
        (source, rest)
    }

    /// Where each sheet came from.
    pub fn sources(&self) -> Vec<Source> {
        self.list.iter().map(|sheet| sheet.table.source.clone()).collect()
    }

    /// The columns of each sheet, and what they were taken for.
    pub fn described(&self) -> Vec<FileColumns> {
        let described = |sheet: &Sheet<'_>| sheet.columns.described(sheet.table);
        self.list.iter().map(described).collect()
    }

    /// Where each row stands.
    pub fn origins(&self) -> Vec<Origin> {
        let mut all = Vec::with_capacity(self.rows());
        for (source, sheet) in (0u16..).zip(&self.list) {
            all.extend(sheet.table.rows.iter().map(|&row| Origin { source, row }));
        }
        all
    }

    /// The columns of a field in each sheet.
    pub fn field(&self, field: &str) -> Places {
        let of = |sheet: &Sheet<'_>| sheet.columns.field(field).to_vec();
        self.list.iter().map(of).collect()
    }

    /// The columns that a name in rules stands for in each sheet.
    pub fn named(&self, name: &str) -> Places {
        self.list.iter().map(|sheet| sheet.columns.named(name)).collect()
    }

    /// The field that a name in rules stands for, where some sheet knows it by its own header.
    pub fn field_behind(&self, name: &str) -> Option<&str> {
        self.list
            .iter()
            .find_map(|sheet| sheet.columns.field_behind(name))
    }

    /// The position of a cell among some columns: the filled one, or the first.
    pub fn position(&self, row: usize, places: &Places) -> Position {
        let (source, at) = self.at(row);
        let (sheet, columns) = (&self.list[source], &places[source]);
        let filled = columns.iter().find(|&&column| self.is_filled(sheet, at, column));
        let number = sheet.table.rows[at];
        match filled.or(columns.first()) {
            Some(&column) => sheet.table.source.cell(number, column),
            None => sheet.table.source.row(number),
        }
    }

    fn is_filled(&self, sheet: &Sheet<'_>, row: usize, column: usize) -> bool {
        !self.empty.content(sheet.table.cells.get(row, column)).is_empty()
    }

    /// Marks the rows in which one of some columns is filled.
    pub fn mark_filled(&self, places: &Places, filled: &mut [bool]) {
        let mut row = 0;
        for (sheet, columns) in self.list.iter().zip(places) {
            for at in 0..sheet.table.rows.len() {
                filled[row] |= columns.iter().any(|&column| self.is_filled(sheet, at, column));
                row += 1;
            }
        }
    }

    /// The header of the first of some columns; the name where there is none.
    pub fn header(&self, places: &Places, name: &str) -> String {
        let mut columns = self.list.iter().zip(places);
        let first = columns.find_map(|(sheet, columns)| Some(sheet.table.headers[*columns.first()?].trim()));
        first.unwrap_or(name).to_owned()
    }

    /// Codes some columns; of several the first filled cell of a row counts.
    pub fn code(&self, places: &Places) -> Coded<'a> {
        if places.iter().all(Vec::is_empty) {
            return Coded {
                codes: vec![0; self.rows()],
                texts: vec![""],
            };
        }
        code(self.raw(places), &self.empty)
    }

    /// The text of some columns in every row, without surrounding blanks; of several the first filled.
    pub fn texts(&self, places: &Places) -> impl Iterator<Item = &'a str> {
        self.raw(places).map(|raw| self.empty.content(raw))
    }

    fn raw(&self, places: &Places) -> impl Iterator<Item = &'a str> {
        self.list.iter().zip(places).flat_map(move |(sheet, columns)| {
            let table = sheet.table;
            (0..table.rows.len()).map(move |row| match columns.as_slice() {
                [] => "",
                [column] => table.cells.get(row, *column),
                several => several
                    .iter()
                    .map(|&column| table.cells.get(row, column))
                    .find(|raw| !self.empty.content(raw).is_empty())
                    .unwrap_or_default(),
            })
        })
    }

    /// Types some columns as one; those of a list are joined.
    pub fn typed(&self, name: &str, places: &Places, how: How, customs: Customs<'_>) -> Typed {
        let most = places.iter().map(Vec::len).max().unwrap_or(0);
        if how == How::Fixed(Kind::List) && most > 1 {
            return self.joined(name, places, most);
        }
        let coded = self.code(places);
        let parsed = parse(&coded.texts, how, customs);
        let text = |at: usize| coded.texts[at].to_owned();
        let first_row = |at: usize| coded.codes.iter().position(|&code| code as usize == at);
        let ambiguous_date = parsed
            .ambiguous_date
            .and_then(|at| Some((first_row(at)?, text(at))));
        let doubtful_number = parsed.doubtful_number.map(text);
        Typed {
            ambiguous_date,
            doubtful_number,
            ..self.column(name, places, coded.codes, parsed)
        }
    }

    fn joined(&self, name: &str, places: &Places, most: usize) -> Typed {
        let parts: Vec<Coded<'_>> = (0..most)
            .map(|part| {
                let one = |columns: &Vec<usize>| columns.get(part).copied().into_iter().collect();
                self.code(&places.iter().map(one).collect())
            })
            .collect();
        self.combined(name, places, &parts, Kind::List, |texts| {
            let mut items: Vec<String> = Vec::new();
            for item in texts.iter().flat_map(|text| lists::items(text, true)) {
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            list_value(items)
        })
    }

    /// Makes a column out of the combinations of others.
    pub fn combined(
        &self,
        name: &str,
        places: &Places,
        parts: &[Coded<'_>],
        kind: Kind,
        value: impl Fn(&[&str]) -> Value,
    ) -> Typed {
        let combined = combine(parts, self.rows());
        let values = combined.texts.iter().map(|texts| Ok(value(texts))).collect();
        self.column(name, places, combined.codes, Parsed::certain(kind, values))
    }

    /// Makes a column of a value for every row.
    pub fn of_values(&self, name: &str, places: &Places, kind: Kind, values: Vec<Value>) -> Column {
        // The first of the texts must be the empty one.
        let codes = (1..).zip(&values).map(|(code, _)| code).collect();
        let values = std::iter::once(Value::Empty).chain(values).map(Ok).collect();
        self.column(name, places, codes, Parsed::certain(kind, values))
            .column
    }

    fn column(&self, name: &str, places: &Places, codes: Vec<u32>, parsed: Parsed) -> Typed {
        let mut misfits = Vec::new();
        if parsed.values.iter().any(Result::is_err) {
            for (row, &code) in codes.iter().enumerate() {
                if let Err(misfit) = &parsed.values[code as usize] {
                    misfits.push((row, misfit.clone()));
                }
            }
        }
        let kind = parsed.kind;
        let (codes, values) = if parsed.distinct {
            let values = parsed.values.into_iter().map(Result::unwrap_or_default);
            (codes, values.collect())
        } else {
            let Values { of_text, values } = code_values(parsed.values);
            (
                codes.into_iter().map(|code| of_text[code as usize]).collect(),
                values,
            )
        };
        Typed {
            column: Column {
                name: name.to_owned(),
                header: self.header(places, name),
                kind,
                codes,
                values,
            },
            misfits,
            ambiguous_date: None,
            doubtful_number: None,
        }
    }
}
