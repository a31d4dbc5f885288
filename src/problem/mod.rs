//! Rules and a batch compiled to the numbers that the solvers want: classes of equal leads with
//! rows of scores on demand, and room and cost on the side of the reps.
//!
//! Ids are ordered by their bytes everywhere. Rows are bit-equal to the plain scorer of
//! [`rules`](crate::rules); nothing here decides anything, and nothing here can fail.

mod classes;
mod costs;
mod kept;
mod limits;
mod loops;
mod order;
mod pass;
mod scorer;
mod teams;
#[cfg(test)]
mod tests;
mod units;

pub use classes::Classes;
pub use costs::{Fairness, Shares};
pub use limits::{
    Cap, Categories, LimitPlace, Member, Plan, PlanNode, Reach, Reached, Stand, Stood, Tally, of_reps,
    of_teams, report_of_limits, said,
};
pub use loops::count_allowed;
pub use order::by_id;
pub use pass::Problem;
pub use scorer::Scorer;
pub use teams::{TeamRows, Teams};
pub use units::{Hold, NOT_ALL, UnitOfPass};
