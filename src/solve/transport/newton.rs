//! Better prices to start from: Newton's method on the dual, damped.
//!
//! At given prices every lead goes where it is worth most, and in part where it is worth nearly as much. A leaf to which more go than it has places
//! should be dearer, one to which fewer go cheaper, and how much depends on how many leads are about to
//! turn: those whose best leaf leads the second by little. Counted over pairs of leaves they are a graph
//! Laplacian, the second derivative of the dual; one linear system a step moves all prices at once.
//! It stops short of the optimum, which paths then reach exactly; it only saves most of them. Floating
//! point decides where to start, never what is optimal.
//!
//! Source: J. Kitagawa, Q. Mérigot, B. Thibert, Convergence of a Newton algorithm for semi-discrete
//! optimal transport, 2019 (doi:10.4171/JEMS/889).

use super::columns::Columns;
use super::level::{Level, narrow};
use super::number::Number;
use super::parallel::in_ranges;

/// Most steps.
const STEPS: usize = 8;
/// A step that makes things worse is shortened so often.
const RETRIES: usize = 3;
/// By so much.
const SHORTER: f64 = 0.35;
/// Most rounds of conjugate gradients.
const ROUNDS: usize = 60;

/// Parts in which the leads of a member are shared by its two best leaves.
const SHARES: u64 = 256;

/// How much of a member its second best leaf counts as its own: half if both are worth the same, nothing
/// from the whole band on. So a small change of price changes loads by little.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "from 0 to half of the shares"
)]
fn share_of_second(margin_of_band: f64) -> u64 {
    ((1.0 - margin_of_band) * (SHARES / 2) as f64) as u64
}

/// The columns of a level whose tree is flat.
pub(super) struct Newton<'a, N> {
    level: &'a Level<'a, N>,
    columns: &'a Columns,
    threads: usize,
}

/// What prices lead to.
#[derive(Default)]
struct State {
    /// Leads too many for each leaf, or too few if negative.
    excess: Vec<f64>,
    /// Σ of their sizes.
    total: f64,
    /// Leads about to turn: from · width + to, and how many.
    turning: Vec<(u32, u32)>,
    /// The lead over the second best that counts as about to turn.
    band: f64,
}

impl<'a, N: Number> Newton<'a, N> {
    pub(super) fn new(level: &'a Level<'a, N>, columns: &'a Columns, threads: usize) -> Self {
        Self {
            level,
            columns,
            threads,
        }
    }

    /// Improves prices of which most are wrong by at most so many units.
    pub(super) fn improve(&self, prices: &mut Vec<N>, wrong: i32) {
        let band = f64::from(wrong.min(200_000)) * self.level.scale.unit.float() / 2.0 + 1.0;
        let mut state = self.look(prices, band);
        #[expect(clippy::cast_precision_loss, reason = "there are few leaves")]
        let enough = 1.0 + prices.len() as f64 / 8.0;
        for _ in 0..STEPS {
            if state.total <= enough || !self.step(prices, &mut state) {
                return;
            }
        }
    }

