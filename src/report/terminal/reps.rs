//! The table of reps: load before and after, the ceiling, a bar of it, the mean score.

use super::text::{clean, columns, count, cut};
use crate::model::{Ceiling, POINT, Points, Rep, RepIndex};
use crate::report::loads::{Load, open_after, used_permille};
use crate::report::view::View;
use comfy_table::{CellAlignment, Table, presets};
use std::cmp::Reverse;
use std::fmt::Write;

/// Above so many reps only those with the most new leads are shown.
const SHOWN_ALL: usize = 25;
/// So many of them.
const SHOWN: usize = 20;
/// The cells of a bar.
const BAR: u64 = 10;

/// Columns that give way where the terminal is narrow, the first first.
const DISPENSABLE: [&str; 4] = ["team", "before", "score", "ceiling"];
/// Names are not cut below so many characters while a column can give way.
const SHORTEST_NAME: usize = 12;

/// A column of the table.
struct Column {
    title: &'static str,
    cells: Vec<String>,
}

impl Column {
    /// What it takes with a blank on both sides.
    fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| columns(cell));
        cells.max().unwrap_or(0).max(self.title.len()) + 2
    }

    fn is_name(&self) -> bool {
        matches!(self.title, "rep" | "team")
    }
}

/// How many characters the names of reps and teams may take.
struct Names {
    rep: usize,
    team: usize,
}

impl Names {
    /// Gives teams what they need, up to half of the room, and reps the rest.
    fn sharing(room: usize, list: &[Column]) -> Self {
        let team = list.iter().find(|column| column.title == "team");
        let team = team.map_or(0, |column| column.width().min(room / 2));
        let inside = |width: usize| width.saturating_sub(2).max(2);
        Self {
            rep: inside(room - team),
            team: inside(team),
        }
    }
}

/// The table; empty without reps.
pub fn table(view: &View, width: usize) -> String {
    let shown = shown(view);
    let mut list = all_columns(view, &shown);
    let mut gone = DISPENSABLE.iter();
    let names = loop {
        let fixed: usize = list
            .iter()
            .filter(|column| !column.is_name())
            .map(Column::width)
            .sum();
        let names = list.iter().filter(|column| column.is_name()).count();
        let room = width.saturating_sub(fixed);
        match gone.next() {
            Some(title) if room / names < SHORTEST_NAME + 2 => list.retain(|column| column.title != *title),
            _ => break Names::sharing(room, &list),
        }
    };
    let mut text = if shown.is_empty() {
        String::new()
    } else {
        laid_out(&list, &names)
    };
    rest(view, &shown, &mut text);
    text
}

fn all_columns(view: &View, shown: &[RepIndex]) -> Vec<Column> {
    let reps = &view.run.batch.reps.list;
    let column = |title, cell: &dyn Fn(RepIndex, &Rep, &Load) -> String| Column {
        title,
        cells: shown
            .iter()
            .map(|&rep| cell(rep, &reps[rep.at()], &view.loads[rep.at()]))
            .collect(),
    };
    let mut list = vec![
        column("rep", &|rep, _, _| clean(view.rep(rep))),
        column("team", &|_, person, _| clean(&person.team)),
        column("before", &|_, person, _| person.open.to_string()),
        column("new", &|_, _, load| load.assigned.to_string()),
        column("after", &|_, person, load| open_after(person, load).to_string()),
        column("ceiling", &|_, person, _| ceiling(person)),
        column("used", &|_, person, load| bar(used_permille(person, load))),
        column("score", &|_, _, load| {
            load.mean_score().map_or(String::new(), tenths)
        }),
    ];
    list.retain(|column| column.title != "team" || column.cells.iter().any(|team| !team.is_empty()));
    list
}

/// Points with one decimal, half up.
fn tenths(score: Points) -> String {
    let tenths = (score.0 * 10 + POINT / 2).div_euclid(POINT);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn laid_out(list: &[Column], names: &Names) -> String {
    let mut table = Table::new();
    table.force_no_tty().load_style(presets::NOTHING);
    table.set_header(list.iter().map(|column| column.title));
    for row in 0..list[0].cells.len() {
        table.add_row(list.iter().map(|column| {
            let cell = &column.cells[row];
            match column.title {
                "rep" => cut(cell, names.rep),
                "team" => cut(cell, names.team),
                _ => cell.clone(),
            }
        }));
    }
    for (at, column) in list.iter().enumerate() {
        let to_the_right = !column.is_name() && column.title != "used";
        if let Some(column) = table.column_mut(at).filter(|_| to_the_right) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// The reps to show, in roster order: all, or those with the most new leads.
fn shown(view: &View) -> Vec<RepIndex> {
    let mut reps: Vec<RepIndex> = (0..view.loads.len()).map(RepIndex::new).collect();
    if reps.len() > SHOWN_ALL {
        reps.sort_by_key(|rep| (Reverse(view.loads[rep.at()].assigned), *rep));
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
    let all: u64 = view.loads.iter().map(|load| u64::from(load.assigned)).sum();
    let here: u64 = shown
        .iter()
        .map(|rep| u64::from(view.loads[rep.at()].assigned))
        .sum();
    let reps = count(hidden as u64, "more rep");
    let leads = count(all - here, "new lead");
    let _ = write!(text, "\n and {reps} with {leads}, see workload.csv");
}

fn ceiling(rep: &Rep) -> String {
    match rep.max_open {
        _ if !rep.active => "inactive".to_owned(),
        _ if rep.is_away() => "away".to_owned(),
        Ceiling::At(most) => most.to_string(),
        Ceiling::Unlimited => "none".to_owned(),
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
