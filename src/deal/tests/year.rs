//! A year of nights: whether every rep gets its share.

use crate::deal::deal_with_threads;
use crate::deal::testing::{Row, World};
use crate::model::{Clock, History, Outcome, Weight};
use crate::rules::Method;
use crate::solve::rotation::TURN;

const REPS: usize = 9;
const NIGHTS: usize = 365;
/// The years that are dealt.
const SEEDS: [u64; 5] = [0, 1, 2, 3, 4];

/// Divisible by every sum of weights in halves that nine reps can have: shares are whole numbers of it.
const LEAD: i128 = 9_690_712_164_777_231_700_912_800;

/// A generator of its own, so that a year is the same for ever.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % most
    }
}

/// The rep who has a lead, by its number.
fn taker(world: &World, outcome: &Outcome) -> Option<usize> {
    let Outcome::Assigned(deal) = outcome else {
        return None;
    };
    let id = &world.batch.reps.list[deal.rep?.at()].id;
    id[1..].parse().ok()
}

/// Who has which share, who is there on which night, and how many leads come.
struct Year {
    seed: u64,
    method: Method,
    /// In halves.
    weights: [u32; REPS],
    /// By rep and night: `None` where it is not on the roster, else whether it is away.
    away: Vec<Vec<Option<bool>>>,
    leads: Vec<usize>,
    /// Whether the roster is listed the other way round every other night.
    is_shuffled: bool,
}

impl Year {
    /// Nine reps, one of whom comes and one of whom goes, each five times on leave for one to ten nights.
    fn new(seed: u64, method: Method, is_equal: bool) -> Self {
        let mut dice = Dice(seed);
        let mut number = |most: u64| usize::try_from(dice.below(most)).expect("small");
        let weights = std::array::from_fn(|_| if is_equal { 2 } else { [1, 2, 2, 4, 6][number(5)] });
        let mut away = vec![vec![Some(false); NIGHTS]; REPS];
        for of_rep in &mut away {
            for _ in 0..5 {
                let (first, length) = (number(361), [1, 2, 5, 10][number(4)]);
                of_rep
                    .iter_mut()
                    .skip(first)
                    .take(length)
                    .for_each(|night| *night = Some(true));
            }
        }
        let (arrives, leaves) = (60 + number(141), 100 + number(201));
        away[7][..arrives].fill(None);
        away[3][leaves..].fill(None);
        Self {
            seed,
            method,
            weights,
            away,
            leads: (0..NIGHTS).map(|_| number(13)).collect(),
            is_shuffled: false,
        }
    }

    /// The same year, a lead a night.
    fn of_single_leads(mut self) -> Self {
        self.leads = vec![1; NIGHTS];
        self
    }

    /// A night's roster with leads that nobody takes better, and that these reps may take.
    fn world_for(&self, night: usize, may: &[bool; REPS]) -> World {
        let mut present: Vec<usize> = (0..REPS).filter(|rep| self.away[*rep][night].is_some()).collect();
        if self.is_shuffled && night % 2 == 1 {
            present.reverse();
        }
        let names: Vec<String> = present.iter().map(|rep| format!("r{rep}")).collect();
        let row = |lead: usize| Row {
            id: format!("n{night}-{lead}"),
            tier: 0,
            points: present.iter().map(|rep| may[*rep].then_some(50)).collect(),
        };
        let rows: Vec<Row> = (0..self.leads[night]).map(row).collect();
        let mut world = World::of(&rows, World::new(&names.join(" ")).batch.reps.list);
        world.rules.passes[0].method = self.method;
        for (at, &rep) in present.iter().enumerate() {
            world.batch.reps.list[at].weight = Weight(500 * self.weights[rep]);
            if self.away[rep][night] == Some(true) {
                world.away(&names[at], None);
            }
        }
        world
    }

    /// Deals the year; hands every night on with the count of each rep and what it was entitled to, in
    /// [`LEAD`]s, and the reps of the night's leads.
    fn deal(&self, mut each: impl FnMut(usize, &[i128; REPS], &[i128; REPS], &[usize])) {
        let (mut counts, mut due, mut history) = ([0i128; REPS], [0i128; REPS], History::default());
        for night in 0..NIGHTS {
            let world = self.world_for(night, &[true; REPS]);
            let allocation = deal_with_threads(&world.batch, &world.rules, &history, 1, &|_| ());
            let present = |rep: &usize| self.away[*rep][night] == Some(false);
            let all: u32 = (0..REPS).filter(present).map(|rep| self.weights[rep]).sum();
            let mut takers = Vec::new();
            for outcome in &allocation.outcomes {
                let Outcome::Assigned(deal) = outcome else {
                    continue;
                };
                let id = &world.batch.reps.list[deal.rep.expect("a rep").at()].id;
                let taker: usize = id[1..].parse().expect("a number");
                counts[taker] += LEAD;
                takers.push(taker);
                for rep in (0..REPS).filter(present) {
                    due[rep] += LEAD / i128::from(all) * i128::from(self.weights[rep]);
                }
            }
            history = allocation.history_after;
            each(night, &counts, &due, &takers);
        }
    }

