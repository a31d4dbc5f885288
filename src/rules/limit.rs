//! Caps beyond a rep's own, over all passes together and pins.
//!
//! ```toml
//! [[limit]]
//! name = "three enterprise leads each"
//! when = "lead.employees >= 3000"   # a statement about the lead only
//! per = "rep"                       # rep | team | any rep column
//! max = 3                           # or a rep column: "rep.daily_cap"
//! min = 1                           # wished for, not promised
//! period = "week"                   # run | day | week | month; all but run need a ledger
//! ```

use super::bind::Ground;
use super::expr::Want;
use super::load::{LimitRule, Most};
use super::{fields, words};
use crate::mistake::{Kind, Mistake, Mistakes, did_you_mean};
use crate::model::{Already, Held, History, LeadIndex, Period, RepIndex, Reps};
use std::collections::BTreeMap;

/// The limit that `[balance] max_share` is.
pub const MAX_SHARE: &str = "balance.max_share";

/// A cap on the leads that groups of reps get, bound to a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The name in rules.
    pub name: String,
    /// What its groups are: `rep`, `team` or a column of the reps.
    pub per: String,
    /// Over which time its leads are counted.
    pub period: Period,
    /// For each lead whether it counts; absent where all do.
    pub leads: Option<Vec<bool>>,
    /// For each rep of the roster its group; absent for inactive reps and where its cell is empty. Reps who
    /// are away keep theirs: what is pinned to them counts.
    pub group: Vec<Option<u32>>,
    /// The groups: reps by id, others by name.
    pub groups: Vec<LimitGroup>,
}

/// The reps whom a cap holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitGroup {
    /// The rep's id, the team, or the cell of the column.
    pub name: String,
    /// Its active reps, in the order of the roster.
    pub reps: Vec<RepIndex>,
    /// At most so many of the leads; absent without a cap.
    pub max: Option<u32>,
    /// At least so many of the leads, if that can be; 0 where nobody is present.
    pub min: u32,
}

impl Limit {
    /// Tells whether a lead counts.
    pub fn holds(&self, lead: LeadIndex) -> bool {
        self.leads.as_ref().is_none_or(|leads| leads[lead.at()])
    }

    /// Whom a group holds.
    pub fn held(&self, group: usize) -> Held {
        let of = &self.groups[group];
        match of.reps.first() {
            Some(&rep) if self.per == "rep" => Held::Rep(rep),
            _ => Held::Group {
                per: self.per.clone(),
                name: of.name.clone(),
            },
        }
    }

    /// Tells whether a limit counts a lead beyond the run: what a ledger must remember of it.
    pub fn is_remembered(&self, lead: LeadIndex) -> bool {
        self.period != Period::Run && self.holds(lead)
    }

    /// What each group had in the limit's period before a run: the sum over its reps.
    pub fn before(&self, reps: &Reps, history: &History) -> Vec<u32> {
        if self.period == Period::Run {
            return vec![0; self.groups.len()];
        }
        let counted = |rep: &RepIndex| history.counted(&self.name, &reps.list[rep.at()].id);
        let of = |group: &LimitGroup| group.reps.iter().map(counted).fold(0, u32::saturating_add);
        self.groups.iter().map(of).collect()
    }

    /// So many leads in the limit's period before a run, where that is any.
    pub fn already(&self, before: u32) -> Option<Already> {
        (before > 0).then_some(Already {
            leads: before.into(),
            period: self.period,
        })
    }

    /// The group of a rep.
    pub fn group_of(&self, rep: RepIndex) -> Option<usize> {
        self.group[rep.at()].map(|group| group as usize)
    }
}

/// Binds every limit.
pub fn bind(ground: &Ground<'_>, mistakes: &mut Mistakes) -> Vec<Limit> {
    let rules = ground.written.limits.iter();
    let mut limits: Vec<Limit> = rules.filter_map(|rule| limit(rule, ground, mistakes)).collect();
    limits.extend(super::team_cap::bind(ground.batch));
    limits
}

