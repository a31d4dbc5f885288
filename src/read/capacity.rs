//! What a rep's capacity cells say: ceilings, counts, weights.

use super::numbers;
use super::typed::Misfit;
use crate::mistake::Kind;
use crate::model::{Ceiling, Decimal, Weight};

/// The largest weight.
const MOST_WEIGHT: f64 = 1_000_000.0;

/// Reads `max_open`: a whole number, or a word for no ceiling.
pub(super) fn ceiling(text: &str, decimal: Option<Decimal>) -> Result<Ceiling, Misfit> {
    const UNLIMITED: &[&str] = &["none", "unlimited", "no limit", "no ceiling", "infinite", "∞"];
    if UNLIMITED.contains(&text.to_lowercase().as_str()) {
        return Ok(Ceiling::Unlimited);
    }
    count(text, decimal).map(Ceiling::At).map_err(|misfit| Misfit {
        expected: "a whole number from 0, or `none` for no ceiling",
        ..misfit
    })
}

/// Reads a number of leads.
pub(super) fn count(text: &str, decimal: Option<Decimal>) -> Result<u32, Misfit> {
    let expected = "a whole number from 0";
    let number = at_least_zero(text, decimal, expected)?;
    if number.fract() != 0.0 || number > f64::from(u32::MAX / 4) {
        return Err(out_of_range(text, "is not a number of leads", expected));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative, bounded"
    )]
    Ok(number as u32)
}

/// Reads a share; rounded to thousandths.
pub(super) fn weight(text: &str, decimal: Option<Decimal>) -> Result<Weight, Misfit> {
    let expected = "a number from 0 to 1000000";
    let number = at_least_zero(text, decimal, expected)?;
    if number > MOST_WEIGHT {
        return Err(out_of_range(text, "is too large", expected));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, bounded"
    )]
    Ok(Weight((number * 1000.0).round() as u32))
}

/// Reads a distance in kilometres.
pub(super) fn distance(text: &str, decimal: Option<Decimal>) -> Result<f64, Misfit> {
    at_least_zero(text, decimal, "kilometres from 0")
}

fn at_least_zero(text: &str, decimal: Option<Decimal>, expected: &'static str) -> Result<f64, Misfit> {
    let written = numbers::read(text)
        .filter(|_| !text.contains('%'))
        .ok_or_else(|| Misfit {
            kind: Kind::BadNumber,
            found: format!("`{text}` is not a number"),
            expected,
        })?;
    let number = written.value(decimal.unwrap_or(Decimal::Point));
    if number < 0.0 {
        return Err(out_of_range(text, "is negative", expected));
    }
    Ok(number)
}

fn out_of_range(text: &str, what: &str, expected: &'static str) -> Misfit {
    Misfit {
        kind: Kind::OutOfRange,
        found: format!("`{text}` {what}"),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Ceiling, Kind>) {
        assert_eq!(
            ceiling(text, None).map_err(|misfit| misfit.kind),
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_ceiling_is_a_whole_number_or_a_word_for_none() {
        check("40", Ok(Ceiling::At(40)));
        check("40.0", Ok(Ceiling::At(40)));
        check("0", Ok(Ceiling::At(0)));
        check("None", Ok(Ceiling::Unlimited));
        check("unlimited", Ok(Ceiling::Unlimited));
    }

    #[test]
    fn what_is_no_number_of_leads_is_a_mistake() {
        check("-1", Err(Kind::OutOfRange));
        check("2.5", Err(Kind::OutOfRange));
        check("1e30", Err(Kind::OutOfRange));
        check("80%", Err(Kind::BadNumber));
        check("lots", Err(Kind::BadNumber));
    }

    #[test]
    fn weights_are_kept_in_thousandths() {
        assert_eq!(weight("1.5", None), Ok(Weight(1500)));
        assert_eq!(weight("0,25", None), Ok(Weight(250)));
        assert!(weight("-1", None).is_err());
        assert!(weight("1e9", None).is_err());
    }
}
