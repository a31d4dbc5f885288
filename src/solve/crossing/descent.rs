//! The search for prices of limits at which the bound is lowest.

use super::cuts::{Cut, lowest};
use super::stage::Stage;
use crate::solve::transport::{Options, Solution, TooLarge};

/// The best prices of a stage so far, and what is known of the others.
pub(super) struct Descent<'a> {
    /// The stage.
    pub(super) stage: Stage<'a>,
    /// The best prices of limits.
    pub(super) prices: Vec<i128>,
    /// What no deal exceeds, in weighted levels.
    pub(super) bound: i128,
    /// The own prices of all nodes, cells first, at these prices.
    pub(super) nodes: Vec<i128>,
    cuts: Vec<Cut>,
    radius: Vec<i128>,
}

impl<'a> Descent<'a> {
    /// Starts at some prices.
    pub(super) fn start(
        stage: Stage<'a>,
        prices: Vec<i128>,
        options: &Options<'_>,
    ) -> Result<(Self, Solution), TooLarge> {
        let (solution, cut) = stage.relax(&prices, options)?;
        let descent = Self {
            bound: cut.at(&prices),
            nodes: solution.nodes.clone(),
            radius: vec![0; prices.len()],
            cuts: vec![cut],
            stage,
            prices,
        };
        Ok((descent, solution))
    }

    /// Says how far from the best prices to look next.
    pub(super) fn look_within(&mut self, radius: Vec<i128>) {
        self.radius = radius;
    }

    /// Tries given prices; tells what flow is best there.
    pub(super) fn look(&mut self, prices: Vec<i128>, options: &Options<'_>) -> Result<Solution, TooLarge> {
        let (solution, cut) = self.stage.relax(&prices, options)?;
        let bound = cut.at(&prices);
        self.cuts.push(cut);
        if bound < self.bound {
            (self.bound, self.prices) = (bound, prices);
            self.nodes.clone_from(&solution.nodes);
        }
        Ok(solution)
    }

    /// Takes a step; nothing where no prices are better.
    pub(super) fn step(&mut self, options: &Options<'_>) -> Result<Option<Solution>, TooLarge> {
        for _ in 0..64 {
            let (prices, drop) = lowest(&self.cuts, &self.prices, &self.radius);
            let at_edge: Vec<bool> = (prices.iter().zip(&self.prices).zip(&self.radius))
                .map(|((price, center), radius)| price - center >= *radius || center - price >= *radius)
                .collect();
            if prices != self.prices && drop >= 1.0 {
                let before = self.bound;
                let solution = self.look(prices, options)?;
                let better = self.bound < before;
                for (radius, at_edge) in self.radius.iter_mut().zip(at_edge) {
                    if better && at_edge {
                        *radius = radius.saturating_mul(8).min(1 << 100);
                    } else if !better {
                        *radius = (*radius / 2).max(1);
                    }
                }
                return Ok(Some(solution));
            }
            // Nothing near: the planes say whether there is anything farther.
            let wide = vec![self.stage.widest(); self.radius.len()];
            let (_, drop) = lowest(&self.cuts, &self.prices, &wide);
            if drop < 1.0 {
                return Ok(None);
            }
            for radius in &mut self.radius {
                *radius = radius.saturating_mul(8).min(1 << 100);
            }
        }
        Ok(None)
    }
}
