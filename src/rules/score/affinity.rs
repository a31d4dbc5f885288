//! A team's own table of what goes well together, as one more part.
//!
//! ```toml
//! [[prefer]]
//! name = "affinity"
//! weight = 2
//! table = "affinity.csv"   # columns lead.industry, rep.team, value: a number from 0 to 1
//! ```
//!
//! The value of the row whose cells are the lead's and the rep's; 0 for a pair that is not in the table.
//! Left out where one of the lead's fields is empty.

use super::{Ground, Units, share};
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};
use crate::model::{Frame, Table};
use crate::rules::keys::Keys;
use crate::rules::words::{folded, text};
use std::collections::{BTreeMap, HashMap};

/// The cells of a row, as they compare.
type Cells = Vec<String>;

/// The part over a table.
#[derive(Debug)]
pub struct Affinity {
    reps: Vec<usize>,
    rows: Vec<Vec<i32>>,
}

/// The columns of a table by what they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// Lead fields with their columns.
    pub lead: Vec<(String, usize)>,
    /// Rep fields with their columns.
    pub rep: Vec<(String, usize)>,
    /// The column of the value.
    pub value: Option<usize>,
}

impl Headers {
    /// Reads the headers of a table; what is none of `lead.…`, `rep.…` and `value` is left out.
    pub fn read(table: &Table) -> Self {
        let mut headers = Self::default();
        for (column, header) in table.headers.iter().enumerate() {
            let header = folded(header);
            if let Some(field) = header.strip_prefix("lead.") {
                headers.lead.push((field.to_owned(), column));
            } else if let Some(field) = header.strip_prefix("rep.") {
                headers.rep.push((field.to_owned(), column));
            } else if header == "value" {
                headers.value = Some(column);
            }
        }
        headers
    }
}

impl Affinity {
    /// Binds a table to the leads.
    ///
    /// # Errors
    /// Columns that lack or that nothing bears, and values that are no number from 0 to 1.
    pub fn bind(ground: &Ground<'_>, table: &Table) -> Result<(Keys, Self), Mistakes> {
        let headers = Headers::read(table);
        let (values, mut mistakes) = values(table, &headers);
        let (leads, reps) = (ground.leads, &ground.batch.reps.frame);
        known(
            table,
            &headers.lead,
            "lead",
            leads,
            &ground.lead_fields,
            &mut mistakes,
        );
        known(
            table,
            &headers.rep,
            "rep",
            reps,
            &ground.rep_fields,
            &mut mistakes,
        );
        mistakes.or(())?;

        let cells = |frame: &Frame, fields: &[(String, usize)], row: usize| -> Cells {
            let cells = fields
                .iter()
                .map(|(field, _)| folded(&text(frame.value(field, row))));
            cells.collect()
        };
        let (keys, first) = Keys::of_columns(leads, headers.lead.iter().map(|(field, _)| field.as_str()));
        let (keys, of_leads) = keys.refine(|key| {
            let cells = cells(leads, &headers.lead, first[key as usize]);
            cells.iter().all(|cell| !cell.is_empty()).then_some(cells)
        });
        let mut numbers: BTreeMap<Cells, usize> = BTreeMap::new();
        let mut of_reps = Vec::new();
        for row in ground.rep_rows() {
            let cells = cells(reps, &headers.rep, row);
            let next = numbers.len();
            of_reps.push(*numbers.entry(cells).or_insert(next));
        }
        let row = |lead: &Cells| {
            let mut units = vec![0; numbers.len()];
            if let Some(pairs) = values.get(lead) {
                for (rep, &number) in &numbers {
                    units[number] = pairs.get(rep).copied().unwrap_or(0);
                }
            }
            units
        };
        let rows = of_leads.iter().map(row).collect();
        Ok((keys, Self { reps: of_reps, rows }))
    }
}

