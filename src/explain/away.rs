//! Who is away, said for everybody, for a whole team, by name, and where leads wait for them.

use super::words::{count, one_line};
use crate::model::{Absence, Batch, Ceiling, Note, Rep};
use std::collections::BTreeMap;

/// So many are named.
const NAMED: usize = 8;

/// The line to begin with where nobody is present, though somebody is active: `everybody is away until
/// 2026-12-28 (Christmas): nobody takes leads`.
pub fn everybody_away(batch: &Batch) -> Option<String> {
    let reps = &batch.reps.list;
    let away: Vec<&Absence> = reps.iter().filter_map(away).collect();
    if away.is_empty() || reps.iter().any(Rep::is_present) {
        return None;
    }
    let first = away
        .iter()
        .min_by_key(|absence| (absence.back.is_none(), absence.back))?;
    let is_shared = away.iter().all(|absence| absence.reason == first.reason);
    let back = first.back.map_or(String::new(), |back| format!(" until {back}"));
    let reason = if is_shared && !first.reason.trim().is_empty() {
        format!(" ({})", one_line(&first.reason))
    } else {
        String::new()
    };
    Some(format!("everybody is away{back}{reason}: nobody takes leads"))
}

/// Warnings about time off: who is away and until when, whole teams, and who is away with many open leads.
pub fn absences(batch: &Batch) -> Vec<Note> {
    let reps = &batch.reps.list;
    let mut notes = Vec::new();
    let gone: Vec<(&Rep, &Absence)> = reps.iter().filter_map(|rep| Some((rep, away(rep)?))).collect();
    if gone.is_empty() {
        return notes;
    }
    notes.extend(teams(batch));
    let names = gone.iter().map(|(rep, absence)| {
        let text = absence.text();
        let until = text.strip_prefix("away").unwrap_or_default();
        format!("{}{until}", one_line(&rep.name))
    });
    let is_told = everybody_away(batch).is_some()
        && gone
            .iter()
            .all(|(_, absence)| (absence.back, &absence.reason) == (gone[0].1.back, &gone[0].1.reason));
    if !is_told {
        notes.push(Note::warning(format!("away: {}", some(names))));
    }
    let loaded = gone.iter().filter_map(|(rep, absence)| {
        let Ceiling::At(most) = rep.max_open else {
            return None;
        };
        // nine tenths of a ceiling are a full pipeline
        let is_full = most > 0 && u64::from(rep.open) * 10 >= u64::from(most) * 9;
        let open = count(u64::from(rep.open), "open lead");
        let until = absence
            .back
            .map_or(String::new(), |back| format!(" until {back}"));
        is_full.then(|| format!("{}{until} with {open} (ceiling {most})", one_line(&rep.name)))
    });
    let loaded: Vec<String> = loaded.collect();
    if !loaded.is_empty() {
        let text = some(loaded.into_iter());
        notes.push(Note::warning(format!("away with a full pipeline: {text}")));
    }
    notes
}

/// The absence of an active rep who is away the whole time.
fn away(rep: &Rep) -> Option<&Absence> {
    let whole = rep.absence.as_ref().filter(|absence| absence.is_whole());
    whole.filter(|_| rep.active)
}

/// Teams of which nobody is present, where others are.
fn teams(batch: &Batch) -> Option<Note> {
    if !batch.reps.list.iter().any(Rep::is_present) {
        return None;
    }
    let mut teams: BTreeMap<&str, Vec<&Rep>> = BTreeMap::new();
    for rep in batch
        .reps
        .list
        .iter()
        .filter(|rep| rep.active && !rep.team.is_empty())
    {
        teams.entry(&rep.team).or_default().push(rep);
    }
    teams.retain(|_, members| members.iter().all(|rep| rep.is_away()));
    let names: Vec<String> = teams
        .iter()
        .map(|(team, members)| team_line(team, members))
        .collect();
    let is_one = names.len() == 1;
    (!names.is_empty()).then(|| {
        let what = if is_one {
            "a whole team is"
        } else {
            "whole teams are"
        };
        Note::warning(format!("{what} away: {}", some(names.into_iter())))
    })
}

fn team_line(team: &str, members: &[&Rep]) -> String {
    let backs = members.iter().filter_map(|rep| rep.absence.as_ref()?.back);
    let until = backs.min().map_or(String::new(), |back| format!(" until {back}"));
    let reps = count(members.len() as u64, "rep");
    format!("{} ({reps}){until}", one_line(team))
}

/// The first few, and how many more there are.
fn some(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    if more > 0 {
        names.truncate(NAMED);
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::tests::batch;
    use jiff::civil::date;

    /// Three reps of whom those with a day are away until then.
    fn away_until(days: [Option<i8>; 3]) -> Batch {
        let mut batch = batch();
        for (rep, day) in batch.reps.list.iter_mut().zip(days) {
            rep.absence = day.map(|day| Absence {
                away: 8,
                working: 8,
                back: Some(date(2026, 6, day)),
                reason: "holiday".to_owned(),
            });
        }
        batch
    }

    fn check(batch: &Batch, everybody: Option<&str>, expected: &[&str]) {
        assert_eq!(everybody_away(batch).as_deref(), everybody);
        let notes = absences(batch);
        let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn who_is_away_is_named_with_the_day_of_return() {
        check(&away_until([None, None, None]), None, &[]);
        check(
            &away_until([Some(5), Some(8), None]),
            None,
            &["away: Ana Ruiz until 2026-06-05 (holiday), Ben Otis until 2026-06-08 (holiday)"],
        );
    }

    #[test]
    fn nobody_present_is_said_first() {
        let mut batch = away_until([Some(5), Some(8), None]);
        batch.reps.list[2].active = false;
        let names = "away: Ana Ruiz until 2026-06-05 (holiday), Ben Otis until 2026-06-08 (holiday)";
        check(
            &batch,
            Some("everybody is away until 2026-06-05 (holiday): nobody takes leads"),
            &[names],
        );
        batch.reps.list[1].absence = batch.reps.list[0].absence.clone();
        check(
            &batch,
            Some("everybody is away until 2026-06-05 (holiday): nobody takes leads"),
            &[],
        );
        for rep in &mut batch.reps.list {
            rep.active = false;
        }
        check(&batch, None, &[]);
    }

    #[test]
    fn whole_teams_and_full_pipelines_are_told() {
        let mut batch = away_until([Some(5), None, Some(8)]);
        for (rep, team) in batch.reps.list.iter_mut().zip(["West", "East", "West"]) {
            rep.team = team.to_owned();
            rep.max_open = Ceiling::At(15);
            rep.open = 14;
        }
        batch.reps.list[2].open = 13;
        check(
            &batch,
            None,
            &[
                "a whole team is away: West (2 reps) until 2026-06-05",
                "away: Ana Ruiz until 2026-06-05 (holiday), Ana Ruiz until 2026-06-08 (holiday)",
                "away with a full pipeline: Ana Ruiz until 2026-06-05 with 14 open leads (ceiling 15)",
            ],
        );
    }
}
