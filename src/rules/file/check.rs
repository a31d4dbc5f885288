//! Holds a rule file's tree against the catalogue: unknown keys, wrong types, values out of range.

use super::{Datum, Entry, Node, Table};
use crate::mistake::{Kind, Mistake, Mistakes, did_you_mean};
use crate::rules::catalogue::{self, Key, Keys, MOST_COUNT, Shape};

/// Finds every key that rules do not have, every value of a wrong type or out of its range, and every
/// key that lacks. Values that pass need no second look.
pub fn check(tree: &Table) -> Mistakes {
    let mut mistakes = Mistakes::default();
    tables(tree, "", &mut mistakes);
    mistakes
}

/// Tells whether a value fits its shape: what the loader takes as the value that the user meant.
pub fn fits(shape: Shape, datum: &Datum) -> bool {
    match (shape, datum) {
        (Shape::Text | Shape::Expression, Datum::Text(text)) => !text.text.trim().is_empty(),
        (Shape::Word(words), Datum::Text(text)) => words.contains(&text.text.as_str()),
        (Shape::Number(least, most), Datum::Number(number)) => (least..=most).contains(number),
        (Shape::AboveZero, Datum::Number(number)) => *number > 0.0,
        (Shape::Whole(least, most), Datum::Number(number)) => {
            (least..=most).contains(number) && number.fract() == 0.0
        }
        (Shape::WholeOrColumn, Datum::Number(number)) => {
            (0.0..=MOST_COUNT).contains(number) && number.fract() == 0.0
        }
        (Shape::WholeOrColumn, Datum::Text(text)) => {
            let column = text.text.trim().strip_prefix("rep.");
            column.is_some_and(|column| !column.is_empty())
        }
        (Shape::Share, datum) => share(datum).is_some(),
        (Shape::Texts | Shape::TextOrTexts, Datum::List(items)) => {
            items.iter().all(|item| matches!(item.datum, Datum::Text(_)))
        }
        (Shape::Boolean, Datum::Boolean(_)) | (Shape::TextOrTexts, Datum::Text(_)) => true,
        (Shape::Rising, Datum::List(items)) => rising(items),
        _ => false,
    }
}

/// A share of rows as a number from 0 to 1: `"50%"`, `"0.5"` or `0.5`.
pub fn share(datum: &Datum) -> Option<f64> {
    let number = match datum {
        Datum::Number(number) => *number,
        Datum::Text(text) => match text.text.trim().strip_suffix('%') {
            Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
            None => text.text.trim().parse().ok()?,
        },
        _ => return None,
    };
    (0.0..=1.0).contains(&number).then_some(number)
}

fn rising(items: &[Node]) -> bool {
    let mut last = f64::NEG_INFINITY;
    !items.is_empty()
        && items.iter().all(|item| match item.datum {
            Datum::Number(number) => std::mem::replace(&mut last, number) < number,
            _ => false,
        })
}

fn dotted(within: &str, name: &str) -> String {
    if within.is_empty() {
        name.to_owned()
    } else {
        format!("{within}.{name}")
    }
}

fn tables(tree: &Table, within: &str, mistakes: &mut Mistakes) {
    for entry in &tree.0 {
        let path = dotted(within, &entry.key);
        let known = catalogue::tables_within(within).any(|name| name == entry.key);
        if !known {
            match catalogue::table(within) {
                Some(table) => one_key(entry, table, mistakes),
                None => mistakes.push(unknown(entry, within, catalogue::tables_within(within))),
            }
            continue;
        }
        match (&entry.node.datum, catalogue::table(&path)) {
            (Datum::Table(inner), None) => tables(inner, &path, mistakes),
            (Datum::Table(inner), Some(table)) if !table.repeated => {
                table_keys(entry, inner, table, mistakes);
            }
            (Datum::List(items), Some(table)) if table.repeated => {
                for item in items {
                    match &item.datum {
                        Datum::Table(inner) => table_keys(entry, inner, table, mistakes),
                        _ => mistakes.push(no_table(entry, &path)),
                    }
                }
            }
            _ => mistakes.push(no_table(entry, &path)),
        }
    }
}

fn no_table(entry: &Entry, path: &str) -> Mistake {
    let brackets = match catalogue::table(path) {
        Some(table) if table.repeated => format!("[[{path}]]"),
        _ => format!("[{path}]"),
    };
    let found = match &entry.node.datum {
        Datum::Table(_) => format!("`[{path}]` once"),
        Datum::List(_) => format!("`[[{path}]]` or a list"),
        datum => datum.words(),
    };
    Mistake::new(Kind::BadValue, entry.position.clone(), found)
        .column(path)
        .expected(format!("a table that begins with `{brackets}`"))
}

fn table_keys(head: &Entry, inner: &Table, table: &catalogue::Table, mistakes: &mut Mistakes) {
    tables(inner, table.name, mistakes);
    let Keys::Fixed(keys) = table.keys else { return };
    for key in keys.iter().filter(|key| key.default == "required") {
        if inner.entry(key.name).is_none() {
            let position = inner.0.first().map_or(&head.position, |first| &first.position);
            let found = format!("`{}` lacks `{}`", brackets(table), key.name);
            mistakes.push(Mistake::new(Kind::BadValue, position.clone(), found).column(key.name));
        }
    }
}