fn limit(rule: &LimitRule, ground: &Ground<'_>, mistakes: &mut Mistakes) -> Option<Limit> {
    let before = mistakes.0.len();
    remembered(rule, ground, mistakes);
    let leads = rule.when.as_ref().and_then(|when| {
        let compiled = ground.compile(when, Want::Boolean, mistakes)?;
        let answers = compiled.per_lead();
        let holds = (0..ground.leads.rows).map(|row| answers.answer(row).holds());
        Some(holds.collect())
    });
    if let Some(column) = rule.column() {
        known(column, "per", &rule.per.1, ground, mistakes);
    }
    if let Some(Most::Column(column, position)) = &rule.max {
        known(column, "max", position, ground, mistakes);
    }
    if mistakes.0.len() > before {
        return None;
    }
    let is_present = |rep: RepIndex| ground.batch.reps.list[rep.at()].is_present();
    let mut group = vec![None; ground.batch.reps.list.len()];
    let mut groups = Vec::new();
    for (at, (name, reps)) in (0u32..).zip(grouped(rule, ground)) {
        for rep in &reps {
            group[rep.at()] = Some(at);
        }
        groups.push(LimitGroup {
            max: most(rule, ground, &name, &reps, mistakes),
            min: if reps.iter().any(|rep| is_present(*rep)) {
                rule.min
            } else {
                0
            },
            name,
            reps,
        });
    }
    Some(Limit {
        name: rule.name.clone(),
        per: rule.per.0.clone(),
        period: rule.period.0,
        leads,
        group,
        groups,
    })
}

/// Names a period that nothing remembers.
fn remembered(rule: &LimitRule, ground: &Ground<'_>, mistakes: &mut Mistakes) {
    let (period, position) = &rule.period;
    if *period == Period::Run || ground.batch.past.is_kept {
        return;
    }
    let found = format!("a limit of a {} without a ledger", period.name());
    mistakes.push(
        Mistake::new(Kind::BadValue, position.clone(), found)
            .column("period")
            .expected("`run`, or a ledger that remembers earlier runs")
            .hint("run with `--ledger FILE`"),
    );
}

/// The active reps of each group, by its name.
fn grouped(rule: &LimitRule, ground: &Ground<'_>) -> Vec<(String, Vec<RepIndex>)> {
    let reps = &ground.batch.reps;
    let mut groups: BTreeMap<String, (String, Vec<RepIndex>)> = BTreeMap::new();
    for (at, rep) in reps.list.iter().enumerate().filter(|(_, rep)| rep.active) {
        let (key, name) = match rule.per.0.as_str() {
            "rep" => (rep.id.clone(), rep.id.clone()),
            "team" => (rep.team.clone(), rep.team.clone()),
            column => {
                let text = words::text(reps.frame.value(column, at));
                (words::folded(&text), text.trim().to_owned())
            }
        };
        if !key.is_empty() {
            let group = groups.entry(key).or_insert_with(|| (name, Vec::new()));
            group.1.push(RepIndex::new(at));
        }
    }
    groups.into_values().collect()
}

