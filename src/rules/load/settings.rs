//! From a rule file to what it says to the readers.

use super::reconcile;
use super::section::{Section, texts};
use super::written::{Most, TerritoryMode, Written};
use crate::mistake::{Kind as MistakeKind, Mistake, Mistakes, Position, did_you_mean};
use crate::model::{
    ColumnNames, Country, DateOrder, Decimal, Kind, LedgerSettings, OpenBy, Patience, ReadSettings, Settings,
    WeeklyHours,
};
use crate::places;

use crate::rules::expr::Variable;
use crate::rules::fields;
use crate::rules::file::{Datum, Table};
use crate::rules::score::BuiltIn;
use crate::rules::{MOST_WISHES, Method};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Reads what a rule file says to the readers, the columns that its rules and parts read included.
pub fn settings(tree: &Table, written: &Written, mistakes: &mut Mistakes) -> Settings {
    let read = Section::find(tree, "read");
    let owner = Section::find(tree, "owner");
    let lead_types = lead_types(tree);
    let (lead_columns, rep_columns) = columns(written, &lead_types, mistakes);
    Settings {
        time_zone: time_zone(tree, mistakes),
        read: ReadSettings {
            empty: plain(read.texts("empty")),
            decimal: read.text("decimal").map(|mark| match mark.as_str() {
                "," => Decimal::Comma,
                _ => Decimal::Point,
            }),
            date_order: read.text("date_order").map(|order| match order.as_str() {
                "day-month" => DateOrder::DayMonth,
                _ => DateOrder::MonthDay,
            }),
            max_set_aside: read.share("max_set_aside"),
        },
        lead_headers: headers(&Section::find(tree, "columns.leads")),
        rep_headers: headers(&Section::find(tree, "columns.reps")),
        existing_headers: headers(&Section::find(tree, "columns.existing")),
        account_headers: headers(&Section::find(tree, "columns.accounts")),
        lead_types,
        lead_columns,
        rep_columns,
        skill_from: written.skill_from.clone(),
        owner_pool: plain(owner.texts("pool")),
        owner_redeal: owner.yes("redeal"),
        prefix: Section::find(tree, "sources").yes("prefix"),
        country: country(tree, mistakes),
        most_wishes: (written.passes.iter())
            .any(|pass| pass.method == Method::CherryPick)
            .then_some(MOST_WISHES),
        horizon: horizon(tree),
        ledger: ledger(tree, mistakes),
        reconcile: reconcile::reconcile(tree),
        existing: reconcile::existing(tree),
        within: reconcile::within(tree),
        together: reconcile::together(tree),
        reads_hours: written.reads_hours(),
        lead_hours: hours(tree, "lead_hours", mistakes).unwrap_or_else(WeeklyHours::office),
        rep_hours: hours(tree, "rep_hours", mistakes),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue lets no other number through than 1 to 30"
)]
fn horizon(tree: &Table) -> u32 {
    let section = Section::find(tree, "time_off");
    section.number("horizon").map_or(1, |days| days as u32)
}

fn plain(texts: Option<Vec<(String, Position)>>) -> Vec<String> {
    texts
        .unwrap_or_default()
        .into_iter()
        .map(|(text, _)| text)
        .collect()
}

fn headers(section: &Section<'_>) -> ColumnNames {
    let names = |(field, _, node): (&str, _, _)| (field.to_owned(), plain(Some(texts(node))));
    section.entries().map(names).collect()
}

fn lead_types(tree: &Table) -> BTreeMap<String, Kind> {
    let section = Section::find(tree, "types.leads");
    let kinds = [Kind::Number, Kind::Text, Kind::Boolean, Kind::Date, Kind::List];
    let types = section
        .entries()
        .filter_map(|(column, _, node)| match &node.datum {
            Datum::Text(word) => {
                let kind = kinds.into_iter().find(|kind| kind.name() == word.text)?;
                Some((column.to_owned(), kind))
            }
            _ => None,
        });
    types.collect()
}

fn time_zone(tree: &Table, mistakes: &mut Mistakes) -> Option<TimeZone> {
    let section = Section::find(tree, "run");
    let name = section.text("time_zone")?;
    if let Ok(zone) = TimeZone::get(&name) {
        return Some(zone);
    }
    let mistake = Mistake::new(
        MistakeKind::BadValue,
        section.position("time_zone"),
        format!("no time zone is called `{name}`"),
    )
    .column("time_zone")
    .expected("an IANA name such as `America/New_York`");
    let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    mistakes.push(match did_you_mean(&name, known.iter().map(String::as_str)) {
        Some(word) => mistake.hint(format!("did you mean `{word}`?")),
        None => mistake,
    });
    None
}

fn hours(tree: &Table, key: &str, mistakes: &mut Mistakes) -> Option<WeeklyHours> {
    let section = Section::find(tree, "availability");
    let text = section.text(key)?;
    let hours = WeeklyHours::parse(&text);
    if let Err(found) = &hours {
        let found = format!("`{text}`: {found}");
        mistakes.push(
            Mistake::new(MistakeKind::BadHours, section.position(key), found)
                .column(key)
                .expected(WeeklyHours::EXPECTED),
        );
    }
    hours.ok()
}

