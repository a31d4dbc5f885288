//! What is known of the bound as a function of the prices of limits, and where it may be lowest.
//!
//! The bound is convex in the prices: each flow that was found gives a plane below it. The lowest point of
//! the highest of all planes, near the best prices so far, is looked for next (J. E. Kelley, The
//! cutting-plane method for solving convex programs, 1960, doi:10.1137/0108053; kept to a box as in R. E.
//! Marsten, W. W. Hogan, J. W. Blankenship, The boxstep method, 1975, doi:10.1287/opre.23.3.389). Floating
//! point decides where to look, never what is proven.

/// So small a number counts as 0 once all are scaled to about 1.
const TINY: f64 = 1e-9;
/// Most exchanges of the simplex method.
const EXCHANGES: usize = 500;

/// A plane: what a flow is worth, and how much of each limit's room it leaves.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// At prices 0.
    pub(super) value: i128,
    /// What a unit more of each price adds: negative where a limit is exceeded.
    pub(super) slack: Vec<i128>,
}

impl Cut {
    /// The height at prices.
    pub(super) fn at(&self, prices: &[i128]) -> i128 {
        let paid = self.slack.iter().zip(prices).map(|(slack, price)| slack * price);
        self.value + paid.sum::<i128>()
    }
}

/// The prices within `radius` of `center`, and not negative, where the highest plane is lowest, and by how
/// much it is lower there than at the center.
pub(super) fn lowest(cuts: &[Cut], center: &[i128], radius: &[i128]) -> (Vec<i128>, f64) {
    let low: Vec<i128> = (center.iter().zip(radius))
        .map(|(&center, &radius)| (center - radius).max(0))
        .collect();
    let widths: Vec<f64> = (center.iter().zip(radius).zip(&low))
        .map(|((&center, &radius), &low)| float(center + radius - low))
        .collect();
    let heights: Vec<i128> = cuts.iter().map(|cut| cut.at(&low)).collect();
    let top = heights.iter().copied().max().unwrap_or(0);
    let slopes: Vec<Vec<f64>> = (cuts.iter())
        .map(|cut| {
            cut.slack
                .iter()
                .zip(&widths)
                .map(|(&slack, width)| float(slack) * width)
                .collect()
        })
        .collect();
    let steepest = slopes
        .iter()
        .flatten()
        .fold(1.0, |most: f64, slope| most.max(slope.abs()));
    // Rows: the drop and the scaled prices are bounded by each plane; each scaled price is at most 1.
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(cuts.len() + low.len());
    for (slopes, &height) in slopes.iter().zip(&heights) {
        let row = [1.0]
            .into_iter()
            .chain(slopes.iter().map(|slope| slope / steepest));
        rows.push(row.chain([float(top - height) / steepest]).collect());
    }
    for at in 0..low.len() {
        let mut row = vec![0.0; low.len() + 2];
        (row[at + 1], row[low.len() + 1]) = (1.0, 1.0);
        rows.push(row);
    }
    let found = greatest_first(rows, low.len() + 1);
    let prices = (low.iter().zip(&widths).zip(&found[1..]))
        .map(|((&low, width), share)| low + round(share.clamp(0.0, 1.0) * width))
        .collect();
    let here = cuts.iter().map(|cut| cut.at(center)).max().unwrap_or(0);
    (prices, found[0] * steepest - float(top - here))
}

/// The simplex method: numbers, none negative, that keep each row (factors, then what they may add up to, at
/// least 0), with the first as great as may be.
fn greatest_first(mut rows: Vec<Vec<f64>>, width: usize) -> Vec<f64> {
    let mut goal = vec![0.0; width + 1];
    goal[0] = 1.0;
    let mut inside: Vec<usize> = (width..width + rows.len()).collect();
    let mut outside: Vec<usize> = (0..width).collect();
    for _ in 0..EXCHANGES {
        // The lowest name among those that help, on both sides, lest it go round in circles.
        let helps = (0..width).filter(|&column| goal[column] > TINY);
        let Some(column) = helps.min_by_key(|&column| outside[column]) else {
            break;
        };
        let bounding = (0..rows.len()).filter(|&row| rows[row][column] > TINY);
        let ratio = |row: usize| rows[row][width] / rows[row][column];
        let Some(row) = bounding.min_by(|&one, &other| {
            (ratio(one).total_cmp(&ratio(other))).then(inside[one].cmp(&inside[other]))
        }) else {
            break;
        };
        exchange(&mut rows, &mut goal, row, column);
        std::mem::swap(&mut inside[row], &mut outside[column]);
    }
    let mut found = vec![0.0; width];
    for (row, &name) in rows.iter().zip(&inside).filter(|&(_, &name)| name < width) {
        found[name] = row[width];
    }
    found
}

fn exchange(rows: &mut [Vec<f64>], goal: &mut [f64], row: usize, column: usize) {
    let pivot = rows[row][column];
    rows[row].iter_mut().for_each(|number| *number /= pivot);
    rows[row][column] = 1.0 / pivot;
    let pivoted = rows[row].clone();
    let others = rows.iter_mut().enumerate().filter(|&(at, _)| at != row);
    for other in others.map(|(_, other)| other.as_mut_slice()).chain([goal]) {
        let factor = std::mem::replace(&mut other[column], 0.0);
        if factor != 0.0 {
            other
                .iter_mut()
                .zip(&pivoted)
                .for_each(|(number, pivoted)| *number -= factor * pivoted);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "where to look needs no more")]
fn float(number: i128) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and where to look needs no more"
)]
fn round(number: f64) -> i128 {
    number.round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(value: i128, slack: &[i128]) -> Cut {
        Cut {
            value,
            slack: slack.to_vec(),
        }
    }

    fn check(cuts: &[Cut], center: &[i128], radius: i128, expected: &[i128]) {
        let (found, drop) = lowest(cuts, center, &vec![radius; center.len()]);
        assert_eq!(found, expected);
        let height = |prices: &[i128]| cuts.iter().map(|cut| cut.at(prices)).max().expect("some");
        assert!((float(height(center) - height(&found)) - drop).abs() < 1.0);
    }

    #[test]
    fn two_planes_are_lowest_where_they_meet() {
        check(&[cut(1000, &[-3]), cut(100, &[6])], &[0], 1 << 40, &[100]);
    }

    #[test]
    fn the_lowest_point_stays_in_the_box() {
        check(&[cut(1000, &[-3])], &[20], 10, &[30]);
        check(&[cut(1000, &[3])], &[20], 50, &[0]);
    }

    #[test]
    fn planes_in_two_directions_are_lowest_at_their_corner() {
        let cuts = [cut(1000, &[-2, -1]), cut(400, &[1, -1]), cut(0, &[0, 4])];
        check(&cuts, &[0, 0], 10_000, &[200, 120]);
    }
}
