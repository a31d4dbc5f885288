//! From a text to the hours of a week.

use super::scan::{Half, Time, Token, tokens};
use super::{DAY, WEEK, WeeklyHours, words};

/// What one part of a text says: on these days, these shifts.
#[derive(Debug)]
struct Part {
    days: u8,
    /// Whether the days stand before the times.
    names_days: bool,
    shifts: Vec<(u16, u16)>,
    is_closed: bool,
}

/// Reads hours.
///
/// # Errors
/// What was found that cannot be read, as a phrase.
pub fn hours(text: &str) -> Result<WeeklyHours, String> {
    let tokens = tokens(text)?;
    let mut parts = Vec::new();
    let mut days = words::WEEKDAYS;
    for piece in tokens.split(|token| *token == Token::End) {
        let mut reader = Reader { rest: piece, days };
        reader.parts(&mut parts)?;
        days = reader.days;
    }
    if parts.is_empty() {
        return Err("there is no time".to_owned());
    }
    let closed = parts.iter().filter(|part| part.is_closed);
    let closed = closed.fold(0, |days, part| days | part.days);
    let mut hours = WeeklyHours::default();
    for part in &parts {
        let days = part.days & !closed;
        for day in (0..WEEK).filter(|day| days & (1 << day) != 0) {
            part.shifts.iter().for_each(|&shift| hours.add(day, shift));
        }
    }
    Ok(hours)
}

/// What is left of a stretch of text without `;`, and the days last named.
struct Reader<'a> {
    rest: &'a [Token],
    days: u8,
}

impl Reader<'_> {
    fn parts(&mut self, parts: &mut Vec<Part>) -> Result<(), String> {
        self.skip_commas();
        let first = parts.len();
        while !self.rest.is_empty() {
            let named = self.days();
            self.days = named.filter(|days| *days != 0).unwrap_or(self.days);
            if let (Some(days), true) = (named, self.rest.is_empty()) {
                return days_at_the_end(days, &mut parts[first..]);
            }
            let is_closed = self.take(Token::Closed);
            let shifts = if is_closed { Vec::new() } else { self.shifts()? };
            parts.push(Part {
                days: named.unwrap_or(self.days),
                names_days: named.is_some(),
                shifts,
                is_closed,
            });
            self.skip_commas();
        }
        Ok(())
    }

    /// Takes days: `Mon-Fri`, `Mon,Wed,Fri`, `Sat & Sun`.
    fn days(&mut self) -> Option<u8> {
        let mut all = None;
        while let [Token::Days(from), ..] = *self.rest {
            self.rest = &self.rest[1..];
            let mut days = from;
            if let [Token::Dash, Token::Days(to), ..] = *self.rest {
                self.rest = &self.rest[2..];
                days = range(from, to);
            }
            all = Some(all.unwrap_or(0) | days);
            if let [Token::Comma, Token::Days(_), ..] = self.rest {
                self.rest = &self.rest[1..];
            }
        }
        all
    }

    /// Takes one or more shifts: `09:00-12:00, 13:00-17:00`.
    fn shifts(&mut self) -> Result<Vec<(u16, u16)>, String> {
        let mut shifts = Vec::new();
        self.skip_commas();
        while let [Token::Time(from), Token::Dash, Token::Time(to), ..] = *self.rest {
            self.rest = &self.rest[3..];
            shifts.push(shift(from, to)?);
            if let [Token::Comma, Token::Time(_), ..] = self.rest {
                self.rest = &self.rest[1..];
            }
        }
        if !shifts.is_empty() && !matches!(self.rest, [Token::Time(_) | Token::Dash, ..]) {
            return Ok(shifts);
        }
        Err(match self.rest {
            [Token::Time(time), ..] => format!("{} has no second time beside it", clock(time.minutes)),
            [] => "a day has no times".to_owned(),
            _ => "a `-` stands between no two days or times".to_owned(),
        })
    }

    fn take(&mut self, token: Token) -> bool {
        let is_next = self.rest.first() == Some(&token);
        self.rest = &self.rest[usize::from(is_next)..];
        is_next
    }

    fn skip_commas(&mut self) {
        while self.take(Token::Comma) {}
    }
}

/// Days that follow their times: `9-17 Mon-Fri`.
fn days_at_the_end(days: u8, parts: &mut [Part]) -> Result<(), String> {
    match parts {
        [part] if !part.names_days => {
            part.days = days;
            Ok(())
        }
        _ => Err("a day has no times".to_owned()),
    }
}

/// The days from one to another, over the end of the week if need be.
fn range(from: u8, to: u8) -> u8 {
    let mut days = from;
    let mut day = from.trailing_zeros() as usize % WEEK;
    for _ in 0..WEEK {
        days |= 1 << day;
        if to & (1 << day) != 0 {
            break;
        }
        day = (day + 1) % WEEK;
    }
    days | to
}

/// The shift between two times; its end beyond 24:00 where it goes over midnight.
///
/// # Errors
/// What is wrong with it, as a phrase.
fn shift(from: Time, to: Time) -> Result<(u16, u16), String> {
    let (mut start, mut end) = (from.minutes % DAY, to.minutes);
    match (from.half, to.half) {
        (None, Some(half)) if start < 12 * 60 => {
            let afternoon = start + 12 * 60;
            let is_afternoon = match half {
                Half::Morning => end <= start,
                Half::Afternoon => afternoon < end,
            };
            start = if is_afternoon { afternoon } else { start };
        }
        (half, None) if to.is_short && end <= start => {
            let begins_early = start < 13 * 60 || (half.is_some() && start < end + 12 * 60);
            end += if begins_early { 12 * 60 } else { 0 };
        }
        _ => {}
    }
    if end == 0 {
        end = DAY;
    }
    if start == end {
        return Err(format!(
            "nothing lies between {} and {}",
            clock(start),
            clock(end)
        ));
    }
    Ok((start, if end < start { end + DAY } else { end }))
}

fn clock(minutes: u16) -> String {
    format!("`{:02}:{:02}`", minutes / 60, minutes % 60)
}
