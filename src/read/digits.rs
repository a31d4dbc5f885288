//! Digits with separators: which are thousands, which is the decimal mark.

use crate::model::Decimal;

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Written {
    /// There is one way to read it; the decimal mark that it shows, if it shows one.
    One(f64, Option<Decimal>),
    /// The only separator stands before three digits: thousands or decimals.
    Either {
        /// The value where `.` is the decimal mark.
        point: f64,
        /// The value where `,` is the decimal mark.
        comma: f64,
    },
}

impl Written {
    /// The value, read with a decimal mark where there are two ways.
    pub fn value(self, decimal: Decimal) -> f64 {
        match self {
            Self::One(value, _) => value,
            Self::Either { point, .. } if decimal == Decimal::Point => point,
            Self::Either { comma, .. } => comma,
        }
    }

    /// The number with another value; none where that is not finite.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Option<Self> {
        let changed = match self {
            Self::One(value, mark) => Self::One(change(value), mark),
            Self::Either { point, comma } => Self::Either {
                point: change(point),
                comma: change(comma),
            },
        };
        let finite = match changed {
            Self::One(value, _) => value.is_finite(),
            Self::Either { point, comma } => point.is_finite() && comma.is_finite(),
        };
        finite.then_some(changed)
    }
}

/// Reads what most cells hold, up to fifteen digits with at most one `.` that cannot be one of thousands,
/// perhaps after a minus.
pub(super) fn plain(text: &str) -> Option<Written> {
    let (text, negative) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
    let bytes = text.as_bytes();
    if bytes.len() > 16 || !bytes.first()?.is_ascii_digit() || !bytes.last()?.is_ascii_digit() {
        return None;
    }
    let mut point = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let mark = point.map(|_| Decimal::Point);
    let thousands = point.is_some_and(|at| bytes.len() - at == 4);
    if thousands {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Some(Written::One(if negative { 0.0 - value } else { value }, mark))
}

/// Reads digits with separators, without sign.
pub(super) fn digits(text: &str) -> Option<Written> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',') {
        return None;
    }
    if text.contains(['e', 'E']) {
        let value: f64 = text.parse().ok()?;
        return value.is_finite().then_some(Written::One(value, None));
    }
    let (body, grouped) = ungrouped(text)?;
    let (commas, points) = (count(&body, ','), count(&body, '.'));
    match (commas, points) {
        (0, 0) => one(&body, None, None),
        (0, 1) => separated(&body, '.', grouped),
        (1, 0) => separated(&body, ',', grouped),
        (_, 0) => one(&thousands(&body, ',')?, None, Some(Decimal::Point)),
        (0, _) => one(&thousands(&body, '.')?, None, Some(Decimal::Comma)),
        (_, 1) if body.rfind('.') > body.rfind(',') => {
            let (whole, rest) = body.split_once('.')?;
            one(&thousands(whole, ',')?, Some(rest), Some(Decimal::Point))
        }
        (1, _) => {
            let (whole, rest) = body.split_once(',')?;
            one(&thousands(whole, '.')?, Some(rest), Some(Decimal::Comma))
        }
        _ => None,
    }
}

fn count(text: &str, mark: char) -> usize {
    text.matches(mark).count()
}

/// Takes out blanks and apostrophes that stand before groups of three digits; says whether there were any.
fn ungrouped(text: &str) -> Option<(String, bool)> {
    let parts: Vec<&str> = text
        .split(|mark: char| mark.is_whitespace() || matches!(mark, '\'' | '’' | '\u{202f}'))
        .collect();
    let last = parts.len() - 1;
    for (at, part) in parts.iter().enumerate().skip(1) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 || (at < last && part.len() != 3) {
            return None;
        }
    }
    let known = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    let text = parts.concat();
    text.chars().all(known).then_some((text, last > 0))
}

/// Takes a thousands separator out; the groups after the first must be three digits, or two in the
/// Indian way but for the last.
fn thousands(text: &str, mark: char) -> Option<String> {
    let groups: Vec<&str> = text.split(mark).collect();
    let last = groups.len() - 1;
    let fits = groups.iter().enumerate().all(|(at, group)| match at {
        0 => (1..=3).contains(&group.len()) || last == 0,
        at if at == last => group.len() == 3,
        _ => group.len() == 3 || group.len() == 2,
    });
    fits.then(|| groups.concat())
}

/// A number whose only separator stands once.
fn separated(text: &str, mark: char, grouped: bool) -> Option<Written> {
    let (whole, rest) = text.split_once(mark)?;
    let thousands = rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !grouped;
    let shown = if mark == '.' {
        Decimal::Point
    } else {
        Decimal::Comma
    };
    let decimal = one(whole, Some(rest), Some(shown))?;
    if !thousands {
        return Some(decimal);
    }
    let whole = one(&[whole, rest].concat(), None, None)?;
    let (broken, whole) = (decimal.value(shown), whole.value(shown));
    Some(match shown {
        Decimal::Point => Written::Either {
            point: broken,
            comma: whole,
        },
        Decimal::Comma => Written::Either {
            point: whole,
            comma: broken,
        },
    })
}

fn one(whole: &str, rest: Option<&str>, mark: Option<Decimal>) -> Option<Written> {
    let rest = rest.unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || (whole.is_empty() && rest.is_empty()) {
        return None;
    }
    let value: f64 = format!("{whole}.{rest}0").parse().ok()?;
    value.is_finite().then_some(Written::One(value, mark))
}
