//! A pass of a run as numbers: its leaves with room and costs, its leads with their holders.

use super::claims::Asked;
use super::course::{Stage, reps_of};
use super::instance::{Growth, Instance, Leaf, RowReader, Up, loads};
use super::optimal::Prices;
use super::pairs::{Pairs, by_team};
use super::price::{Price, rank};
use super::said::Said;
use super::shares::{Shares, fairness, fairness_unit, head_start};
use super::units;
use crate::model::{Batch, LeadIndex, Potential, RepIndex, TeamIndex, Why};
use crate::record::{LimitPriceRecord, LimitProofRecord, PassRecord, RunRecord};
use crate::rules::{LimitGroup, Method, Pass, Rules};
use std::collections::BTreeMap;

/// What every pass of a run is made of.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub batch: &'a Batch,
    pub rules: &'a Rules,
    pub said: &'a Said,
    pub shares: &'a Shares,
    pub asked: &'a Asked,
}

/// A pass with everything that is worked out once for it.
pub(crate) struct Numbers<'a> {
    pub setting: Setting<'a>,
    pub stage: &'a Stage<'a>,
    pub pass: &'a Pass,
    /// The reps that take part, in id order.
    pub reps: Vec<RepIndex>,
    /// The teams, in the order of their first members; none where the pass deals to reps.
    pub teams: Vec<TeamIndex>,
    /// For each of the reps the leaf: its own, or its team's.
    pub leaf_of: Vec<Option<usize>>,
    /// For each leaf the rep under whom its potential is recorded.
    pub firsts: Vec<RepIndex>,
    pub leaves: Vec<Leaf>,
    /// How many leads each leaf holds.
    pub loads: Vec<u64>,
    /// The units of fairness of one lead at the largest weight.
    pub unit: u64,
    /// The recorded least potential of each leaf; nothing where none is recorded.
    pub potentials: Vec<Price>,
    /// Whether the record says that the pass is proven the best.
    pub is_proven: bool,
    /// What the record says of the proof with limits.
    pub limits: Option<LimitProofRecord>,
    /// The limits and groups whose minimum the pass was asked for.
    pub asked: Vec<super::limits::Place>,
    /// The recorded greatest potential of each leaf; beyond every price where none is recorded.
    pub greatest: Vec<Price>,
}

impl<'a> Numbers<'a> {
    /// Works a pass out.
    pub fn of(setting: Setting<'a>, stage: &'a Stage<'a>, record: &RunRecord) -> Self {
        let pass = &setting.rules.passes[stage.pass.at()];
        let reps = reps_of(setting.batch, setting.rules, setting.said, stage.pass);
        let mut numbers = Self {
            setting,
            stage,
            pass,
            leaf_of: (0..reps.len()).map(Some).collect(),
            firsts: reps.clone(),
            reps,
            teams: Vec::new(),
            leaves: Vec::new(),
            loads: Vec::new(),
            unit: 0,
            potentials: Vec::new(),
            greatest: Vec::new(),
            asked: Vec::new(),
            limits: None,
            is_proven: false,
        };
        if pass.method == Method::Shotgun && pass.offer.is_none() {
            numbers.by_team();
        }
        if pass.method == Method::CherryPick {
            numbers.by_wishes();
        } else {
            numbers.cost();
        }
        numbers.simplify(record);
        numbers.loads = loads(numbers.leaves.len(), &numbers.ups());
        numbers.recall(record.passes.get(stage.pass.at()));
        numbers
    }

    fn by_team(&mut self) {
        self.firsts.clear();
        for (at, &rep) in self.reps.iter().enumerate() {
            self.leaf_of[at] = self.setting.said.rep_teams[rep.at()].map(|team| {
                self.teams
                    .iter()
                    .position(|&known| known == team)
                    .unwrap_or_else(|| {
                        self.teams.push(team);
                        self.firsts.push(rep);
                        self.teams.len() - 1
                    })
            });
        }
    }

    /// Room, ceilings, loads and weights of each leaf: those of its members together, less the leads that
    /// a team has and that no member has yet.
    fn cost(&mut self) {
        let reps = &self.setting.batch.reps.list;
        let mut sums = vec![Sums::default(); self.firsts.len()];
        for (&rep, leaf) in self.reps.iter().zip(&self.leaf_of) {
            if let Some(leaf) = *leaf {
                let (person, load) = (&reps[rep.at()], self.stage.before[rep.at()]);
                sums[leaf].room += u64::from(load.room());
                sums[leaf].open += load.open;
                sums[leaf].served += load.served;
                sums[leaf].ahead.push((load.ahead, person.weight.0));
                sums[leaf].weight += u64::from(person.weight.0);
                sums[leaf].ceiling += self.setting.shares.ceiling(person);
            }
        }
        let weights: Vec<u64> = (sums.iter().enumerate())
            .map(|(leaf, sum)| self.weight_of_team(leaf).unwrap_or(sum.weight))
            .collect();
        let of_reps = self.teams.is_empty();
        let turns: Vec<i128> = sums.iter().map(|sum| sum.turn(of_reps)).collect();
        self.unit = fairness_unit(&weights, &turns);
        let waiting = |leaf: usize| {
            self.teams
                .get(leaf)
                .map_or(0, |team| self.stage.waiting[team.at()])
        };
        self.leaves = sums
            .iter()
            .enumerate()
            .map(|(leaf, sum)| Leaf {
                room: u32::try_from(sum.room.saturating_sub(waiting(leaf))).unwrap_or(u32::MAX),
                balance: self.setting.shares.balance(sum.ceiling, sum.open + waiting(leaf)),
                fairness: Growth {
                    offset: head_start(self.unit, &weights, &turns, leaf),
                    ..fairness(self.unit, &weights, weights[leaf], sum.served + waiting(leaf))
                },
            })
            .collect();
    }