fn country(tree: &Table, mistakes: &mut Mistakes) -> Option<Country> {
    let section = Section::find(tree, "places");
    let name = section.text("country")?;
    let country = places::country(&name);
    if country.is_none() {
        let found = format!("no country is called `{name}`");
        mistakes.push(
            Mistake::new(MistakeKind::BadValue, section.position("country"), found)
                .column("country")
                .expected("a code such as `US`, or a name"),
        );
    }
    country
}

type Columns = BTreeMap<String, Option<Kind>>;

/// The lead and rep columns that rules and parts in use read, with their types.
fn columns(written: &Written, types: &BTreeMap<String, Kind>, mistakes: &mut Mistakes) -> (Columns, Columns) {
    let (mut leads, mut reps) = (Columns::new(), Columns::new());
    let mut fixed_by: BTreeMap<(Variable, &str), &Position> = BTreeMap::new();
    for expression in written.expressions() {
        for (variable, name, kind) in expression.columns() {
            let columns = match variable {
                Variable::Lead => &mut leads,
                Variable::Rep => &mut reps,
                Variable::Team | Variable::Pair => continue,
            };
            let chosen = types.get(name).copied().filter(|_| variable == Variable::Lead);
            let standard = chosen.or_else(|| fields::kind(name));
            let before = columns.entry(name.to_owned()).or_insert(standard);
            match (*before, kind) {
                (None, Some(_)) => *before = kind,
                (Some(before), Some(kind)) if before != kind && standard.is_none() => {
                    let first = fixed_by
                        .get(&(variable, name))
                        .copied()
                        .unwrap_or(expression.position());
                    let found = format!("`{name}` is compared as a {}", kind.name());
                    mistakes.push(
                        Mistake::new(MistakeKind::WrongType, expression.position().clone(), found)
                            .column(expression.key())
                            .expected(format!("a {}, as in {first}", before.name())),
                    );
                }
                _ => {}
            }
            if kind.is_some() {
                fixed_by.entry((variable, name)).or_insert(expression.position());
            }
        }
    }
    built_in(written, &mut leads, &mut reps);
    for limit in &written.limits {
        if let Some(column) = limit.column() {
            let kind = fields::kind(column).or(Some(Kind::Text));
            reps.entry(column.to_owned()).or_insert(kind);
        }
        if let Some(Most::Column(column, _)) = &limit.max {
            let kind = reps.entry(column.clone()).or_default();
            *kind = kind.or(fields::kind(column)).or(Some(Kind::Number));
        }
    }
    for derived in &written.derives {
        leads.remove(&derived.name);
    }
    (leads, reps)
}

/// Adds the columns that the built-in parts and hard rules read.
fn built_in(written: &Written, leads: &mut Columns, reps: &mut Columns) {
    let mut lead = |name: &str| {
        leads.entry(name.to_owned()).or_insert(fields::kind(name));
    };
    let mut rep = |name: &str| {
        reps.entry(name.to_owned()).or_insert(fields::kind(name));
    };
    lead("must_skills");
    for column in &written.skill_from {
        lead(column);
    }
    rep("skills");
    for part in written.parts_in_use() {
        part.lead_columns().iter().copied().for_each(&mut lead);
        part.rep_columns().iter().copied().for_each(&mut rep);
    }
    let reads_territory = written.expressions().any(|expression| {
        expression
            .columns()
            .any(|column| (column.0, column.1) == (Variable::Lead, "territory"))
    });
    if reads_territory || written.territories.mode != TerritoryMode::Ignore {
        BuiltIn::Territory
            .lead_columns()
            .iter()
            .copied()
            .for_each(&mut lead);
    }
    if written
        .passes
        .iter()
        .any(|pass| pass.method == Method::TopProducer)
    {
        rep("performance");
    }
    let is_in_turn = |method: Method| {
        let turns = [Method::RoundRobin, Method::TopProducer, Method::LeastLoaded];
        method.is_by_claims() || turns.contains(&method)
    };
    if written.passes.iter().any(|pass| is_in_turn(pass.method)) {
        lead("created_at");
    }
}

/// What the rules say of the ledger.
fn ledger(tree: &Table, mistakes: &mut Mistakes) -> LedgerSettings {
    let (ledger, recycle) = (Section::find(tree, "ledger"), Section::find(tree, "recycle"));
    let defaults = LedgerSettings::default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the catalogue lets whole numbers up to 1000 through"
    )]
    let whole = |section: &Section<'_>, key, default| section.number(key).map_or(default, |days| days as u32);
    LedgerSettings {
        open: ledger.text("open").map(|word| match word.as_str() {
            "ledger" => OpenBy::Ledger,
            _ => OpenBy::File,
        }),
        recent_days: whole(&ledger, "recent_days", defaults.recent_days),
        recycle_after: patience(&recycle, mistakes),
        max_returns: whole(&recycle, "max_returns", defaults.max_returns),
        within_team: !recycle.has("within_team") || recycle.yes("within_team"),
    }
}

fn patience(section: &Section<'_>, mistakes: &mut Mistakes) -> Option<Patience> {
    let text = section.text("after")?;
    let patience = Patience::parse(&text);
    if patience.is_none() {
        mistakes.push(
            Mistake::new(
                MistakeKind::BadValue,
                section.position("after"),
                format!("`{text}`"),
            )
            .column("after")
            .expected(Patience::EXPECTED),
        );
    }
    patience
}
