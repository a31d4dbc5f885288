//! How often records are told to be the same that are, and how often those that are not: real names and
//! addresses, damaged in known ways, half of them known and half of them new.
//!
//! `cargo test --test reconcile_labels -- --nocapture` prints the table.

#[path = "reconcile_labels/damage.rs"]
mod damage;

use damage::{Damage, Numbers, Record};
use dealt::model::{
    AsOf, Counterpart, ImportVerdict, LeadIndex, Match, MatchKey, Moment, Past, ReconcileSettings, Settings,
};
use dealt::read::{self, InputFile, InputTable, Inputs, Reading};
use dealt::reconcile::{Question, reconcile};
use jiff::tz::TimeZone;
use std::fmt::Write;

const FILES: [&str; 4] = [
    include_str!("reconcile_labels/stores.csv"),
    include_str!("reconcile_labels/vendors.csv"),
    include_str!("reconcile_labels/accounts.csv"),
    include_str!("reconcile_labels/salesforce.csv"),
];
const GIVEN: [&str; 24] = [
    "Anna", "Robert", "Maria", "Stephen", "Linda", "Michael", "Chen", "Fatima", "José", "Ingrid", "Pierre",
    "Yuki", "Olga", "Rajesh", "William", "Sofia", "Ahmed", "Grace", "Lars", "Paula", "Tobias", "Nadia",
    "Kevin", "Elena",
];
const FAMILY: [&str; 40] = [
    "Jiang",
    "Blythe",
    "Mitchell",
    "García",
    "Müller",
    "Dubois",
    "Novak",
    "Okafor",
    "Tanaka",
    "Rossi",
    "Silva",
    "Larsen",
    "Kowalski",
    "Petrov",
    "Haddad",
    "Brown",
    "Singh",
    "Nguyen",
    "Fischer",
    "Moreau",
    "Costa",
    "Berg",
    "Horvat",
    "Ibrahim",
    "Walsh",
    "Varkey",
    "Pak",
    "Tsoflias",
    "Saraiva",
    "Reiter",
    "Valdez",
    "Abbas",
    "Carson",
    "Campbell",
    "Ansman",
    "Mensa",
    "Vargas",
    "Ito",
    "Lindqvist",
    "Yilmaz",
];
const FREE: [&str; 6] = [
    "gmail.com",
    "yahoo.fr",
    "gmx.de",
    "hotmail.co.uk",
    "t-online.de",
    "bigpond.com",
];

/// A row of a list: what it holds, and which known record it is.
struct Row {
    record: Record,
    is: Option<usize>,
}

/// What came of a list.
#[derive(Clone, Copy, Default)]
struct Count {
    rows: usize,
    expected: usize,
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Real organisations, with a phone number, a website and a person that the test makes up.
fn records() -> Vec<Record> {
    let mut records = Vec::new();
    for text in FILES {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.expect("the file is whole");
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            records.push(with_contact(
                Record {
                    name: cell(0),
                    street: cell(1),
                    city: cell(2),
                    state: cell(3),
                    postal_code: cell(4),
                    country: cell(5),
                    phone: cell(6),
                    website: cell(7),
                    ..Record::default()
                },
                records.len(),
            ));
        }
    }
    records
}

fn with_contact(mut record: Record, number: usize) -> Record {
    let mut numbers = Numbers(number as u64 ^ 0x00C0_FFEE);
    let slug: String = record.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let host = format!("{}{number}.com", slug.to_lowercase());
    if record.website.is_empty() && numbers.below(2) == 0 {
        record.website = format!("www.{host}");
    }
    if record.phone.is_empty() {
        record.phone = format!(
            "+1 {} 555 {:04}",
            201 + numbers.below(700),
            numbers.below(9000) + 100
        );
    }
    GIVEN[numbers.below(GIVEN.len())].clone_into(&mut record.given);
    FAMILY[numbers.below(FAMILY.len())].clone_into(&mut record.family);
    let local = format!("{}.{}{number}", ascii(&record.given), ascii(&record.family));
    record.email = if numbers.below(3) == 0 {
        format!("{local}@{}", FREE[numbers.below(FREE.len())])
    } else {
        format!("{local}@{host}")
    };
    record
}

