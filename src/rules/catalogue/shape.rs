//! What the value of a key must be.

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Any text that is not empty.
    Text,
    /// A statement or value in CEL.
    Expression,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number within bounds, both included.
    Number(f64, f64),
    /// A number above 0.
    AboveZero,
    /// A whole number within bounds, both included.
    Whole(f64, f64),
    /// A whole number from 0, or a column of the reps that holds one.
    WholeOrColumn,
    /// `true` or `false`.
    Boolean,
    /// A share of the rows: `"50%"`, or from 0 to 1.
    Share,
    /// A list of texts.
    Texts,
    /// A list of numbers, each greater than the one before.
    Rising,
    /// A text or a list of texts; an empty text stands for none.
    TextOrTexts,
}

impl Shape {
    /// What it is called in the reference.
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Expression => "expression".to_owned(),
            Self::Word(words) => words
                .iter()
                .map(|word| format!("`\"{word}\"`"))
                .collect::<Vec<_>>()
                .join(" or "),
            Self::Number(least, f64::MAX) => format!("number from {least}"),
            Self::Number(least, most) => format!("number from {least} to {most}"),
            Self::AboveZero => "number above 0".to_owned(),
            Self::Whole(least, f64::MAX) => format!("whole number from {least}"),
            Self::Whole(least, most) => format!("whole number from {least} to {most}"),
            Self::WholeOrColumn => "whole number or `\"rep.<column>\"`".to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Share => "`\"50%\"` or a number from 0 to 1".to_owned(),
            Self::Texts => "list of texts".to_owned(),
            Self::Rising => "list of rising numbers".to_owned(),
            Self::TextOrTexts => "text or list of texts".to_owned(),
        }
    }
}
