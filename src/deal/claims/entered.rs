//! Which claims take part, in which order, and how dear each wish is; then what became of each.

use crate::deal::dealing::Dealing;
use crate::model::{
    Batch, Claim, Claimant, LeadIndex, Moment, NotDealt, Note, PassIndex, RepIndex, Ruling, Settled,
};
use crate::rules::{Method, Pass, Rules};
use std::collections::{BTreeMap, HashMap};

/// The claims of a run with what became of each so far.
#[derive(Clone, Debug, Default)]
pub(in crate::deal) struct Claims {
    settled: Vec<Settled>,
    /// The rep of each claim that takes part and was not granted yet.
    open: Vec<Option<RepIndex>>,
    /// Those that take part, the earliest first.
    order: Vec<usize>,
    /// The place of each wish among its rep's, from 1; 0 for what is none.
    places: Vec<u32>,
    /// The most wishes that any rep has.
    pub(in crate::deal) most: u32,
}

/// A claim that takes part in a pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entered {
    /// Its position.
    pub claim: usize,
    pub rep: RepIndex,
    /// The lead; absent for a pull.
    pub lead: Option<LeadIndex>,
}

impl Claims {
    /// Sorts out which claims take part.
    pub(in crate::deal) fn new(batch: &Batch, rules: &Rules) -> Self {
        let claims = &batch.claims;
        if claims.is_empty() {
            return Self::default();
        }
        let pulls = pulls(batch, rules);
        let leads: HashMap<&str, LeadIndex> = (batch.leads.ids.iter().enumerate())
            .map(|(at, id)| (id.as_str(), LeadIndex::new(at)))
            .collect();
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|&at| (claims[at].at.is_none(), claims[at].at, at));
        let mut sorted = Self {
            settled: claims
                .iter()
                .zip(&pulls)
                .map(|(claim, is_pull)| Settled {
                    lead: leads.get(claim.lead_id.as_str()).copied().filter(|_| !is_pull),
                    pass: None,
                    ruling: Ruling::NoPass,
                })
                .collect(),
            open: vec![None; claims.len()],
            places: vec![0; claims.len()],
            order: Vec::new(),
            most: 0,
        };
        let mut first: BTreeMap<(RepIndex, LeadIndex), u32> = BTreeMap::new();
        for at in order {
            let lead = sorted.settled[at].lead;
            match takes_part(batch, &claims[at], lead.is_some() || pulls[at]) {
                Err(ruling) => sorted.settled[at].ruling = ruling,
                Ok(rep) => {
                    if let Some(&row) = lead.and_then(|lead| first.get(&(rep, lead))) {
                        sorted.settled[at].ruling = Ruling::Repeated(row);
                        continue;
                    }
                    if let Some(lead) = lead {
                        first.insert((rep, lead), claims[at].row);
                    }
                    sorted.open[at] = Some(rep);
                    sorted.order.push(at);
                }
            }
        }
        sorted.rank(claims);
        sorted
    }

    /// Gives every wish its place among its rep's: by rank, those without one last, then as in the file.
    fn rank(&mut self, claims: &[Claim]) {
        let mut wishes: Vec<usize> = (self.order.iter().copied())
            .filter(|&at| self.settled[at].lead.is_some())
            .collect();
        wishes.sort_by_key(|&at| (self.open[at], claims[at].rank.is_none(), claims[at].rank, at));
        let mut before = None;
        let mut place = 0;
        for at in wishes {
            place = if before == self.open[at] { place + 1 } else { 1 };
            before = self.open[at];
            self.places[at] = place;
            self.most = self.most.max(place);
        }
    }

    /// The claims that take part in a pass by claims to leads, the earliest first; `is_up` tells the leads
    /// that are up for it.
    pub(super) fn of_pass(&self, pass: &Pass, is_up: &[bool]) -> Vec<Entered> {
        let of = |claim: usize| {
            let (rep, lead) = (self.open[claim]?, self.settled[claim].lead?);
            let is_for = is_up[lead.at()] && pass.reps[rep.at()];
            is_for.then_some(Entered {
                claim,
                rep,
                lead: Some(lead),
            })
        };
        self.order.iter().filter_map(|&claim| of(claim)).collect()
    }

    /// The pulls that take part in a pass, the earliest first.
    pub(super) fn pulls(&self, pass: &Pass) -> Vec<Entered> {
        let of = |claim: usize| {
            let rep = self.open[claim].filter(|rep| pass.reps[rep.at()])?;
            let lead = self.settled[claim].lead;
            lead.is_none().then_some(Entered { claim, rep, lead })
        };
        self.order.iter().filter_map(|&claim| of(claim)).collect()
    }

    /// The place of a wish among its rep's, from 1.
    pub(super) fn place(&self, claim: usize) -> u32 {
        self.places[claim]
    }

    /// Says what a pass made of a claim.
    pub(super) fn settle(&mut self, claim: usize, pass: PassIndex, lead: Option<LeadIndex>, ruling: Ruling) {
        if matches!(ruling, Ruling::Granted(_)) {
            self.open[claim] = None;
        }
        self.settled[claim] = Settled {
            lead,
            pass: Some(pass),
            ruling,
        };
    }
}

