//! What is said of limits in passes that are solved as a whole: which are exact, and which cross what.

use super::{Categories, Member, Plan, Stand, Stood, Tally, of_reps, of_teams};
use crate::model::{Batch, LeadIndex, Note, RepIndex};
use crate::problem::{Problem, Scorer, TeamRows, Teams, by_id};
use crate::rules::{Limit, Method, Pass, Rules};

/// What is to be said of the limits in a plan of a pass: facts of those that are exact, warnings of the others.
pub fn said(plan: &Plan, limits: &[Limit], pass: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for (at, limit) in limits.iter().enumerate() {
        let own = || (0..plan.caps.len()).filter(|&cap| plan.caps[cap].limit == at);
        let name = &limit.name;
        let what = |cap: usize| match plan.crossed[cap] {
            Some(Stood::Cap(other) | Stood::LeftOut(other)) => {
                format!("the limit `{}`", limits[plan.caps[other].limit].name)
            }
            Some(Stood::Leaf(_)) | None => "the room of those it holds".to_owned(),
        };
        let crossing = own().find(|&cap| plan.stands[cap] == Stand::Crossing);
        if let Some(cap) = crossing {
            notes.push(Note::warning(format!(
                "limit `{name}` crosses {} in pass `{pass}`: it is kept, but the pass may be proven up to a gap only",
                what(cap)
            )));
        } else if own().next().is_some() {
            notes.push(Note::fact(format!("limit `{name}` is exact in pass `{pass}`")));
        }
        let wish = plan.wishes().find(|&cap| plan.caps[cap].limit == at);
        if let Some(cap) = wish {
            notes.push(Note::warning(format!(
                "the minimum of limit `{name}` crosses {} in pass `{pass}`: what it lacks is named, but the pass does \
                 not work towards it",
                what(cap)
            )));
        }
    }
    notes
}

/// What is to be said of the limits of a batch in each pass that is solved as a whole, as if it were the first.
/// `O(leads × reps)` at most; nothing without limits.
pub fn report_of_limits(batch: &Batch, rules: &Rules) -> Vec<Note> {
    let whole = |pass: &&Pass| match pass.method {
        Method::Optimal => true,
        Method::Shotgun => pass.offer.is_none(),
        Method::RoundRobin
        | Method::LeastLoaded
        | Method::TopProducer
        | Method::CherryPick
        | Method::SharkTank
        | Method::BlindPull => false,
    };
    if rules.limits.is_empty() {
        return Vec::new();
    }
    let scorer = Scorer::new(batch, rules);
    let passes = rules.passes.iter().filter(whole);
    passes.flat_map(|pass| of_pass(batch, &scorer, pass)).collect()
}

fn of_pass(batch: &Batch, scorer: &Scorer<'_>, pass: &Pass) -> Vec<Note> {
    let rules = scorer.rules();
    let order = by_id(batch.leads.len(), |at| &batch.leads.ids[at]);
    let up = |lead: &LeadIndex| pass.leads[lead.at()] && rules.barred[lead.at()].is_none();
    let leads: Vec<LeadIndex> = order.into_iter().map(LeadIndex).filter(up).collect();
    let teams = Teams::new(&batch.reps);
    let free = vec![None; batch.leads.len()];
    let problem = Problem::new(batch, scorer, pass, &leads, &free, &teams.of);
    let tally = Tally::new(&rules.limits, &batch.reps, &teams, &batch.past.history);
    let categories = Categories::of(&problem, &tally);
    let room = |rep: RepIndex| batch.reps.list[rep.at()].room();
    let plan = if pass.method == Method::Shotgun {
        let rows = TeamRows::new(&problem, &teams.of);
        let reps = problem.reps().iter().zip(rows.leaves_of_reps());
        let members = reps.filter_map(|(&rep, &leaf)| {
            let room = room(rep);
            leaf.map(|leaf| Member { rep, leaf, room })
        });
        let members: Vec<Member> = members.collect();
        let caps = of_teams(&tally, &categories, rows.teams(), &members, |_, _| 0);
        let reach = categories.reach(&rows);
        Plan::new(categories, &reach, caps, &vec![u32::MAX; rows.teams().len()])
    } else {
        let caps = of_reps(&tally, &categories, problem.reps());
        let rooms: Vec<u32> = problem.reps().iter().map(|&rep| room(rep)).collect();
        let reach = categories.reach(&problem);
        Plan::new(categories, &reach, caps, &rooms)
    };
    said(&plan, &rules.limits, &pass.name)
}
