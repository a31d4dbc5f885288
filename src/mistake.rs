//! Everything that a user can get wrong, in one form: where, what was found,
//! what was expected, and a hint.

use std::collections::BTreeMap;
use std::fmt;

/// A place in something that the user wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// The command line, or nothing in particular.
    Nowhere,
    /// A whole file.
    File(String),
    /// A line of a text file, both counted from 1; the column where it is known.
    Line {
        /// The file as the user named it.
        file: String,
        /// The line, from 1.
        line: u32,
        /// The character within the line, from 1.
        column: Option<u32>,
    },
    /// A row or cell of a spreadsheet, such as `book.xlsx#Leads!C7`.
    Cell {
        /// The file as the user named it.
        file: String,
        /// The sheet's name.
        sheet: String,
        /// `C7` for a cell, `7` for a row.
        cell: String,
    },
    /// A record of a JSON file, counted from 1.
    Record {
        /// The file as the user named it.
        file: String,
        /// The record, from 1.
        record: u32,
    },
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere => Ok(()),
            Self::File(file) => write!(f, "{file}"),
            Self::Line {
                file,
                line,
                column: None,
            } => write!(f, "{file}:{line}"),
            Self::Line {
                file,
                line,
                column: Some(column),
            } => write!(f, "{file}:{line}:{column}"),
            Self::Cell { file, sheet, cell } => write!(f, "{file}#{sheet}!{cell}"),
            Self::Record { file, record } => write!(f, "{file}: record {record}"),
        }
    }
}

/// Declares the kinds of mistakes with the names that users and tests know them by.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What sort of mistake it is; every kind has a smallest example under
        /// `tests/mistakes/` in a folder that starts with its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of the kind, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    /// Options or arguments that do not go together or cannot be read.
    BadOption = "bad-option",
    /// A file that is not there.
    NoSuchFile = "no-such-file",
    /// A file that cannot be read as a file: a folder, a device, no permission.
    NotReadable = "not-readable",
    /// A file of no bytes, or one with no header.
    EmptyFile = "empty-file",
    /// A file or cell beyond the size that is accepted.
    TooBig = "too-big",
    /// Bytes that no decoder fits, or NUL bytes in a text file.
    BadEncoding = "bad-encoding",
    /// A quote that is never closed, or text after a closing quote.
    BadQuote = "bad-quote",
    /// JSON that does not parse, or is not an array of objects.
    BadJson = "bad-json",
    /// A file that is no table at all, such as a PDF, a picture or a web page.
    BadFormat = "bad-format",
    /// A spreadsheet that does not open.
    BadSpreadsheet = "bad-spreadsheet",
    /// A sheet that the workbook does not have.
    NoSuchSheet = "no-such-sheet",
    /// Two columns that come to one name.
    TwoColumnsOneName = "two-columns-one-name",
    /// A column that an option, a rule or a file needs and that is not there.
    NoSuchColumn = "no-such-column",
    /// A row with more or fewer cells than the header.
    RaggedRow = "ragged-row",
    /// An empty id where one is needed.
    EmptyId = "empty-id",
    /// A lead whose id was seen before.
    DuplicateLead = "duplicate-lead",
    /// A rep whose id was seen before.
    DuplicateRep = "duplicate-rep",
    /// A team that a file of teams has twice.
    DuplicateTeam = "duplicate-team",
    /// Text where a number is needed.
    BadNumber = "bad-number",
    /// A number outside of what it can be, such as a latitude of 91.
    OutOfRange = "out-of-range",
    /// Text where a date is needed.
    BadDate = "bad-date",
    /// A column of dates whose day and month cannot be told apart.
    AmbiguousDates = "ambiguous-dates",
    /// Text where working hours are needed.
    BadHours = "bad-hours",
    /// Text where a time zone is needed.
    UnknownZone = "unknown-zone",
    /// Text where yes or no is needed.
    BadBoolean = "bad-boolean",
    /// A skill or list that cannot be read.
    BadList = "bad-list",
    /// More bad rows than are set aside quietly.
    TooManyBadRows = "too-many-bad-rows",
    /// A roster without a rep who could take a lead.
    NoUsableRep = "no-usable-rep",
    /// A roster that looks like a list of leads.
    RosterIsLeads = "roster-is-leads",
    /// A ceiling filled for some reps and empty for others.
    CeilingForSome = "ceiling-for-some",
    /// More reps than can be dealt to.
    TooManyReps = "too-many-reps",
    /// A name that several reps bear.
    AmbiguousRep = "ambiguous-rep",
    /// A reference to a rep who is not on the roster.
    UnknownRep = "unknown-rep",
    /// A pin to a rep who is not active, or a lead pinned to two reps.
    BadPin = "bad-pin",
    /// Claims of a rep to more leads than ranks can tell apart.
    BadClaim = "bad-claim",
    /// A plan changed by hand in a way that cannot be recorded.
    BadEdit = "bad-edit",
    /// The roster lacks many of the last run's reps.
    ShrunkenRoster = "shrunken-roster",
    /// Time off that ends before it begins, or of a country or part of the day that nothing knows.
    BadTimeOff = "bad-time-off",
    /// A rules file that is not TOML.
    BadToml = "bad-toml",
    /// A key that rules do not have.
    UnknownKey = "unknown-key",
    /// A value of the wrong type or outside of its range in the rules.
    BadValue = "bad-value",
    /// An expression that does not parse.
    BadExpression = "bad-expression",
    /// A name in an expression that no column bears.
    UnknownName = "unknown-name",
    /// A type that does not fit in an expression.
    WrongType = "wrong-type",
    /// A tier that no lead can reach.
    UnreachableTier = "unreachable-tier",
    /// A territory item that nothing knows.
    UnknownTerritory = "unknown-territory",
    /// A name that is used twice or that is not defined in the rules.
    BadName = "bad-name",
    /// A rep who lacks what a CRM import needs.
    NoOwnerKey = "no-owner-key",
    /// A folder that does not hold a finished run, or not a whole one.
    NotARun = "not-a-run",
    /// A ledger that is none, is damaged, or is of a later version; a run that it cannot take back.
    BadLedger = "bad-ledger",
    /// An outcome that cannot be read: a word that is none, no time.
    BadOutcome = "bad-outcome",
    /// A lead that the run does not know.
    UnknownLead = "unknown-lead",
}

