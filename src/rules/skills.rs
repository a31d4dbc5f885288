//! Skills: which ones leads need and reps hold, and at what level.

use super::keys::Keys;
use super::words::{folded, items};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{Batch, Frame, Note};
use std::collections::{BTreeMap, HashMap};

/// The level of a skill that is held without one.
const FULL: u8 = 5;

/// A skill that a lead needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Need {
    /// The skill by its position in [`Skills::names`].
    pub skill: u32,
    /// The level from 1 to 5.
    pub level: u8,
    /// Whether `must_skills` names it.
    pub must: bool,
}

/// What the leads of a batch need and what its reps hold of that.
#[derive(Clone, Debug)]
pub struct Skills {
    /// The needed skills, as first written.
    pub names: Vec<String>,
    /// A key for each lead that needs something.
    pub keys: Keys,
    /// What the leads of each key need, in order of the skills.
    pub needs: Vec<Vec<Need>>,
    /// For each rep the level held of each needed skill; 0 = not held.
    pub held: Vec<Vec<u8>>,
    /// For each rep whether its skills cell is filled.
    pub names_any: Vec<bool>,
}

/// A skill as written: `name` or `name:level`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<'a> {
    /// The name.
    pub name: &'a str,
    /// The level, if one is written.
    pub level: Option<u8>,
}

/// Reads `name` or `name:level`; `None` where a number that is no level from 1 to 5 stands there.
pub fn read(item: &str) -> Option<Written<'_>> {
    let whole = Written {
        name: item.trim(),
        level: None,
    };
    let Some((name, level)) = item.rsplit_once(':') else {
        return Some(whole);
    };
    let Ok(number) = level.trim().parse::<f64>() else {
        return Some(whole);
    };
    let level = (1..=FULL).find(|&level| (f64::from(level) - number).abs() < f64::EPSILON)?;
    Some(Written {
        name: name.trim(),
        level: Some(level),
    })
}

impl Skills {
    /// Reads what leads need in some columns and in `must_skills`, and what reps hold of it.
    ///
    /// # Errors
    /// Levels of reps that are none; those of leads are noted and count as 1.
    pub fn bind(
        leads: &Frame,
        batch: &Batch,
        from: &[String],
        notes: &mut Vec<Note>,
    ) -> Result<Self, Mistakes> {
        let columns = || from.iter().map(String::as_str).chain(["must_skills"]);
        let (keys, rows) = Keys::of_columns(leads, columns());
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut names: Vec<String> = Vec::new();
        let mut odd: Vec<String> = Vec::new();
        let (keys, needs) = keys.refine(|key| {
            let mut needs: BTreeMap<u32, Need> = BTreeMap::new();
            for column in columns() {
                for item in items(leads.value(column, rows[key as usize])) {
                    let written = read(&item).unwrap_or_else(|| {
                        odd.push(item.clone());
                        let name = item
                            .rsplit_once(':')
                            .map_or(item.as_str(), |(name, _)| name.trim());
                        Written { name, level: None }
                    });
                    if written.name.is_empty() {
                        continue;
                    }
                    let skill = *numbers.entry(folded(written.name)).or_insert_with(|| {
                        names.push(written.name.to_owned());
                        u32::try_from(names.len() - 1).expect("there are no more skills than cells")
                    });
                    let level = written.level.unwrap_or(1);
                    let must = column == "must_skills";
                    let need = needs.entry(skill).or_insert(Need { skill, level, must });
                    need.level = need.level.max(level);
                    need.must |= must;
                }
            }
            (!needs.is_empty()).then(|| needs.into_values().collect::<Vec<_>>())
        });
        if !odd.is_empty() {
            odd.sort();
            odd.dedup();
            notes.push(Note::warning(format!(
                "needed skills with a level that is not 1 to 5 count as level 1: {}",
                super::words::listed(odd.iter().map(String::as_str))
            )));
        }
        let (held, names_any) = held(batch, &numbers)?;
        Ok(Self {
            names,
            keys,
            needs,
            held,
            names_any,
        })
    }
}

/// The level of each needed skill by rep, and whether the rep's cell is filled.
fn held(batch: &Batch, numbers: &HashMap<String, u32>) -> Result<(Vec<Vec<u8>>, Vec<bool>), Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut held = vec![vec![0; numbers.len()]; batch.reps.list.len()];
    let mut names_any = Vec::with_capacity(held.len());
    for (row, rep) in batch.reps.list.iter().enumerate() {
        let skills = items(batch.reps.frame.value("skills", row));
        names_any.push(!skills.is_empty());
        for item in &skills {
            let Some(written) = read(item) else {
                mistakes.push(
                    Mistake::new(Kind::BadList, batch.reps.source.row(rep.row), format!("`{item}`"))
                        .column("skills")
                        .expected("`name` or `name:level` with a level from 1 to 5"),
                );
                continue;
            };
            if let Some(&skill) = numbers.get(&folded(written.name)) {
                let level = &mut held[row][skill as usize];
                *level = (*level).max(written.level.unwrap_or(FULL));
            }
        }
    }
    mistakes.or((held, names_any))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(item: &str, expected: Option<(&str, Option<u8>)>) {
        let found = read(item).map(|written| (written.name, written.level));
        assert_eq!(found, expected, "{item}");
    }

    #[test]
    fn a_skill_is_a_name_with_or_without_a_level() {
        check("Excel", Some(("Excel", None)));
        check(" Excel : 3 ", Some(("Excel", Some(3))));
        check("CRM: Sales", Some(("CRM: Sales", None)));
    }

    #[test]
    fn a_level_is_a_whole_number_from_one_to_five() {
        check("Excel:6", None);
        check("Excel:0", None);
        check("Excel:2.5", None);
        check("Excel:5.0", Some(("Excel", Some(5))));
    }
}
