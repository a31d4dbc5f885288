//! The least optimal potentials: one sweep from the ground over the final contracted graph.

use super::level::Level;
use super::number::Number;
use super::pricing::NO_MOVE;
use super::run::Settled;

/// The least potentials p ≥ 0 that prove a settled flow optimal; packed, by leaf.
///
/// p of a leaf is the greatest gain of any path of moves from the ground to it: what the last place
/// in use costs; what an unassigned lead would bring; what a lead of another leaf would bring here,
/// more than there, on top of that leaf's own potential; or 0. The moves are those over *all*
/// columns, and the settled prices are optimal: they make every arc's length, price(to) −
/// price(from) − gain, not negative, so that Dijkstra finds the longest paths in O(leaves²).
pub(super) fn least<N: Number>(level: &Level<'_, N>, settled: &Settled<N>) -> Vec<N> {
    let (ground, width) = (level.ground(), level.ground() + 1);
    let price = |node: usize| settled.prices.get(node).copied().unwrap_or(N::ZERO);
    let gain = |from: usize, to: usize| {
        let code = settled.moves[from * width + to];
        let lead = if code <= NO_MOVE / 2 {
            N::NONE
        } else {
            level.scale.value(code)
        };
        if from != ground {
            return lead;
        }
        let used = settled.used[to];
        let place = if used > 0 {
            level.places[to].cost(used)
        } else {
            N::ZERO
        };
        lead.max(place)
    };
    let mut distance = vec![N::FAR; width];
    let mut open = vec![true; width];
    distance[ground] = N::ZERO;
    let mut node = ground;
    loop {
        open[node] = false;
        for to in (0..ground).filter(|&to| open[to]) {
            let length = price(to) - price(node) - gain(node, to);
            distance[to] = distance[to].min(distance[node] + length.max(N::ZERO));
        }
        let nearest = (0..ground).filter(|&to| open[to]).min_by_key(|&to| distance[to]);
        match nearest {
            Some(next) => node = next,
            None => break,
        }
    }
    (0..ground).map(|leaf| price(leaf) - distance[leaf]).collect()
}
