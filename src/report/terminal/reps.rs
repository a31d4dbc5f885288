//! The table of reps: load before and after, the ceiling, a bar of it, the mean score.

use super::new_leads;
use super::text::{clean, count, cut};
use crate::model::{Ceiling, Rep, RepIndex};
use crate::report::loads::{open_after, used_permille};
use crate::report::view::View;
use comfy_table::{CellAlignment, Table, presets};
use std::cmp::Reverse;

/// Above so many reps only those with the most new leads are shown.
const SHOWN_ALL: usize = 25;
/// So many of them.
const SHOWN: usize = 20;
/// The cells of a bar.
const BAR: u64 = 10;

/// The table; empty without reps.
pub fn table(view: &View, width: usize) -> String {
    let reps = &view.run.batch.reps.list;
    let shown = shown(view);
    let with_team = reps.iter().any(|rep| !rep.team.is_empty());
    let names = if with_team {
        width.saturating_sub(54) / 2
    } else {
        width.saturating_sub(52)
    };

    let mut table = Table::new();
    table.force_no_tty().load_style(presets::NOTHING);
    let team = with_team.then_some("team");
    let numbers = ["before", "new", "after", "ceiling", "used", "score"];
    table.set_header(["rep"].into_iter().chain(team).chain(numbers));
    for &rep in &shown {
        let (person, load) = (&reps[rep.at()], &view.loads[rep.at()]);
        let team = with_team.then(|| cut(&clean(&person.team), names.max(6)));
        let cells = [
            person.open.to_string(),
            load.assigned.to_string(),
            open_after(person, load).to_string(),
            ceiling(person),
            bar(used_permille(person, load)),
            load.mean_score().map_or(String::new(), |score| score.to_string()),
        ];
        let name = cut(&clean(view.rep(rep)), names.max(6));
        table.add_row([name].into_iter().chain(team).chain(cells));
    }
    let first = if with_team { 2 } else { 1 };
    for column in (first..first + 4).chain([first + 5]) {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = if shown.is_empty() {
        String::new()
    } else {
        table.trim_fmt()
    };
    rest(view, &shown, &mut text);
    text
}

/// The reps to show, in roster order: all, or those with the most new leads.
fn shown(view: &View) -> Vec<RepIndex> {
    let mut reps: Vec<RepIndex> = (0..view.loads.len()).map(RepIndex::new).collect();
    if reps.len() > SHOWN_ALL {
        reps.sort_by_key(|rep| (Reverse(new_leads(&view.loads[rep.at()])), *rep));
        reps.truncate(SHOWN);
    }
    reps
}

/// One line for those who are not shown.
fn rest(view: &View, shown: &[RepIndex], text: &mut String) {
    let hidden = view.loads.len() - shown.len();
    if hidden == 0 {
        return;
    }
    let new = |loads: &mut dyn Iterator<Item = u32>| loads.map(u64::from).sum::<u64>();
    let all = new(&mut view.loads.iter().map(new_leads));
    let here = new(&mut shown.iter().map(|rep| new_leads(&view.loads[rep.at()])));
    let line = format!(
        "\n and {} with {}, see workload.csv",
        count(hidden as u64, "more rep"),
        count(all - here, "new lead")
    );
    text.push_str(&line);
}

fn ceiling(rep: &Rep) -> String {
    match (rep.active, rep.max_open) {
        (false, _) => "inactive".to_owned(),
        (true, Ceiling::At(most)) => most.to_string(),
        (true, Ceiling::Unlimited) => "none".to_owned(),
    }
}

/// A bar of how much of the ceiling is used; beyond it a mark.
fn bar(permille: Option<u64>) -> String {
    let Some(used) = permille else {
        return String::new();
    };
    let full = ((used * BAR + 500) / 1000).min(BAR);
    let full = if used > 0 { full.max(1) } else { 0 };
    let mut bar: String = (0..BAR).map(|cell| if cell < full { '█' } else { '░' }).collect();
    if used > 1000 {
        bar.push('!');
    }
    bar
}
