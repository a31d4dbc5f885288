//! The time over which the leads of a limit are counted.

/// The time over which the leads of a limit are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The run.
    #[default]
    Run,
    /// The calendar day.
    Day,
    /// The week from Monday.
    Week,
    /// The calendar month.
    Month,
}

impl Period {
    /// All of them, in the order of their length.
    pub const ALL: [Self; 4] = [Self::Run, Self::Day, Self::Week, Self::Month];

    /// The word in rules and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The period of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == word)
    }

    /// As people say it: `today`, `this week`.
    pub fn text(self) -> &'static str {
        match self {
            Self::Run => "in this run",
            Self::Day => "today",
            Self::Week => "this week",
            Self::Month => "this month",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_the_period_that_says_it() {
        for period in Period::ALL {
            assert_eq!(Period::of(period.name()), Some(period));
        }
        assert_eq!(Period::of("year"), None);
    }
}