/// The units of each pair of cells in the table; the first row of a pair counts.
fn values(table: &Table, headers: &Headers) -> (HashMap<Cells, HashMap<Cells, i32>>, Mistakes) {
    let mut values: HashMap<Cells, HashMap<Cells, i32>> = HashMap::new();
    let mut mistakes = Mistakes::default();
    let position = Position::File(table.source.file.clone());
    if headers.lead.is_empty() || headers.rep.is_empty() {
        mistakes.push(
            Mistake::new(
                Kind::NoSuchColumn,
                position.clone(),
                "a table that does not name both sides",
            )
            .expected("columns such as `lead.industry`, `rep.team` and `value`"),
        );
    }
    let Some(column) = headers.value else {
        let lacks = Mistake::new(Kind::NoSuchColumn, position, "no column `value`");
        mistakes.push(lacks.expected("columns such as `lead.industry`, `rep.team` and `value`"));
        return (values, mistakes);
    };
    for (row, &line) in table.rows.iter().enumerate() {
        let cell = table.cells.get(row, column).trim();
        let Some(number) = cell.parse().ok().filter(|number| (0.0..=1.0).contains(number)) else {
            let found = Mistake::new(
                Kind::BadNumber,
                table.source.cell(line, column),
                format!("`{cell}`"),
            );
            mistakes.push(found.column("value").expected("a number from 0 to 1"));
            continue;
        };
        let cells = |fields: &[(String, usize)]| -> Cells {
            fields
                .iter()
                .map(|(_, column)| folded(table.cells.get(row, *column)))
                .collect()
        };
        let pairs = values.entry(cells(&headers.lead)).or_default();
        pairs.entry(cells(&headers.rep)).or_insert_with(|| share(number));
    }
    (values, mistakes)
}

fn known(
    table: &Table,
    fields: &[(String, usize)],
    variable: &str,
    frame: &Frame,
    standard: &[&str],
    mistakes: &mut Mistakes,
) {
    for (field, column) in fields {
        let known = || {
            standard
                .iter()
                .copied()
                .chain(frame.known.iter().map(String::as_str))
        };
        if frame.column(field).is_some() || known().any(|name| name == field) {
            continue;
        }
        let mistake = Mistake::new(
            Kind::UnknownName,
            table.source.cell(table.header_row, *column),
            format!("no column is called `{field}`"),
        )
        .column(format!("{variable}.{field}"));
        mistakes.push(match did_you_mean(field, known()) {
            Some(name) => mistake.hint(format!("did you mean `{variable}.{name}`?")),
            None => mistake,
        });
    }
}

impl Units for Affinity {
    fn units(&self, key: u32, rep: usize) -> i32 {
        self.rows[key as usize][self.reps[rep]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, LeadIndex, RepIndex, Shape, Source};
    use crate::rules::bind;
    use crate::rules::bind::fixture::{batch, loaded};

    const RULES: &str = "[score]\n[[prefer]]\nname = 'affinity'\ntable = 'affinity.csv'";

    fn table(text: &str) -> BTreeMap<String, Table> {
        let mut lines = text.lines().map(|line| line.split('|'));
        let headers: Vec<String> = lines.next().unwrap().map(str::to_owned).collect();
        let mut cells = Cells::new(headers.len());
        lines.for_each(|line| cells.push(line));
        let source = Source {
            file: "affinity.csv".into(),
            shape: Shape::Lines,
        };
        let rows = (2..).take(cells.rows()).collect();
        let table = Table {
            source,
            headers,
            header_row: 1,
            cells,
            rows,
            ragged: Vec::new(),
            delimiter: b',',
            bom: false,
            notes: Vec::new(),
        };
        BTreeMap::from([("affinity.csv".to_owned(), table)])
    }

    #[test]
    fn a_pair_has_the_value_of_its_row_and_nothing_without_one() {
        let mut rules = loaded(RULES);
        assert_eq!(rules.tables_needed(), ["affinity.csv"]);
        let tables = table("lead.industry|rep.team|value\nSoftware|East|0.25\nsoftware|West|1");
        rules.read_columns_of(&tables);
        assert!(rules.settings.lead_columns.contains_key("industry"));
        assert!(rules.settings.rep_columns.contains_key("team"));
        let batch = batch(
            "id|industry\n1|software\n2|Retail\n3|",
            "id|team\na|East\nb|west\nc|",
        );
        let bound = bind(&rules, &batch, &tables).unwrap();
        let units = |lead: u32, rep: u32| {
            let part = &bound.parts[0];
            part.key(LeadIndex(lead))
                .map(|key| part.units(key, RepIndex(rep)))
        };
        assert_eq!(
            [units(0, 0), units(0, 1), units(0, 2)],
            [Some(250_000), Some(1_000_000), Some(0)]
        );
        assert_eq!([units(1, 0), units(2, 0)], [Some(0), None]);
    }

    #[test]
    fn columns_that_nothing_bears_and_bad_values_are_mistakes() {
        let batch = batch("id|industry\n1|a", "id|team\na|East");
        let tables = table("lead.industri|rep.team|value\nSoftware|East|2");
        let mistakes = bind(&loaded(RULES), &batch, &tables).unwrap_err();
        let kinds: Vec<Kind> = mistakes.0.iter().map(|mistake| mistake.kind).collect();
        assert_eq!(kinds, [Kind::BadNumber, Kind::UnknownName], "{mistakes}");
        assert_eq!(
            mistakes.0[1].hint.as_deref(),
            Some("did you mean `lead.industry`?")
        );
    }
}
