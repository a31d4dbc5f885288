//! The rep whom the rules name for what no pass dealt.

use super::dealing::{Dealing, Terms};
use crate::model::{By, Note, Why};
use crate::problem::Problem;

/// Gives everything that is left to the fallback, whatever the hard rules, scores, room and balance say; it
/// counts neither as a turn nor as served. A fallback who is not active or away gets nothing, and that is said.
pub(super) fn deal(dealing: &mut Dealing<'_>) {
    let Some(rep) = dealing.rules.fallback else {
        return;
    };
    let left = dealing.left();
    let person = &dealing.batch.reps.list[rep.at()];
    if !person.is_present() {
        if !left.is_empty() {
            let why = match &person.absence {
                Some(absence) if person.active => absence.text(),
                _ => "not active".to_owned(),
            };
            let text = format!("the fallback `{}` is {why} and takes no lead", person.id);
            dealing.notes.push(Note::warning(text));
        }
        return;
    }
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, &left);
    for class in 0..problem.classes().len() {
        let terms = Terms::outside_passes(dealing.rules, &problem, class, rep, By::Fallback, Why::Fallback);
        for &lead in problem.classes().leads(class) {
            dealing.give(lead, rep, terms.clone());
        }
    }
}