    /// The weight that the file of teams gives a leaf's team.
    fn weight_of_team(&self, leaf: usize) -> Option<u64> {
        let name = &self.setting.said.teams[self.teams.get(leaf)?.at()];
        let team = self.setting.batch.teams.iter().find(|team| team.name == *name)?;
        Some(u64::from(team.weight?.0))
    }

    /// Leaves out the costs that the run says it left out of the pass, where its numbers were too large.
    fn simplify(&mut self, record: &RunRecord) {
        let start = format!(
            "the numbers of pass `{}` are too large together, so ",
            self.pass.name
        );
        let said = record
            .notes
            .iter()
            .find_map(|note| note.text.strip_prefix(&start));
        if let Some(left_out) = said {
            let balance = left_out.contains("balance");
            for leaf in &mut self.leaves {
                leaf.fairness = Growth::NONE;
                if balance {
                    leaf.balance = Growth::NONE;
                }
            }
        }
    }

    fn recall(&mut self, record: Option<&PassRecord>) {
        let proof = record.and_then(|record| record.proof.as_ref());
        let tiers = self.setting.rules.tiers.len();
        let (mut least, mut greatest) = (Vec::new(), Vec::new());
        let limits = proof.and_then(|proof| proof.limits.as_ref());
        self.asked = limits.map_or_else(Vec::new, |limits| self.asked_for(limits));
        for rep in &self.firsts {
            let id = &self.setting.batch.reps.list[rep.at()].id;
            if let Some(own) = limits.and_then(|limits| limits.own.iter().find(|own| own.rep == *id)) {
                least.push(Price::of(own.price.as_potential(), tiers));
                greatest.push(Price::UNBOUNDED);
                continue;
            }
            let price = |recorded: &BTreeMap<String, Potential>| {
                recorded.get(id).map(|&potential| Price::of(potential, tiers))
            };
            least.push(
                proof
                    .and_then(|proof| price(&proof.potentials))
                    .unwrap_or_default(),
            );
            let bound = proof.and_then(|proof| price(&proof.greatest));
            greatest.push(bound.unwrap_or(Price::UNBOUNDED));
        }
        (self.potentials, self.greatest) = (least, greatest);
        self.limits = limits.cloned();
        // where levels have bounds of their own, the prices alone do not tell what a change costs
        let alone = limits.is_none_or(|limits| limits.levels.is_empty());
        self.is_proven = alone && proof.is_some_and(|proof| proof.gap.is_none());
    }

    /// The groups whose minimum a record says that the pass was asked for.
    fn asked_for(&self, record: &LimitProofRecord) -> Vec<super::limits::Place> {
        let limits = &self.setting.rules.limits;
        let asked = record.prices.iter().filter(|price| price.asked > 0);
        let place = |price: &LimitPriceRecord| {
            let limit = limits.iter().position(|limit| limit.name == price.limit)?;
            let of = |group: &LimitGroup| Some(&group.name) == price.group.as_ref();
            Some((limit, limits[limit].groups.iter().position(of)?))
        };
        asked.filter_map(place).collect()
    }

    /// The limit that keeps a lead from one of the pass's reps after the pass, though its holder gave it away,
    /// as a reason.
    pub fn stop_why(&self, lead: LeadIndex, leaf: usize, holder: RepIndex) -> Option<Why> {
        let (other, used) = (self.reps[leaf], &self.stage.used_after);
        if self.setting.rules.limits.is_empty() {
            return None;
        }
        if let Some(place) = self.stop_besides(lead, leaf, Some(holder)) {
            let (limit, held) = used.named(place);
            return Some(Why::HigherLimited { other, limit, held });
        }
        let team = self.stage.locks[lead.at()];
        let kept = used.places(lead, other, team);
        let missed = used.places(lead, holder, team).into_iter().find(|place| {
            let min = self.setting.rules.limits[place.0].groups[place.1].min;
            used.count(*place) <= u64::from(min) && !kept.contains(place) && self.asked.contains(place)
        });
        let (limit, _) = used.named(missed?);
        Some(Why::Minimum { other, limit })
    }

