//! Words, times and marks of a text of hours.

use super::words;

/// Half of a day, as a time of twelve hours names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Morning,
    Afternoon,
}

/// A time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Minutes since midnight; up to 24:00.
    pub minutes: u16,
    /// The half of the day that it names.
    pub half: Option<Half>,
    /// Whether the hour was written with one digit, as those of twelve hours are.
    pub is_short: bool,
}

/// One piece of a text of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Days, a bit each.
    Days(u8),
    Time(Time),
    /// `-`, `to`.
    Dash,
    /// `,`, `/`, `&`, `and`.
    Comma,
    /// `;`, a line's end.
    End,
    /// `closed`, `off`.
    Closed,
}

/// Splits a text of hours into its pieces.
///
/// # Errors
/// What was found that is none, as a phrase.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let plain = plain(text);
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii_digit() {
            rest.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.'))
        } else if first.is_alphabetic() {
            rest.find(|letter: char| !letter.is_alphabetic())
        } else {
            Some(first.len_utf8())
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        if first.is_ascii_digit() {
            tokens.push(Token::Time(time(piece, &mut rest)?));
        } else if first.is_alphabetic() {
            tokens.extend(word(piece)?);
        } else {
            tokens.extend(mark(first)?);
        }
    }
    Ok(tokens)
}

/// Lower case, without accents, dashes of every kind as `-`, and fixed phrases spelled out.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        plain.push(match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' => '-',
            'á' | 'à' | 'ä' => 'a',
            'é' => 'e',
            letter if letter.is_whitespace() && letter != '\n' => ' ',
            letter => letter,
        });
    }
    for (phrase, meaning) in [
        ("24/7", "daily 0-24"),
        ("24x7", "daily 0-24"),
        ("always", "daily 0-24"),
        ("every day", "daily"),
        ("all day", "0-24"),
        ("a.m", "am"),
        ("p.m", "pm"),
    ] {
        if plain.contains(phrase) {
            plain = plain.replace(phrase, meaning);
        }
    }
    plain
}

/// Reads a time; takes what names the half of the day, or a minute after an `h`, from the rest.
fn time(digits: &str, rest: &mut &str) -> Result<Time, String> {
    let written = digits.trim_end_matches(['.', ':']);
    let no_time = || format!("`{written}` is no time of day");
    let parts: Vec<&str> = written.split([':', '.']).collect();
    let (hour, mut minute) = match parts.as_slice() {
        [both] if both.len() > 2 => both.split_at(both.len() - 2),
        [hour] => (*hour, ""),
        [hour, minute] | [hour, minute, "00"] => (*hour, *minute),
        _ => return Err(no_time()),
    };
    if minute.is_empty()
        && let Some(after) = rest.strip_prefix('h')
    {
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        if end == 2 || !after.starts_with(char::is_alphabetic) {
            (minute, *rest) = after.split_at(end);
        }
    }
    if hour.is_empty() || hour.len() > 2 || !(minute.is_empty() || minute.len() == 2) {
        return Err(no_time());
    }
    let number = |digits: &str| digits.parse::<u16>().unwrap_or(0);
    let mut minutes = number(hour) * 60 + number(minute);
    let half = half(rest);
    if let Some(half) = half {
        if !(60..13 * 60).contains(&minutes) {
            return Err(no_time());
        }
        minutes = minutes % (12 * 60) + if half == Half::Afternoon { 12 * 60 } else { 0 };
    }
    if number(minute) > 59 || minutes > super::DAY {
        return Err(no_time());
    }
    Ok(Time {
        minutes,
        half,
        is_short: hour.len() == 1,
    })
}

/// Takes `am` or `pm` from the beginning of a text.
fn half(rest: &mut &str) -> Option<Half> {
    let trimmed = rest.trim_start_matches(' ');
    let end = trimmed.find(|letter: char| !letter.is_alphabetic());
    let (word, after) = trimmed.split_at(end.unwrap_or(trimmed.len()));
    let half = match word {
        "am" => Half::Morning,
        "a" if rest.starts_with('a') => Half::Morning,
        "pm" | "p" => Half::Afternoon,
        _ => return None,
    };
    *rest = after;
    Some(half)
}

fn word(word: &str) -> Result<Option<Token>, String> {
    Ok(Some(match word {
        "to" | "until" | "till" | "through" | "thru" | "bis" | "a" | "au" => Token::Dash,
        "and" | "und" | "et" | "y" => Token::Comma,
        "closed" | "off" | "none" | "geschlossen" | "ferme" | "cerrado" => Token::Closed,
        "noon" => Token::Time(clock(12 * 60)),
        "midnight" => Token::Time(clock(super::DAY)),
        "uhr" | "h" | "hrs" | "hours" | "from" | "von" | "de" | "du" | "on" | "local" | "time" => {
            return Ok(None);
        }
        _ => match words::days(word) {
            Some(days) => Token::Days(days),
            None => return Err(format!("`{word}` is no day and no time")),
        },
    }))
}

/// A time of 24 hours.
fn clock(minutes: u16) -> Time {
    Time {
        minutes,
        half: None,
        is_short: false,
    }
}

fn mark(mark: char) -> Result<Option<Token>, String> {
    match mark {
        '-' => Ok(Some(Token::Dash)),
        ',' | '/' | '&' | '+' => Ok(Some(Token::Comma)),
        ';' | '|' | '\n' => Ok(Some(Token::End)),
        ' ' | '.' | ':' | '(' | ')' | '[' | ']' => Ok(None),
        other => Err(format!("`{other}` is no day and no time")),
    }
}
