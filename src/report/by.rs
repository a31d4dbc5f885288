//! `by/<name>.csv`: one file for each rep or team with its own rows only, and `notify.csv` for the mails.

use super::assignments::write_some;
use super::columns::Row;
use super::csv::{Csv, Formulas};
use super::names;
use super::sink::Hashing;
use super::view::View;
use crate::model::{Deal, LeadIndex, TeamIndex};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Whose leads share a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A rep's; leads that stay with a team are in a file of that team.
    Rep,
    /// A team's.
    Team,
}

impl By {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::Team => "team",
        }
    }

    /// Both, for the command line.
    pub const ALL: [Self; 2] = [Self::Rep, Self::Team];
}

/// Whom a file is for; reps stand in roster order before teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Holder<'a> {
    Rep(usize),
    Team(&'a str),
}

type Dealt<'a> = (LeadIndex, &'a Deal);

/// Writes the files.
pub fn write(view: &View, by: By, out: &mut Hashing) -> anyhow::Result<()> {
    let mut rows: BTreeMap<Holder, Vec<Dealt>> = BTreeMap::new();
    for (lead, deal) in view.deals() {
        rows.entry(holder(view, by, deal)).or_default().push((lead, deal));
    }
    let labels: Vec<(&str, String)> = rows.keys().map(|&holder| label(view, holder)).collect();
    let pairs: Vec<(&str, &str)> = labels.iter().map(|(label, key)| (*label, key.as_str())).collect();
    let mut files = BTreeMap::new();
    for ((holder, deals), name) in rows.iter().zip(names::safe(&pairs)) {
        let name = format!("by/{name}.csv");
        out.file(&name, |to| write_some(view, deals.iter().copied(), to))?;
        files.insert(*holder, name);
    }
    out.file("notify.csv", |to| notify(view, by, &files, to))
}

fn holder<'a>(view: &View<'a>, by: By, deal: &Deal) -> Holder<'a> {
    let team_name = |team: TeamIndex| view.run.allocation.teams[team.at()].as_str();
    match (by, deal.rep) {
        (By::Rep, Some(rep)) => Holder::Rep(rep.at()),
        (By::Team, Some(rep)) => {
            let own = view.run.batch.reps.list[rep.at()].team.as_str();
            Holder::Team(deal.team.map_or(own, team_name))
        }
        (_, None) => Holder::Team(deal.team.map_or("", team_name)),
    }
}

/// What a file is called after, and what tells it from others of that name.
fn label<'a>(view: &View<'a>, holder: Holder<'a>) -> (&'a str, String) {
    match holder {
        Holder::Rep(rep) => {
            let rep = &view.run.batch.reps.list[rep];
            (&rep.name, format!("rep {}", rep.id))
        }
        Holder::Team("") => ("no team", "no team".to_owned()),
        Holder::Team(team) => (team, format!("team {team}")),
    }
}

/// Writes a row for everyone who got a lead: whom to mail, and what to say.
fn notify(view: &View, by: By, files: &BTreeMap<Holder, String>, to: &mut dyn Write) -> io::Result<()> {
    let batch = view.run.batch;
    let mut out = Csv::like(&batch.leads, Formulas::Disarmed, to)?;
    out.texts(["email", "name", "new", "text"])?;
    for (at, (rep, load)) in batch.reps.list.iter().zip(&view.loads).enumerate() {
        if load.assigned == 0 {
            continue;
        }
        let holder = match by {
            By::Rep => Holder::Rep(at),
            By::Team => Holder::Team(&rep.team),
        };
        out.text(&rep.email)?;
        out.text(&rep.name)?;
        out.number(format_args!("{}", load.assigned))?;
        out.text(&news(view, load, files.get(&holder)))?;
        out.end()?;
    }
    out.finish()
}

/// `3 new leads as of 2026-06-01 (2 hot, 1 warm); see by/anna.csv`.
fn news(view: &View, load: &super::loads::Load, file: Option<&String>) -> String {
    let leads = if load.assigned == 1 { "lead" } else { "leads" };
    let tiers = view.run.allocation.tier_names.iter().zip(&load.by_tier);
    let tiers: Vec<String> = tiers
        .filter(|&(_, &count)| count > 0)
        .map(|(tier, count)| format!("{count} {tier}"))
        .collect();
    let day = view.assigned_at.get(..10).unwrap_or(&view.assigned_at);
    let file = file.map_or(String::new(), |file| format!("; see {file}"));
    format!(
        "{} new {leads} as of {day} ({}){file}",
        load.assigned,
        tiers.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Outcome;
    use crate::report::fixture::{deal, rows, sample};

    #[test]
    fn each_rep_gets_a_file_of_its_own_rows_and_a_line_for_the_mail() {
        let mut sample = sample();
        sample.options.by = Some(By::Rep);
        let names: Vec<String> = sample.files().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names[4..7], ["by/anna.csv", "by/bo-jr.csv", "notify.csv"]);
        let all = sample.text("assignments.csv");
        let mine = sample.text("by/anna.csv");
        assert_eq!(
            mine.lines().collect::<Vec<_>>(),
            all.lines().take(2).collect::<Vec<_>>()
        );
        assert_eq!(
            sample.text("notify.csv"),
            "email,name,new,text\n\
             r1@acme.example,Anna,1,1 new lead as of 2026-06-01 (1 hot); see by/anna.csv\n\
             r2@acme.example,\"Bo, Jr.\",1,1 new lead as of 2026-06-01 (1 other); see by/bo-jr.csv\n"
        );
    }

    #[test]
    fn a_team_has_its_members_leads_and_those_that_stay_with_it() {
        let mut sample = sample();
        sample.options.by = Some(By::Team);
        sample.batch.reps.list[0].team = "East/West".to_owned();
        sample.allocation.teams = vec!["East/West".to_owned()];
        let mut stays = deal(0, 1);
        (stays.rep, stays.team) = (None, Some(TeamIndex(0)));
        sample.allocation.outcomes[1] = Outcome::Assigned(stays);
        let rows = rows(&sample.text("by/east-west.csv"));
        assert_eq!(
            rows[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
            ["L1", "L2"]
        );
        assert_eq!(rows[2][1..4], ["", "", "East/West"]);
        assert_eq!(sample.text("by/no-team.csv").lines().count(), 2);
    }
}