fn ascii(text: &str) -> String {
    text.to_lowercase()
        .replace('é', "e")
        .replace('í', "i")
        .replace('ü', "u")
}

fn is_known(number: usize) -> bool {
    number.is_multiple_of(2)
}

fn csv_of<'a>(
    ids: impl Iterator<Item = String>,
    rows: impl Iterator<Item = &'a Record>,
    persons: bool,
) -> String {
    let headers =
        "Id,Company,First Name,Last Name,Email,Phone,Website,Street,City,State,Postal Code,Country\n";
    let mut text = headers.to_owned();
    for (id, row) in ids.zip(rows) {
        let person = if persons {
            [&row.given, &row.family, &row.email]
        } else {
            [&""; 3].map(|_| &EMPTY)
        };
        let cells = [
            &row.name,
            person[0],
            person[1],
            person[2],
            &row.phone,
            &row.website,
            &row.street,
            &row.city,
            &row.state,
            &row.postal_code,
            &row.country,
        ];
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        writeln!(text, "{id},{}", cells.join(",")).expect("a text takes all");
    }
    text
}

static EMPTY: String = String::new();

fn table(name: &str, text: String) -> InputTable {
    let file = InputFile {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    InputTable { file, sheet: None }
}

/// Holds a list against the known half. `persons` tells whether rows are contacts or organisations.
fn count(records: &[Record], rows: &[Row], persons: bool) -> (Count, Vec<String>) {
    let known: Vec<usize> = (0..records.len()).filter(|at| is_known(*at)).collect();
    let of_known = csv_of(
        known.iter().map(|at| format!("K{at}")),
        known.iter().map(|at| &records[*at]),
        persons,
    );
    let of_rows = csv_of(
        (0..rows.len()).map(|at| format!("L{at}")),
        rows.iter().map(|row| &row.record),
        persons,
    );
    let listing = vec![table("known.csv", of_known)];
    let (existing, accounts) = if persons {
        (listing, Vec::new())
    } else {
        (Vec::new(), listing)
    };
    let inputs = Inputs {
        leads: vec![table("import.csv", of_rows)],
        reps: table("reps.csv", "id,name\nr1,Ann\n".to_owned()),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing,
        accounts,
        past: Past::default(),
        reading: Reading::default(),
    };
    let as_of = AsOf {
        moment: Moment(1_780_272_000),
        zone: TimeZone::UTC,
    };
    let batch = read::batch(&inputs, &Settings::default(), as_of).expect("the lists can be read");
    let imported = batch.leads.parties.as_ref().expect("leads are read as parties");
    let found = reconcile(&Question {
        imported,
        are_records: false,
        listings: &batch.listings,
        reps: &[],
        settings: &ReconcileSettings::default(),
        country: batch.country,
        threads: 2,
        progress: &|_| {},
    });
    let (mut count, mut faults) = (
        Count {
            rows: rows.len(),
            ..Count::default()
        },
        Vec::new(),
    );
    for (at, row) in rows.iter().enumerate() {
        let of_lead = found.of(LeadIndex::new(at));
        let is_match = |of: &&Match| {
            matches!(
                found.verdict(LeadIndex::new(at)),
                ImportVerdict::Duplicate | ImportVerdict::KnownAccount
            ) && of.confidence >= 80
        };
        let of = of_lead
            .and_then(|of_lead| of_lead.matches.first())
            .filter(is_match);
        let told = of.map(|of| match of.with {
            Counterpart::Record(record) => found.records[record as usize].id[1..].parse::<usize>().ok(),
            Counterpart::Lead(_) => None,
        });
        count.expected += usize::from(row.is.is_some());
        match told {
            Some(told) if told.is_some() && told == row.is => count.right += 1,
            Some(told) => {
                count.wrong += 1;
                faults.push(format!(
                    "wrong: {:?}\n   is {told:?} {:?}",
                    row.record,
                    told.map(|at| &records[at])
                ));
            }
            None if row.is.is_some() => {
                count.missed += 1;
                let near = of_lead.and_then(|of_lead| of_lead.matches.first());
                let near = near.map(|of| (of.confidence, keys(of)));
                faults.push(format!(
                    "missed: {:?}\n   {near:?} {:?}",
                    row.record,
                    row.is.map(|at| &records[at])
                ));
            }
            None => {}
        }
    }
    (count, faults)
}

fn keys(of: &Match) -> [Vec<MatchKey>; 3] {
    [of.agrees, of.similar, of.disagrees].map(|set| set.keys().collect())
}

/// Every record damaged: known ones are to be found, the others to be new.
fn damaged(records: &[Record], damage: Damage) -> Vec<Row> {
    let rows = records.iter().enumerate().filter_map(|(at, record)| {
        Some(Row {
            record: record.damaged(damage, at as u64)?,
            is: is_known(at).then_some(at),
        })
    });
    rows.collect()
}

/// Rows made of each record by its number; none where it says so.
fn made(records: &[Record], make: impl Fn(usize, &Record) -> Option<Row>) -> Vec<Row> {
    records
        .iter()
        .enumerate()
        .filter_map(|(at, record)| make(at, record))
        .collect()
}

/// Records of contacts: what changes between two lists of persons.
fn of_contacts(records: &[Record]) -> Vec<(&'static str, Vec<Row>)> {
    let is = |at: usize| is_known(at).then_some(at);
    let place_less = |record: &Record| Record {
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        ..record.clone()
    };
    vec![
        (
            "e-mail alone",
            made(records, |at, record| {
                Some(Row {
                    record: Record {
                        email: record.email.to_uppercase(),
                        ..Record::default()
                    },
                    is: is(at),
                })
            }),
        ),
        (
            "changed e-mail",
            made(records, |at, record| {
                let email = format!("{}@fair-guest{at}.org", ascii(&record.given));
                Some(Row {
                    record: Record {
                        email,
                        phone: String::new(),
                        ..record.clone()
                    },
                    is: is(at),
                })
            }),
        ),
        (
            "changed e-mail, same phone",
            made(records, |at, record| {
                let email = format!("{}@fair-guest{at}.org", ascii(&record.given));
                let name = String::new();
                Some(Row {
                    record: Record {
                        name,
                        email,
                        ..place_less(record)
                    },
                    is: is(at),
                })
            }),
        ),
        (
            "initial, no e-mail",
            made(records, |at, record| {
                let given = format!("{}.", record.given.chars().next()?);
                Some(Row {
                    record: Record {
                        given,
                        email: String::new(),
                        ..record.clone()
                    },
                    is: is(at),
                })
            }),
        ),
    ]
}

/// Persons who share a switchboard or a provider with a known one.
fn of_strangers(records: &[Record]) -> Vec<(&'static str, Vec<Row>)> {
    vec![
        (
            "shared switchboard, colleague",
            made(records, |at, record| {
                let other = &records[(at + 7) % records.len()];
                let (given, family) = (other.given.clone(), format!("{}son", other.family));
                let email = format!("{}.{at}@{}", ascii(&given), record.email.split('@').nth(1)?);
                Some(Row {
                    record: Record {
                        given,
                        family,
                        email,
                        ..record.clone()
                    },
                    is: None,
                })
            }),
        ),
        (
            "same free-mail provider",
            made(records, |at, record| {
                let other = &records[(at + 9) % records.len()];
                let email = format!("{}{at}@{}", ascii(&other.family), FREE[at % FREE.len()]);
                let (given, family) = (other.given.clone(), format!("{}en", other.family));
                let (city, country) = (record.city.clone(), record.country.clone());
                Some(Row {
                    record: Record {
                        city,
                        country,
                        given,
                        family,
                        email,
                        ..Record::default()
                    },
                    is: None,
                })
            }),
        ),
    ]
}

/// Rows that look like known organisations and are none.
fn hard_negatives(records: &[Record]) -> Vec<(&'static str, Vec<Row>)> {
    const OTHER: [&str; 8] = [
        "Works",
        "Outfitters",
        "Brothers",
        "Rentals",
        "Depot",
        "Workshop",
        "Imports",
        "Studio",
    ];
    let bare = |record: &Record| Record {
        phone: String::new(),
        website: String::new(),
        ..record.clone()
    };
    vec![
        (
            "same city, similar name",
            made(records, |at, record| {
                let (rest, _) = record.name.rsplit_once(' ')?;
                let name = format!("{rest} {}", OTHER[at % OTHER.len()]);
                let street = format!("{} Nowhere Lane", at + 3);
                Some(Row {
                    record: Record {
                        name,
                        street,
                        postal_code: String::new(),
                        ..bare(record)
                    },
                    is: None,
                })
            }),
        ),
        (
            "same switchboard, other company",
            made(records, |at, record| {
                let other = &records[(at | 1) % records.len()];
                Some(Row {
                    record: Record {
                        name: format!("{} Annex", other.name),
                        website: String::new(),
                        ..record.clone()
                    },
                    is: None,
                })
                .filter(|_| other.name != record.name)
            }),
        ),
        (
            "switchboard alone",
            made(records, |_, record| {
                let (phone, city, country) =
                    (record.phone.clone(), record.city.clone(), record.country.clone());
                Some(Row {
                    record: Record {
                        city,
                        country,
                        phone,
                        ..Record::default()
                    },
                    is: None,
                })
            }),
        ),
        (
            "same name, other city",
            made(records, |at, record| {
                let other = &records[(at + 31) % records.len()];
                if !is_known(at)
                    || record.city.is_empty()
                    || other.city.is_empty()
                    || other.city == record.city
                {
                    return None;
                }
                Some(Row {
                    record: Record {
                        name: record.name.clone(),
                        ..bare(other)
                    },
                    is: None,
                })
            }),
        ),
    ]
}

#[test]
fn records_are_found_again_and_others_are_not_taken_for_them() {
    let records = records();
    let mut lists: Vec<(String, Vec<Row>, bool)> = Vec::new();
    for damage in Damage::ALL {
        lists.push((format!("{damage:?}"), damaged(&records, damage), false));
    }
    lists.extend(
        of_contacts(&records)
            .into_iter()
            .chain(of_strangers(&records))
            .map(|(name, rows)| (name.to_owned(), rows, true)),
    );
    lists.extend(
        hard_negatives(&records)
            .into_iter()
            .map(|(name, rows)| (name.to_owned(), rows, false)),
    );
    let mut all = Count::default();
    let mut table = format!(
        "{:34} {:>6} {:>8} {:>6} {:>6} {:>6}\n",
        "", "rows", "to find", "right", "wrong", "missed"
    );
    let mut on_nothing = 0;
    for (name, rows, persons) in &lists {
        let (count, faults) = count(&records, rows, *persons);
        let Count {
            rows,
            expected,
            right,
            wrong,
            missed,
        } = count;
        writeln!(
            table,
            "{name:34} {rows:6} {expected:8} {right:6} {wrong:6} {missed:6}"
        )
        .expect("a text takes all");
        all = Count {
            rows: all.rows + rows,
            expected: all.expected + expected,
            right: all.right + right,
            wrong: all.wrong + wrong,
            missed: all.missed + missed,
        };
        if [
            "same free-mail provider",
            "switchboard alone",
            "same switchboard, other company",
        ]
        .contains(&name.as_str())
        {
            on_nothing += wrong;
        }
        if std::env::var_os("SHOW_FAULTS").is_some() {
            for fault in faults.iter().take(12) {
                writeln!(table, "  {fault}").expect("a text takes all");
            }
        }
    }
    let number = |count: usize| f64::from(u32::try_from(count).expect("rows are few"));
    let share = |part: usize, whole: usize| number(part) / number(whole.max(1));
    let precision = share(all.right, all.right + all.wrong);
    let recall = share(all.right, all.expected);
    let said = format!(
        "{table}precision {precision:.4}, recall {recall:.4} of {} to find in {} rows",
        all.expected, all.rows
    );
    say(&said);
    assert_eq!(on_nothing, 0, "{table}");
    assert!(
        precision >= 0.99 && recall >= 0.95,
        "precision {precision:.4}, recall {recall:.4}\n{table}"
    );
}

#[expect(
    clippy::print_stdout,
    reason = "the table is what the test is run for by hand"
)]
fn say(table: &str) {
    println!("{table}");
}
