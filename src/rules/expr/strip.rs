//! A number for every rep of a row.

/// One number for all reps, or one each.
#[derive(Clone, Debug)]
pub(super) enum Strip {
    Same(f64),
    Each(Vec<f64>),
}

impl Strip {
    pub fn at(&self, rep: usize) -> f64 {
        match self {
            Self::Same(number) => *number,
            Self::Each(numbers) => numbers[rep],
        }
    }

    pub fn map(self, number: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Same(one) => Self::Same(number(one)),
            Self::Each(mut each) => {
                for one in &mut each {
                    *one = number(*one);
                }
                Self::Each(each)
            }
        }
    }

    pub fn with(self, other: Self, number: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (one, Self::Same(right)) => one.map(|left| number(left, right)),
            (Self::Same(left), other) => other.map(|right| number(left, right)),
            (Self::Each(mut left), Self::Each(right)) => {
                for (left, right) in left.iter_mut().zip(right) {
                    *left = number(*left, right);
                }
                Self::Each(left)
            }
        }
    }
}