/// The cap of a group: the one number that all its reps give, where a column says it.
fn most(
    rule: &LimitRule,
    ground: &Ground<'_>,
    group: &str,
    reps: &[RepIndex],
    mistakes: &mut Mistakes,
) -> Option<u32> {
    let (column, position) = match rule.max.as_ref()? {
        Most::Whole(most) => return Some(*most),
        Most::Column(column, position) => (column, position),
    };
    let wrong = |found: String, expected: &str| {
        Mistake::new(Kind::BadValue, position.clone(), found)
            .column("max")
            .expected(expected)
    };
    let name = |rep: RepIndex| &ground.batch.reps.list[rep.at()].name;
    let mut by_number: BTreeMap<Option<u32>, Vec<&str>> = BTreeMap::new();
    for &rep in reps {
        let cell = ground.batch.reps.frame.value(column, rep.at());
        let number = whole(cell.number());
        if number.is_none() && !cell.is_empty() {
            let found = format!("`{column}` of `{}` is `{}`", name(rep), words::text(cell));
            mistakes.push(wrong(found, "a whole number from 0, or an empty cell for no cap"));
            return None;
        }
        by_number.entry(number).or_default().push(name(rep));
    }
    if by_number.len() > 1 {
        let numbers = by_number.iter().map(|(number, names)| {
            let number = number.map_or("none".to_owned(), |number| number.to_string());
            format!("{number} ({})", words::listed(names.iter().copied()))
        });
        let numbers: Vec<String> = numbers.collect();
        let found = format!(
            "the reps of `{group}` give several numbers in `{column}`: {}",
            numbers.join(", ")
        );
        mistakes.push(wrong(found, "the same number for all of them"));
    }
    by_number.into_keys().next().flatten()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is in range"
)]
fn whole(number: Option<f64>) -> Option<u32> {
    let fits = |number: &f64| (0.0..=f64::from(u32::MAX)).contains(number) && number.fract() == 0.0;
    number.filter(fits).map(|number| number as u32)
}

/// Names a column that the reps do not have and may not lack.
fn known(
    column: &str,
    key: &str,
    position: &crate::mistake::Position,
    ground: &Ground<'_>,
    mistakes: &mut Mistakes,
) {
    let own = ground.batch.reps.frame.known.iter().map(String::as_str);
    let known: Vec<&str> = fields::REP.iter().copied().chain(own).collect();
    if known.contains(&column) {
        return;
    }
    let found = format!("`rep.{column}`, which there is not");
    let expected = match key {
        "per" => "`rep`, `team` or a column of the reps",
        _ => "a whole number or a column of the reps",
    };
    let mistake = Mistake::new(Kind::UnknownName, position.clone(), found)
        .column(key)
        .expected(expected);
    let suggestion = did_you_mean(
        column,
        known.iter().copied().chain((key == "per").then_some("rep")),
    );
    mistakes.push(match (suggestion, key) {
        (Some(name), "per") => mistake.hint(format!("did you mean `{name}`?")),
        (Some(name), _) => mistake.hint(format!("did you mean `rep.{name}`?")),
        (None, _) => mistake,
    });
}

#[cfg(test)]
mod tests {
    use super::super::bind;
    use super::super::testing::{batch, bound};
    use super::*;

    const TURNS: &str = "\n[[pass]]\nname = 'turns'\nmethod = 'round_robin'";
    const REPS: &str = "id|name|team|region|cap|active\nr2|Bob|East|n|3|\nr1|Ann|East|N |3|\nr3|Cat||s||\nr4|Dan|East|n|9|no";

    fn limit(keys: &str) -> Limit {
        let rules = format!("[[limit]]\nname = 'cap'\n{keys}{TURNS}");
        let leads = batch("id|employees\n1|5\n2|\n3|9000", REPS);
        bound(&rules, &leads).limits.remove(0)
    }

