//! Makes an import and known records of any size and tells what it costs to hold them against each other.
//!
//! `cargo run --release --example reconcile_size -- FOLDER [LEADS] [RECORDS] [THREADS]`; prints one line of
//! JSON. The files are made where the folder lacks them, the same for the same numbers. Words of names, cities
//! and domains are as unevenly spread as real ones (Zipf); two leads of five are in the known records, half of
//! these with a typing error, another legal form or another way to write the phone number.

mod measure;

use anyhow::Context;
use dealt::model::{AsOf, ImportVerdict, Moment, ReconcileSettings, Settings};
use dealt::read::{self, InputFile, InputTable, Inputs, Reading};
use dealt::reconcile::{Question, reconcile, same_email};
use jiff::tz::TimeZone;
use measure::{Read, peak_mb, seconds, whole};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// The moment of the batch: 1 June 2026, UTC. Nothing depends on it.
const AS_OF: Moment = Moment(1_780_272_000);
const HEADERS: &str =
    "Id,First Name,Last Name,Company,Email,Phone,Street,City,State,Postal Code,Country,Owner";
const SYLLABLES: [&str; 24] = [
    "ba", "cor", "del", "en", "fi", "gra", "hol", "in", "jo", "kel", "lu", "mar", "nor", "op", "per", "qui",
    "ro", "sta", "tri", "ul", "ver", "wes", "yor", "zen",
];
const TRADES: [&str; 40] = [
    "Services",
    "Group",
    "Solutions",
    "Systems",
    "Supply",
    "Consulting",
    "Construction",
    "Design",
    "Electric",
    "Energy",
    "Engineering",
    "Equipment",
    "Farms",
    "Financial",
    "Foods",
    "Health",
    "Holdings",
    "Industries",
    "Insurance",
    "International",
    "Labs",
    "Logistics",
    "Management",
    "Manufacturing",
    "Marketing",
    "Media",
    "Medical",
    "Motors",
    "Partners",
    "Plastics",
    "Press",
    "Products",
    "Properties",
    "Realty",
    "Software",
    "Sports",
    "Steel",
    "Technologies",
    "Transport",
    "Travel",
];
const FORMS: [&str; 8] = ["", " Inc", " Inc.", " LLC", ", LLC", " Corp", " Ltd", " Co"];
const STATES: [&str; 10] = ["CA", "TX", "NY", "FL", "IL", "PA", "OH", "GA", "NC", "MI"];
const FREE: [&str; 5] = ["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "aol.com"];

/// A generator of numbers (splitmix64) that gives the same ones everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).expect("below a usize")
    }

    /// A rank below `count` by Zipf's law, nearly: the logarithm of ranks is even.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "ranks are rough and small"
    )]
    fn zipf(&mut self, count: usize) -> usize {
        let even = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((count as f64 + 1.0).powf(even)) as usize - 1).min(count - 1)
    }
}

/// A made-up word; the same for the same number.
fn word(number: usize) -> String {
    let mut numbers = Numbers(number as u64 ^ 0xA5A5);
    let count = 2 + numbers.below(2);
    let text: String = (0..count)
        .map(|_| SYLLABLES[numbers.below(SYLLABLES.len())])
        .collect();
    text[..1].to_uppercase() + &text[1..]
}

struct Company {
    name: String,
    domain: String,
    phone: String,
    street: String,
    city: String,
    state: &'static str,
    zip: String,
}

fn company(number: usize) -> Company {
    let mut numbers = Numbers(number as u64 ^ 0x00C0_FFEE);
    let mut name = word(numbers.zipf(200_000));
    if numbers.below(3) == 0 {
        name = format!("{name} {}", word(numbers.zipf(50_000)));
    }
    if numbers.below(4) != 0 {
        name = format!("{name} {}", TRADES[numbers.zipf(TRADES.len())]);
    }
    let city = numbers.zipf(3000);
    let state = STATES[city % STATES.len()];
    let domain = format!("{}{}.com", name.to_lowercase().replace(' ', ""), number % 7919);
    Company {
        phone: format!(
            "{:03}{:07}",
            201 + numbers.below(700),
            2_000_000 + numbers.below(7_999_999)
        ),
        street: format!("{} {} St", 1 + numbers.below(9999), word(numbers.zipf(2000))),
        city: format!("{}ville", word(city + 500_000)),
        zip: format!("{:05}", 10_000 + city * 20 + numbers.below(20)),
        name,
        domain,
        state,
    }
}