    /// Tells that on every night every count is within so many thousandths of a lead of entitlement.
    fn check(&self, most: i128) {
        self.deal(|night, counts, due, _| {
            for rep in 0..REPS {
                let apart = (counts[rep] - due[rep]).abs();
                assert!(
                    apart * 1000 <= LEAD * most,
                    "year {}, night {night}, rep {rep}: {} thousandths of a lead from entitlement",
                    self.seed,
                    apart * 1000 / LEAD
                );
            }
        });
    }

    /// Who took what, night by night.
    fn takers(&self) -> Vec<Vec<usize>> {
        let mut all = Vec::new();
        self.deal(|_, _, _, takers| all.push(takers.to_vec()));
        all
    }
}

/// Of 1,000 random years like these, 986 stay within one lead on every night (half of them within 0.90, the worst
/// 1.20). All cannot: whoever comes back may find all the others ahead or behind with it, and no rule has an
/// answer to every pattern of leave (see the rotations of a pass).
#[test]
fn in_a_rotation_every_count_is_within_one_lead_of_entitlement_on_every_night_of_a_year() {
    for seed in SEEDS {
        Year::new(seed, Method::RoundRobin, false).check(1000);
        Year::new(seed, Method::RoundRobin, false)
            .of_single_leads()
            .check(1000);
    }
}

/// Of 1,000 random years like these, 988 stay within one lead on every night (half of them within 0.88, the worst
/// 1.18); of 1,000 years of single leads 983 (half within 0.89, the worst 1.08).
#[test]
fn where_scores_and_shares_are_equal_an_optimal_pass_is_as_fair_as_a_rotation() {
    for seed in SEEDS {
        Year::new(seed, Method::Optimal, true).check(1000);
        Year::new(seed, Method::Optimal, true)
            .of_single_leads()
            .check(1000);
    }
}

/// The least convex cost rounds shares like the method of Webster and Sainte-Laguë, which may leave quota even where
/// nobody is ever away.
#[test]
fn where_only_scores_are_equal_an_optimal_pass_is_within_one_lead_and_a_half() {
    for seed in SEEDS {
        Year::new(seed, Method::Optimal, false).check(1500);
    }
}

#[test]
fn the_order_of_the_roster_changes_nothing() {
    for method in [Method::RoundRobin, Method::Optimal, Method::LeastLoaded] {
        let mut year = Year::new(1, method, false);
        let takers = year.takers();
        year.is_shuffled = true;
        assert_eq!(year.takers(), takers, "{}", method.name());
    }
}

/// Where a rep stands on a clock; a newcomer stands at it.
fn turn(clock: &Clock, rep: usize) -> i128 {
    clock.turns.get(&format!("r{rep}")).copied().unwrap_or(clock.now)
}

#[test]
fn nobody_who_may_take_a_lead_waits_while_one_further_ahead_is_served() {
    for (method, seed) in [
        (Method::RoundRobin, 3),
        (Method::Optimal, 4),
        (Method::RoundRobin, 5),
    ] {
        let year = Year::new(seed, method, true).of_single_leads();
        let (mut dice, mut history) = (Dice(seed), History::default());
        for night in 0..NIGHTS {
            let mut may = [false; REPS];
            may.fill_with(|| dice.below(3) > 0);
            let world = year.world_for(night, &may);
            let allocation = deal_with_threads(&world.batch, &world.rules, &history, 1, &|_| ());
            let nothing = Clock::default();
            let clock = match method {
                Method::Optimal => &history.served,
                _ => history.clocks.values().next().unwrap_or(&nothing),
            };
            let eligible = (0..REPS).filter(|rep| may[*rep] && year.away[*rep][night] == Some(false));
            let first = eligible.min_by_key(|rep| turn(clock, *rep));
            let taker = taker(&world, &allocation.outcomes[0]);
            assert_eq!(
                taker.map(|rep| turn(clock, rep)),
                first.map(|rep| turn(clock, rep)),
                "year {seed}, night {night}: {taker:?} instead of {first:?}"
            );
            history = allocation.history_after;
        }
    }
}

#[test]
fn who_is_behind_the_clock_goes_before_all_who_are_ahead_of_it_whatever_the_weights() {
    let year = Year::new(6, Method::RoundRobin, false).of_single_leads();
    let (mut dice, mut history) = (Dice(6), History::default());
    for night in 0..NIGHTS {
        let mut may = [false; REPS];
        may.fill_with(|| dice.below(3) > 0);
        let world = year.world_for(night, &may);
        let allocation = deal_with_threads(&world.batch, &world.rules, &history, 1, &|_| ());
        let clock = history.clocks.values().next().cloned().unwrap_or_default();
        if let Some(taker) = taker(&world, &allocation.outcomes[0]) {
            let is_ahead = |rep: usize| turn(&clock, rep) > clock.now;
            let finish = |rep: usize| turn(&clock, rep) + TURN / i128::from(500 * year.weights[rep]);
            let open = (0..REPS).filter(|rep| may[*rep] && year.away[*rep][night] == Some(false));
            let first = open.min_by_key(|rep| (is_ahead(*rep), finish(*rep), *rep));
            assert_eq!(Some(taker), first, "night {night}");
        }
        history = allocation.history_after;
    }
}
