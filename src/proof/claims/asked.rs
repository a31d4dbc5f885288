//! What reps ask for: the claims that take part, and the place of each wish among its rep's.

use crate::model::{Batch, Claimant, LeadIndex, PassIndex, RepIndex, Ruling};
use crate::proof::presence::is_present;
use crate::rules::{Method, Pass, Rules};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Thousandths of a point for each rank of a wish: 10 points.
const RANK: i64 = 10_000;

/// The claims of a run, sorted out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Why a claim takes no part.
    pub out: Vec<Option<Ruling>>,
    /// The rep of each claim, where the roster has that one.
    pub reps: Vec<Option<RepIndex>>,
    /// The lead that each claim names; none for a pull, and where the batch has none such.
    pub leads: Vec<Option<LeadIndex>>,
    /// Those that take part, the earliest first.
    pub order: Vec<usize>,
    /// The place of each wish among its rep's; 0 for what is none.
    pub places: Vec<u32>,
    /// The most wishes that any rep has.
    most: u32,
    /// By lead, the reps who claim it and the place of the wish.
    wishes: BTreeMap<LeadIndex, Vec<(RepIndex, u32)>>,
}

impl Asked {
    /// Sorts out the claims of a batch.
    pub fn of(batch: &Batch, rules: &Rules) -> Self {
        let claims = &batch.claims;
        let unseen = rules.passes.iter().any(|pass| pass.method == Method::BlindPull);
        let seen = |pass: &Pass| matches!(pass.method, Method::CherryPick | Method::SharkTank);
        let only_unseen = unseen && !rules.passes.iter().any(seen);
        let known: HashMap<&str, usize> = batch
            .leads
            .ids
            .iter()
            .zip(0..)
            .map(|(id, at)| (id.as_str(), at))
            .collect();
        let mut asked = Self {
            places: vec![0; claims.len()],
            ..Self::default()
        };
        for claim in claims {
            let is_pull = only_unseen || (unseen && claim.lead_id.is_empty());
            let lead = known
                .get(claim.lead_id.as_str())
                .map(|&at| LeadIndex::new(at))
                .filter(|_| !is_pull);
            let rep = match claim.by {
                Claimant::Rep(rep) => Ok(rep),
                Claimant::Unknown(_) => Err(Ruling::UnknownRep),
                Claimant::Ambiguous(_) => Err(Ruling::AmbiguousRep),
            };
            let out = match &rep {
                Err(ruling) => Some(ruling.clone()),
                Ok(rep) => {
                    let rep = &batch.reps.list[rep.at()];
                    let late = claim.at.is_some_and(|at| at > batch.as_of.moment);
                    match (rep.active, is_present(rep), late) {
                        (false, _, _) => Some(Ruling::Inactive),
                        (_, false, _) => Some(Ruling::Away),
                        (_, _, true) => Some(Ruling::Late),
                        _ => (lead.is_none() && !is_pull).then_some(Ruling::UnknownLead),
                    }
                }
            };
            asked.out.push(out);
            asked.reps.push(rep.ok());
            asked.leads.push(lead);
        }
        asked.drop_repeated(batch);
        asked.rank(batch);
        asked
    }

    /// Of two claims of a rep to a lead the earlier takes part.
    fn drop_repeated(&mut self, batch: &Batch) {
        let timed = |at: &usize| batch.claims[*at].at;
        let mut order: Vec<usize> = (0..self.out.len()).filter(|&at| timed(&at).is_some()).collect();
        order.sort_by_key(timed);
        order.extend((0..self.out.len()).filter(|at| timed(at).is_none()));
        let mut first = BTreeMap::new();
        for at in order {
            if self.out[at].is_some() {
                continue;
            }
            if let Some(lead) = self.leads[at] {
                let row = batch.claims[at].row;
                let earliest = *first.entry((self.reps[at], lead)).or_insert((at, row));
                if earliest.0 != at {
                    self.out[at] = Some(Ruling::Repeated(earliest.1));
                    continue;
                }
            }
            self.order.push(at);
        }
    }

    fn rank(&mut self, batch: &Batch) {
        let mut of_reps: BTreeMap<RepIndex, BTreeSet<(bool, u32, usize)>> = BTreeMap::new();
        for &at in &self.order {
            if let (Some(rep), Some(_)) = (self.reps[at], self.leads[at]) {
                let rank = batch.claims[at].rank;
                let key = (rank.is_none(), rank.unwrap_or(0), at);
                of_reps.entry(rep).or_default().insert(key);
            }
        }
        for (rep, wishes) in of_reps {
            for (place, (_, _, at)) in (1..).zip(wishes) {
                self.places[at] = place;
                self.most = self.most.max(place);
                if let Some(lead) = self.leads[at] {
                    self.wishes.entry(lead).or_default().push((rep, place));
                }
            }
        }
    }

    /// The place of a rep's wish for a lead.
    pub fn wish(&self, lead: LeadIndex, rep: RepIndex) -> Option<u32> {
        let of_lead = self.wishes.get(&lead)?;
        of_lead.iter().find(|(of, _)| *of == rep).map(|&(_, place)| place)
    }

    /// How many claims to a lead take part in a pass.
    pub fn count(&self, lead: LeadIndex, pass: &Pass) -> u32 {
        let of_lead = self.wishes.get(&lead).map_or(&[][..], Vec::as_slice);
        let count = of_lead.iter().filter(|(rep, _)| pass.reps[rep.at()]).count();
        let is_seen = pass.method != Method::BlindPull;
        u32::try_from(if is_seen { count } else { 0 }).unwrap_or(u32::MAX)
    }

    /// What a wish with a score in units is worth, in thousandths of a point: 10 points a rank and a hundredth
    /// of the score, rounded half up.
    pub fn worth(&self, place: u32, score: i32) -> i32 {
        let ranks = i64::from(self.most) - i64::from(place) + 1;
        let worth = ranks * RANK + (i64::from(score) + 500) / 1000;
        i32::try_from(worth).unwrap_or(i32::MAX)
    }

    /// The claims that name a lead, or pulls, of reps for whom a pass is, the earliest first.
    pub fn of_pass<'a>(
        &'a self,
        pass: &'a Pass,
    ) -> impl Iterator<Item = (usize, RepIndex, Option<LeadIndex>)> + 'a {
        let wants_lead = pass.method != Method::BlindPull;
        self.order.iter().filter_map(move |&at| {
            let rep = self.reps[at].filter(|rep| pass.reps[rep.at()])?;
            (self.leads[at].is_some() == wants_lead).then_some((at, rep, self.leads[at]))
        })
    }
}

/// Passes by claims with their positions.
pub(crate) fn passes(rules: &Rules) -> impl Iterator<Item = (PassIndex, &Pass)> {
    let all = rules.passes.iter().enumerate();
    all.filter(|(_, pass)| pass.method.is_by_claims())
        .map(|(at, pass)| (PassIndex::new(at), pass))
}