    /// Takes one step; tells whether it made things better.
    fn step(&self, prices: &mut Vec<N>, state: &mut State) -> bool {
        let wanted = self.solve(prices, state);
        let mut sizes: Vec<f64> = wanted.iter().map(|change| change.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        let Some(&most) = sizes.get(sizes.len() * 9 / 10) else {
            return false;
        };
        let band = most.clamp(state.band / 4.0, state.band);
        let mut damping = 1.0;
        for _ in 0..RETRIES {
            let moved = |((node, &price), &change): ((usize, &N), &f64)| {
                let change = (change * damping).clamp(-2.0 * state.band, 2.0 * state.band);
                (price + N::round(change)).max(self.lowest(node))
            };
            let tried: Vec<N> = prices.iter().enumerate().zip(&wanted).map(moved).collect();
            let reached = self.look(&tried, band);
            if reached.total < state.total {
                (*prices, *state) = (tried, reached);
                return true;
            }
            damping *= SHORTER;
        }
        false
    }

    /// No lower price draws more leads into places.
    fn lowest(&self, node: usize) -> N {
        self.level.places[node].cost(1)
    }

    /// Sends every lead where it is worth most.
    fn look(&self, prices: &[N], band: f64) -> State {
        let width = prices.len() + 1;
        let narrow_band = N::round(band);
        let columns = self.columns.node.len();
        let members = self.level.members();
        let parts = in_ranges(self.threads, members, columns / members.max(1) * 4, |range| {
            let (mut load, mut turning) = (vec![0u64; width], Vec::new());
            for member in range {
                let supply = self.level.supply[member];
                let (best, second, margin) = self.best_two(member, prices);
                let mut to_second = 0;
                if margin < narrow_band {
                    turning.push((narrow(best * width + second), supply));
                    to_second = share_of_second(margin.float() / band);
                }
                load[best] += u64::from(supply) * (SHARES - to_second);
                load[second] += u64::from(supply) * to_second;
            }
            (load, turning)
        });
        let (mut load, mut turning) = (vec![0u64; width], Vec::new());
        for (part, more) in parts {
            load.iter_mut().zip(part).for_each(|(load, part)| *load += part);
            turning.extend(more);
        }
        let mut state = State {
            turning,
            band,
            ..State::default()
        };
        for (node, places) in self.level.places.iter().enumerate() {
            let (least, most) = places.within(prices[node]);
            let (least, most) = (SHARES * u64::from(least), SHARES * u64::from(most));
            #[expect(clippy::cast_precision_loss, reason = "a start needs no more")]
            let excess = (load[node] as f64 - load[node].clamp(least, most) as f64) / SHARES as f64;
            state.excess.push(excess);
            state.total += excess.abs();
        }
        state
    }

    /// Where a member's leads are worth most, where second most, and by how much.
    fn best_two(&self, member: usize, prices: &[N]) -> (usize, usize, N) {
        let ground = prices.len();
        let base = self.level.scale.value(self.level.base[member]);
        let unit = self.level.scale.unit;
        let range = self.columns.of(member);
        let range = range.start..range.end - 1;
        // Equal leads begin to look at different leaves, so that ties do not all fall to one.
        let turned = range.start + member % range.len().max(1);
        let columns = (turned..range.end).chain(range.start..turned);
        let (mut best, mut second) = ((N::ZERO, ground), (N::NONE, ground));
        for column in columns {
            let (node, score) = (self.columns.node[column], self.columns.score[column]);
            let node = node as usize;
            let value = base + unit * N::units(score.into()) - prices[node];
            if value > best.0 {
                second = best;
                best = (value, node);
            } else if value > second.0 {
                second = (value, node);
            }
        }
        (best.1, second.1, best.0 - second.0)
    }

    /// The change of prices that would balance all leaves if leads kept turning as they do now.
    fn solve(&self, prices: &[N], state: &State) -> Vec<f64> {
        let leaves = prices.len();
        let is_fixed = |node: usize| prices[node] <= self.lowest(node) && state.excess[node] <= 0.0;
        let fixed: Vec<bool> = (0..leaves).map(is_fixed).collect();
        let per_lead = 0.5 / state.band;
        let mut system = System {
            diagonal: (0..leaves)
                .map(|node| self.opening(node, prices[node], state.band))
                .collect(),
            arcs: Vec::new(),
        };
        let mut pairs = state.turning.clone();
        pairs.sort_unstable();
        for same in pairs.chunk_by(|one, other| one.0 == other.0) {
            let leads: f64 = same.iter().map(|&(_, leads)| f64::from(leads)).sum();
            let (from, to) = (
                same[0].0 as usize / (leaves + 1),
                same[0].0 as usize % (leaves + 1),
            );
            system.join(from, to, leads * per_lead, &fixed);
        }
        let usual = system.diagonal.iter().sum::<f64>() / f64::from(narrow(leaves.max(1)));
        for diagonal in &mut system.diagonal {
            *diagonal += usual * 1e-3 + f64::MIN_POSITIVE;
        }
        let wanted =
            (state.excess.iter().zip(&fixed)).map(|(&excess, &fixed)| if fixed { 0.0 } else { excess });
        system.solve(&wanted.collect::<Vec<f64>>())
    }

    /// How many places of a leaf open for each step of its price.
    fn opening(&self, node: usize, price: N, band: f64) -> f64 {
        let places = &self.level.places[node];
        if places.is_even() {
            return 0.0;
        }
        let reach = N::round(band);
        let (low, high) = (places.within(price - reach).0, places.within(price + reach).1);
        f64::from(high - low) * 0.5 / band
    }
}

/// A symmetric, diagonally dominant system of linear equations.
struct System {
    diagonal: Vec<f64>,
    arcs: Vec<(u32, u32, f64)>,
}

impl System {
    /// Lets leads turn between two leaves, or a leaf and the ground; fixed leaves count as the ground.
    fn join(&mut self, from: usize, to: usize, weight: f64, fixed: &[bool]) {
        let free = |node: usize| node < fixed.len() && !fixed[node];
        for node in [from, to] {
            if free(node) {
                self.diagonal[node] += weight;
            }
        }
        if free(from) && free(to) {
            self.arcs.push((narrow(from), narrow(to), weight));
        }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let mut product: Vec<f64> = self.diagonal.iter().zip(vector).map(|(a, b)| a * b).collect();
        for &(one, other, weight) in &self.arcs {
            product[one as usize] -= weight * vector[other as usize];
            product[other as usize] -= weight * vector[one as usize];
        }
        product
    }

    /// Solves it roughly by conjugate gradients, scaled by the diagonal.
    fn solve(&self, wanted: &[f64]) -> Vec<f64> {
        let dot = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
        let scaled =
            |rest: &[f64]| -> Vec<f64> { rest.iter().zip(&self.diagonal).map(|(a, b)| a / b).collect() };
        let mut solution = vec![0.0; wanted.len()];
        let mut rest = wanted.to_vec();
        let mut direction = scaled(&rest);
        let mut size = dot(&rest, &direction);
        let enough = size * 1e-6;
        for _ in 0..ROUNDS {
            if size <= enough {
                break;
            }
            let product = self.times(&direction);
            let along = size / dot(&direction, &product);
            for (at, &product) in product.iter().enumerate() {
                solution[at] += along * direction[at];
                rest[at] -= along * product;
            }
            let next = scaled(&rest);
            let before = std::mem::replace(&mut size, dot(&rest, &next));
            for (direction, next) in direction.iter_mut().zip(next) {
                *direction = next + *direction * (size / before);
            }
        }
        solution
    }
}