fn brackets(table: &catalogue::Table) -> String {
    if table.repeated {
        format!("[[{}]]", table.name)
    } else {
        format!("[{}]", table.name)
    }
}

fn one_key(entry: &Entry, table: &catalogue::Table, mistakes: &mut Mistakes) {
    let shape = match table.keys {
        Keys::Free(shape) => shape,
        Keys::Fixed(keys) => {
            let Some(key) = keys.iter().find(|key| key.name == entry.key) else {
                let names = keys.iter().map(|key: &Key| key.name);
                let names = names.chain(catalogue::tables_within(table.name));
                return mistakes.push(unknown(entry, table.name, names));
            };
            key.shape
        }
        Keys::Fields(fields, shape) if fields.contains(&entry.key.as_str()) => shape,
        Keys::Fields(fields, _) => return mistakes.push(unknown(entry, table.name, fields.iter().copied())),
    };
    if !fits(shape, &entry.node.datum) {
        mistakes.push(misfit(entry, shape));
    }
}

fn misfit(entry: &Entry, shape: Shape) -> Mistake {
    let datum = &entry.node.datum;
    let mistake = Mistake::new(Kind::BadValue, entry.node.position.clone(), datum.words())
        .column(entry.key.as_str())
        .expected(shape.words());
    let (Shape::Word(words), Datum::Text(text)) = (shape, datum) else {
        return mistake;
    };
    match did_you_mean(&text.text, words.iter().copied()) {
        Some(word) => mistake.hint(format!("did you mean `{word}`?")),
        None => mistake,
    }
}

fn unknown(entry: &Entry, within: &str, known: impl Iterator<Item = &'static str>) -> Mistake {
    let path = dotted(within, &entry.key);
    let place = if within.is_empty() {
        "rules have no such table".to_owned()
    } else {
        format!("`{within}` has no such key")
    };
    let mistake = Mistake::new(Kind::UnknownKey, entry.position.clone(), place).column(entry.key.as_str());
    if catalogue::LATER.contains(&path.as_str()) {
        return mistake.hint(format!("this version does not read `{path}`: remove it to go on"));
    }
    let known: Vec<&str> = known.collect();
    match did_you_mean(&entry.key, known.iter().copied()) {
        Some(name) => mistake.hint(format!("did you mean `{name}`?")),
        None if known.len() > 15 => mistake.hint("the reference of rules lists every key"),
        None => mistake.hint(format!("it has `{}`", dedup(known).join("`, `"))),
    }
}

fn dedup(mut names: Vec<&str>) -> Vec<&str> {
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use crate::rules::file;

    fn check(text: &str, expected: &[&str]) {
        let mistakes = file::check(&file::read("r.toml", text).unwrap());
        let lines: Vec<String> = mistakes.0.iter().map(ToString::to_string).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_the_catalogue_knows_passes() {
        check(
            "[score]\nskill = 2\n[territory.names]\nWest = ['CA']\n[columns.leads]\nid = ''\n\
             [[pass]]\nname = 'a'\nmethod = 'optimal'\n[read]\nmax_set_aside = '50%'",
            &[],
        );
    }

    #[test]
    fn an_unknown_key_is_named_with_its_position_and_a_suggestion() {
        check(
            "[score]\nskil = 2",
            &["r.toml:2:1: `skil`: `score` has no such key [unknown-key]\n  hint: did you mean `skill`?"],
        );
    }

    #[test]
    fn an_unknown_table_is_named_and_one_of_later_versions_is_called_that() {
        check(
            "[places]\ngeodata = 3\n[scores]\na = 1",
            &[
                "r.toml:2:1: `geodata`: `places` has no such key [unknown-key]\n  hint: this version does not read `places.geodata`: remove it to go on",
                "r.toml:3:2: `scores`: rules have no such table [unknown-key]\n  hint: did you mean `score`?",
            ],
        );
    }

    #[test]
    fn values_of_a_wrong_type_or_out_of_range_say_what_was_expected() {
        check(
            "[proximity]\nhalf_km = 0\n[score]\nskill = -1\n[[pass]]\nname = 'a'\nmethod = 'optimum'\nmin_score = 101",
            &[
                "r.toml:2:11: `half_km`: `0`; expected number above 0 [bad-value]",
                "r.toml:4:9: `skill`: `-1`; expected number from 0 to 1000000 [bad-value]",
                "r.toml:7:10: `method`: `\"optimum\"`; expected `\"optimal\"` or `\"round_robin\"` or `\"least_loaded\"` or `\"top_producer\"` or `\"shotgun\"` or `\"cherry_pick\"` or `\"shark_tank\"` or `\"blind_pull\"` [bad-value]\n  hint: did you mean `optimal`?",
                "r.toml:8:13: `min_score`: `101`; expected number from 0 to 100 [bad-value]",
            ],
        );
    }

    #[test]
    fn a_table_written_with_the_wrong_brackets_and_a_missing_key_are_said() {
        check(
            "[tier]\nname = 'a'\n[[qualify]]\nname = 'b'",
            &[
                "r.toml:1:2: `tier`: `[tier]` once; expected a table that begins with `[[tier]]` [bad-value]",
                "r.toml:4:1: `that`: `[[qualify]]` lacks `that` [bad-value]",
            ],
        );
    }
}