    fn groups(limit: &Limit) -> String {
        let groups = limit.groups.iter().map(|group| {
            let max = group.max.map_or("-".to_owned(), |max| max.to_string());
            format!("{} {max}/{} x{}", group.name, group.min, group.reps.len())
        });
        groups.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_active_rep_is_a_group_by_id() {
        let limit = limit("per = 'rep'\nmax = 2");
        assert_eq!(groups(&limit), "r1 2/0 x1, r2 2/0 x1, r3 2/0 x1");
        assert_eq!(limit.group, [Some(1), Some(0), Some(2), None]);
    }

    #[test]
    fn a_rep_without_a_team_is_in_no_group() {
        assert_eq!(groups(&limit("per = 'team'\nmin = 4")), "East -/4 x2");
    }

    #[test]
    fn a_column_makes_groups_without_regard_to_case_and_may_say_the_cap() {
        let limit = limit("per = 'region'\nmax = 'rep.cap'\nmin = 1");
        assert_eq!(groups(&limit), "n 3/1 x2, s -/1 x1");
    }

    #[test]
    fn who_is_away_keeps_the_group_but_alone_is_asked_for_no_minimum() {
        let rules = format!("[[limit]]\nname = 'cap'\nper = 'region'\nmax = 2\nmin = 1{TURNS}");
        let mut leads = batch("id\n1", REPS);
        for away in [0, 2] {
            leads.reps.list[away].absence = Some(crate::model::Absence {
                away: 1,
                working: 1,
                back: None,
                reason: String::new(),
            });
        }
        let limit = bound(&rules, &leads).limits.remove(0);
        assert_eq!(groups(&limit), "n 2/1 x2, s 2/0 x1");
    }

    #[test]
    fn an_unknown_when_does_not_apply() {
        let limit = limit("per = 'rep'\nmax = 2\nwhen = 'lead.employees > 10'");
        assert_eq!(limit.leads, Some(vec![false, false, true]));
    }

    fn check(keys: &str, reps: &str, expected: &str) {
        let rules = format!("[[limit]]\nname = 'cap'\n{keys}{TURNS}");
        let file = super::super::load("r.toml", &rules).unwrap();
        let mistakes = bind(&file, &batch("id\n1", reps), &BTreeMap::new()).unwrap_err();
        assert_eq!(mistakes.to_string().trim_end(), format!("error: {expected}"));
    }

    #[test]
    fn reps_of_a_group_who_give_several_caps_are_named() {
        check(
            "per = 'team'\nmax = 'rep.cap'",
            "id|name|team|cap\na|Ann|East|3\nb|Bob|East|4\nc|Cat|East|3\nd|Dan|West|",
            "r.toml:4:7: `max`: the reps of `East` give several numbers in `cap`: 3 (`Ann`, `Cat`), 4 (`Bob`); \
             expected the same number for all of them [bad-value]",
        );
        check(
            "per = 'rep'\nmax = 'rep.cap'",
            "id|name|cap\na|Ann|2.5",
            "r.toml:4:7: `max`: `cap` of `Ann` is `2.5`; expected a whole number from 0, or an empty cell for no \
             cap [bad-value]",
        );
    }

    #[test]
    fn a_period_needs_a_ledger() {
        check(
            "per = 'rep'\nmax = 2\nperiod = 'week'",
            "id|name\na|Ann",
            "r.toml:5:10: `period`: a limit of a week without a ledger; expected `run`, or a ledger that remembers \
             earlier runs [bad-value]\n  hint: run with `--ledger FILE`",
        );
        let rules = format!("[[limit]]\nname = 'cap'\nper = 'team'\nmax = 2\nperiod = 'week'{TURNS}");
        let file = super::super::load("r.toml", &rules).unwrap();
        assert_eq!(file.periods(), [("cap".to_owned(), Period::Week)]);
        let mut batch = batch("id\n1", REPS);
        batch.past.is_kept = true;
        let bound = bind(&file, &batch, &BTreeMap::new()).unwrap();
        assert!(bound.limits[0].is_remembered(LeadIndex(0)));
        let mut history = History::default();
        for (rep, leads) in [("r1", 3), ("r2", u32::MAX), ("r3", 7), ("gone", 9)] {
            history.counted.insert(("cap".to_owned(), rep.to_owned()), leads);
        }
        assert_eq!(bound.limits[0].before(&batch.reps, &history), [u32::MAX]);
        history.counted.remove(&("cap".to_owned(), "r2".to_owned()));
        assert_eq!(bound.limits[0].before(&batch.reps, &history), [3]);
    }

    #[test]
    fn a_column_that_there_is_not_is_named_with_a_suggestion() {
        check(
            "per = 'regoin'\nmax = 1",
            "id|region\na|n",
            "r.toml:3:7: `per`: `rep.regoin`, which there is not; expected `rep`, `team` or a column of the reps \
             [unknown-name]\n  hint: did you mean `region`?",
        );
    }
}