/// One thing that is wrong, in a form that is the same for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What sort it is.
    pub kind: Kind,
    /// Where it is.
    pub position: Position,
    /// The column or key that it concerns, as the user wrote it.
    pub column: Option<String>,
    /// What is there, as a phrase in lower case; literals stand in backquotes.
    pub found: String,
    /// What should be there; empty where `found` says it all.
    pub expected: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Lines to show below, such as an expression with a caret.
    pub excerpt: Option<String>,
}

impl Mistake {
    /// Starts a mistake with its kind, position and what was found there.
    pub fn new(kind: Kind, position: Position, found: impl Into<String>) -> Self {
        Self {
            kind,
            position,
            column: None,
            found: found.into(),
            expected: String::new(),
            hint: None,
            excerpt: None,
        }
    }

    /// Names the column or key.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Shows the text in question.
    #[must_use]
    pub fn excerpt(mut self, excerpt: impl Into<String>) -> Self {
        self.excerpt = Some(excerpt.into());
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.position != Position::Nowhere {
            write!(f, "{}: ", self.position)?;
        }
        if let Some(column) = &self.column {
            write!(f, "`{column}`: ")?;
        }
        write!(f, "{}", self.found)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        write!(f, " [{}]", self.kind.name())?;
        for line in self.excerpt.iter().flat_map(|text| text.lines()) {
            write!(f, "\n  | {line}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// One or more mistakes, in the order in which they should be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    /// Adds a mistake.
    pub fn push(&mut self, mistake: Mistake) {
        self.0.push(mistake);
    }

    /// Adds all mistakes of another collection.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Keeps the value of a result, or its mistakes.
    pub fn keep<T>(&mut self, result: Result<T, Self>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(mistakes) => {
                self.append(mistakes);
                None
            }
        }
    }

    /// Turns the value into an error if there is any mistake.
    ///
    /// # Errors
    /// All mistakes collected.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Self(vec![mistake])
    }
}

/// Mistakes of one kind in one column that are told one by one.
const TOLD: usize = 20;

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<(Kind, Option<&str>), usize> = BTreeMap::new();
        let mut first = true;
        for mistake in &self.0 {
            let count = counts
                .entry((mistake.kind, mistake.column.as_deref()))
                .or_default();
            *count += 1;
            if *count <= TOLD {
                let line_end = if first { "" } else { "\n" };
                write!(f, "{line_end}error: {mistake}")?;
                first = false;
            }
        }
        for ((kind, column), count) in counts.into_iter().filter(|(_, count)| *count > TOLD) {
            let column = column.map_or(String::new(), |column| format!(" in `{column}`"));
            write!(
                f,
                "\nerror: and {} more like these{column} [{}]",
                count - TOLD,
                kind.name()
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// Finds the word among `known` that a user may have meant by `word`.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance * 3 <= wanted.len().max(candidate.len()))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_mistakes_of_a_kind_in_a_column_are_counted() {
        let mistake = |line: u32| {
            let position = Position::Line {
                file: "reps.csv".to_owned(),
                line,
                column: None,
            };
            Mistake::new(Kind::BadNumber, position, "`x` is not a number").column("open")
        };
        let mut mistakes = Mistakes((2..200).map(mistake).collect());
        mistakes.push(Mistake::new(Kind::BadOption, Position::Nowhere, "`--what`"));
        let told = mistakes.to_string();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), TOLD + 2, "{told}");
        assert_eq!(
            lines[0],
            "error: reps.csv:2: `open`: `x` is not a number [bad-number]"
        );
        assert_eq!(lines[TOLD], "error: `--what` [bad-option]");
        assert_eq!(
            lines[TOLD + 1],
            "error: and 178 more like these in `open` [bad-number]"
        );
    }
}