/// A contact as a line of CSV; those of the import are damaged somewhat.
fn contact(number: usize, companies: usize, of_import: bool) -> String {
    let mut numbers = Numbers(number as u64 ^ 0xFEED);
    let of = company(numbers.below(companies));
    let (given, family) = (
        word(600_000 + numbers.zipf(400)),
        word(700_000 + numbers.zipf(20_000)),
    );
    let host = if numbers.below(4) == 0 {
        FREE[numbers.below(FREE.len())].to_owned()
    } else {
        of.domain
    };
    let mut email = format!(
        "{}.{}{}@{host}",
        given.to_lowercase(),
        family.to_lowercase(),
        number % 97
    );
    let mut phone = if numbers.below(3) == 0 {
        of.phone
    } else {
        format!(
            "{:03}{:07}",
            201 + numbers.below(700),
            2_000_000 + numbers.below(7_999_999)
        )
    };
    let form = FORMS[numbers.below(FORMS.len())];
    let mut name = format!("{}{form}", of.name);
    let mut id = format!("0035e{number:010}");
    let owner = format!("rep{}@example.com", numbers.below(200));
    if of_import {
        id.insert(0, 'L');
        let mut numbers = Numbers(number as u64 ^ 0xBAD);
        match numbers.below(8) {
            0 => name
                .remove(1 + numbers.below(3).min(name.len() - 2))
                .to_string()
                .clear(),
            1 => name = of.name.to_uppercase(),
            2 => phone = format!("+1 ({}) {}-{}", &phone[..3], &phone[3..6], &phone[6..]),
            3 => email = String::new(),
            _ => {}
        }
    }
    let mut line = String::new();
    let owner = if of_import { "" } else { &owner };
    let _ = write!(
        line,
        "{id},{given},{family},\"{name}\",{email},{phone},{},{},{},{},US,{owner}",
        of.street, of.city, of.state, of.zip
    );
    line
}

fn make(path: &Path, rows: usize, line: impl Fn(usize) -> String) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let mut file = BufWriter::new(std::fs::File::create(path).context("cannot make the file")?);
    writeln!(file, "{HEADERS}")?;
    for row in 0..rows {
        writeln!(file, "{}", line(row))?;
    }
    Ok(file.flush()?)
}

fn main() -> ExitCode {
    match run() {
        Ok(line) => {
            let _ = writeln!(std::io::stdout(), "{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<Value> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().context("FOLDER [LEADS] [RECORDS] [THREADS]")?);
    let number = |at: usize, default: usize| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (leads, records, threads) = (number(1, 100_000)?, number(2, 1_000_000)?, number(3, 2)?);
    let companies = (records * 2 / 5).max(1);
    std::fs::create_dir_all(folder)?;
    let (of_leads, of_records) = (
        folder.join(format!("import-{leads}-{records}.csv")),
        folder.join(format!("known-{records}.csv")),
    );
    make(&of_leads, leads, |row| {
        let number = if row % 5 < 2 {
            row * records / leads.max(1)
        } else {
            records + row
        };
        contact(number, companies + companies / 2, true)
    })?;
    make(&of_records, records, |row| {
        contact(row, companies + companies / 2, false)
    })?;
    let start = Instant::now();
    let table = |path: &Path| {
        let file = read::input_file(&path.to_string_lossy())?;
        anyhow::Ok(InputTable { file, sheet: None })
    };
    let roster = InputFile {
        name: "reps.csv".to_owned(),
        bytes: b"id,name\nr1,Ann\n".to_vec(),
    };
    let inputs = Inputs {
        leads: vec![table(&of_leads)?],
        reps: InputTable {
            file: roster,
            sheet: None,
        },
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: vec![table(&of_records)?],
        accounts: Vec::new(),
        past: dealt::model::Past::default(),
        reading: Reading::default(),
    };
    let as_of = AsOf {
        moment: AS_OF,
        zone: TimeZone::UTC,
    };
    let batch = read::batch(&inputs, &Settings::default(), as_of)?;
    drop(inputs);
    let of_reading = Read::since(start);
    let imported = batch.leads.parties.as_ref().context("no parties")?;
    let start = Instant::now();
    let by_email = same_email(imported);
    let of_email = seconds(start.elapsed().as_secs_f64());
    let start = Instant::now();
    let found = reconcile(&Question {
        imported,
        are_records: false,
        listings: &batch.listings,
        reps: &[],
        settings: &ReconcileSettings::default(),
        country: batch.country,
        threads,
        progress: &|_| {},
    });
    let of_all = seconds(start.elapsed().as_secs_f64());
    let mut verdicts: BTreeMap<&str, u64> = BTreeMap::new();
    for of_lead in &found.leads {
        let verdict = of_lead
            .as_ref()
            .map_or(ImportVerdict::New, |of_lead| of_lead.verdict);
        *verdicts.entry(verdict.name()).or_default() += 1;
    }
    let large: Vec<String> = found
        .large_blocks
        .iter()
        .map(|block| {
            format!(
                "{} {}: {} x {}",
                block.key.name(),
                block.value,
                block.sizes.0,
                block.sizes.1
            )
        })
        .collect();
    Ok(json!({
        "leads": leads, "records": records, "threads": threads, "read": seconds(of_reading.seconds), "read_mb": of_reading.peak_mb, "same_email": of_email,
        "same_email_found": by_email.leads.iter().flatten().count(), "reconcile": of_all, "peak_mb": peak_mb(),
        "verdicts": verdicts, "large": whole(i128::from(found.large)), "large_blocks": large,
    }))
}