    /// The recorded potentials.
    pub fn prices(&self) -> Prices<'_> {
        Prices {
            least: &self.potentials,
            greatest: &self.greatest,
        }
    }

    /// Tells whether the pass is solved as a whole.
    pub fn is_whole(&self) -> bool {
        match self.pass.method {
            Method::Optimal | Method::CherryPick => true,
            Method::Shotgun => self.pass.offer.is_none(),
            Method::RoundRobin
            | Method::LeastLoaded
            | Method::TopProducer
            | Method::SharkTank
            | Method::BlindPull => false,
        }
    }

    /// The leads that were up for the pass, with the leaves that hold them.
    pub fn ups(&self) -> Vec<Up> {
        let (rules, tiers) = (self.setting.rules, self.setting.rules.tiers.len());
        let by_wishes = self.pass.method == Method::CherryPick;
        let up = |&lead: &LeadIndex| Up {
            lead,
            rank: if by_wishes {
                0
            } else {
                rank(rules.lead_tiers[lead.at()], tiers)
            },
            holder: self.holder(lead),
        };
        self.stage.ups.iter().map(up).collect()
    }

    /// The leaf that the pass gave a lead to.
    fn holder(&self, lead: LeadIndex) -> Option<usize> {
        if self.pass.method == Method::Shotgun {
            let team = self.stage.given[lead.at()]?;
            return self.teams.iter().position(|&known| known == team);
        }
        let dealt = self.setting.said.deal(lead)?;
        let by_this = dealt.by == super::said::Dealer::Pass(self.stage.pass);
        let rep = dealt.rep.filter(|_| by_this)?;
        self.place(rep)
    }

    /// The limit that keeps a lead from one of the pass's reps after the pass.
    pub fn stop_after(&self, lead: LeadIndex, leaf: usize) -> Option<super::limits::Place> {
        let stage = self.stage;
        stage
            .used_after
            .stop(lead, self.reps[leaf], stage.locks[lead.at()])
    }

    /// The limit that keeps a lead from one of the pass's reps after the pass, though whoever has the lead gave
    /// it away.
    pub fn stop_besides(
        &self,
        lead: LeadIndex,
        leaf: usize,
        holder: Option<RepIndex>,
    ) -> Option<super::limits::Place> {
        let (used, team) = (&self.stage.used_after, self.stage.locks[lead.at()]);
        let kept = holder.map_or_else(Vec::new, |rep| used.places(lead, rep, team));
        let places = used.places(lead, self.reps[leaf], team);
        places
            .into_iter()
            .find(|place| used.is_full(*place) && !kept.contains(place))
    }

    /// The position of a rep among those of the pass.
    pub fn place(&self, rep: RepIndex) -> Option<usize> {
        let reps = &self.setting.batch.reps.list;
        let id = |rep: RepIndex| reps[rep.at()].id.as_bytes();
        self.reps.binary_search_by(|&known| id(known).cmp(id(rep))).ok()
    }

    /// Scores and permissions of the pass's reps.
    pub fn pairs(&self) -> Pairs<'_> {
        Pairs {
            rules: self.setting.rules,
            relaxed: &self.pass.relaxed,
            min_score: self.pass.min_score,
            reps: &self.reps,
            rep_teams: &self.setting.said.rep_teams,
            locks: &self.stage.locks,
        }
    }

    /// Hands the pass as a transportation problem, with some of its leads, to `body`.
    pub fn with<T>(&self, ups: Vec<Up>, body: impl FnOnce(&Instance) -> T) -> T {
        let pairs = self.pairs();
        let make = || -> RowReader<'_> {
            let reader = units::reader(pairs, &self.stage.units, true);
            if self.pass.method == Method::CherryPick {
                self.wishes(reader)
            } else if self.teams.is_empty() {
                reader
            } else {
                by_team(reader, &self.leaf_of)
            }
        };
        body(&Instance {
            leaves: self.leaves.clone(),
            loads: self.loads.clone(),
            ups,
            tiers: self.setting.rules.tiers.len(),
            rows: &make,
        })
    }

    /// What one more place of a leaf would bring: its potential less the cost of its next place.
    pub fn price(&self, leaf: usize) -> Price {
        let (price, next) = (
            self.potentials[leaf],
            self.leaves[leaf].cost(self.loads[leaf] + 1),
        );
        let price = Price {
            rank: price.rank,
            points: price.points.saturating_sub(next.points),
            fairness: price.fairness.saturating_sub(next.fairness),
        };
        price.max(Price::default())
    }
}

#[derive(Clone, Default)]
struct Sums {
    room: u64,
    open: u64,
    served: u64,
    weight: u64,
    ceiling: u128,
    /// Each member's turn beyond the clock before the run, and its weight.
    ahead: Vec<(i128, u32)>,
}

impl Sums {
    /// How far the turn is ahead of the clock: the rep's own, or the mean of a team's by weight.
    fn turn(&self, of_reps: bool) -> i128 {
        if of_reps {
            return self.ahead.first().map_or(0, |own| own.0);
        }
        let all = i128::from(self.weight.max(1));
        let part = |&(ahead, weight): &(i128, u32)| (ahead / all).saturating_mul(weight.into());
        self.ahead.iter().map(part).fold(0, i128::saturating_add)
    }
}