/// For each claim whether it is a pull: it names no lead, or every pass by claims deals unseen.
fn pulls(batch: &Batch, rules: &Rules) -> Vec<bool> {
    let all = only_pulls(rules);
    let is_pull = |claim: &Claim| all || (claim.lead_id.is_empty() && has(rules, Method::is_unseen));
    batch.claims.iter().map(is_pull).collect()
}

fn has(rules: &Rules, is: impl Fn(Method) -> bool) -> bool {
    rules.passes.iter().any(|pass| is(pass.method))
}

fn only_pulls(rules: &Rules) -> bool {
    has(rules, Method::is_unseen) && !has(rules, |method| method.is_by_claims() && !method.is_unseen())
}

/// The rep of a claim that takes part, or why it does not.
fn takes_part(batch: &Batch, claim: &Claim, is_known: bool) -> Result<RepIndex, Ruling> {
    let rep = match &claim.by {
        Claimant::Rep(rep) => *rep,
        Claimant::Unknown(_) => return Err(Ruling::UnknownRep),
        Claimant::Ambiguous(_) => return Err(Ruling::AmbiguousRep),
    };
    let person = &batch.reps.list[rep.at()];
    if !person.active {
        return Err(Ruling::Inactive);
    }
    if person.is_away() {
        return Err(Ruling::Away);
    }
    if claim.at.is_some_and(|at: Moment| at > batch.as_of.moment) {
        return Err(Ruling::Late);
    }
    if !is_known {
        return Err(Ruling::UnknownLead);
    }
    Ok(rep)
}

/// What is to be said of claims before they are dealt with.
pub(in crate::deal) fn notes(batch: &Batch, rules: &Rules) -> Vec<Note> {
    let mut notes = Vec::new();
    let by_claims = rules.passes.iter().filter(|pass| pass.method.is_by_claims());
    if batch.claims.is_empty() {
        for pass in by_claims {
            notes.push(Note::warning(format!(
                "pass `{}` deals by claims, and none were given: name them with `--claims FILE`",
                pass.name
            )));
        }
    } else if by_claims.count() == 0 {
        notes.push(Note::warning(
            "claims were given, but no pass of the rules deals by claims: `method` is \"cherry_pick\", \
             \"shark_tank\" or \"blind_pull\" in one that does",
        ));
    } else if only_pulls(rules) && batch.claims.iter().any(|claim| !claim.lead_id.is_empty()) {
        notes.push(Note::fact(
            "every claim is a pull of the next lead in the queue: which lead a row names does not count",
        ));
    }
    notes
}

/// What became of each claim, once everything is dealt.
pub(in crate::deal) fn settled(dealing: &mut Dealing<'_>) -> Vec<Settled> {
    let mut claims = std::mem::take(&mut dealing.claims);
    for claim in 0..claims.settled.len() {
        if let (Some(rep), Some(lead)) = (claims.open[claim], claims.settled[claim].lead)
            && claims.settled[claim].pass.is_none()
            && let Some(ruling) = missed(dealing, lead, rep)
        {
            claims.settled[claim].ruling = ruling;
        }
    }
    claims.settled
}

/// Why no pass by claims judged a claim, though one is for it.
fn missed(dealing: &Dealing<'_>, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
    if let Some(barred) = &dealing.rules.barred[lead.at()] {
        return Some(Ruling::NotUp(barred.name()));
    }
    let is_for = |pass: &Pass| {
        pass.method.is_by_claims() && !pass.method.is_unseen() && pass.leads[lead.at()] && pass.reps[rep.at()]
    };
    if !dealing.rules.passes.iter().any(is_for) {
        return None;
    }
    if dealing.offered[lead.at()] {
        return Some(Ruling::NotUp(NotDealt::Offered.name()));
    }
    let deal = dealing.deals[lead.at()].as_ref()?;
    Some(Ruling::Gone {
        rep: deal.rep,
        by: deal.by.clone(),
    })
}
