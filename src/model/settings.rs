//! What a rule file says to the readers.

use super::{
    Country, ExistingSettings, Kind, LedgerSettings, ReconcileSettings, Together, WeeklyHours, Within,
};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The mark between whole and broken numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// The order of day and month in dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day first.
    DayMonth,
    /// Month first.
    MonthDay,
}

/// The `[read]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSettings {
    /// Texts that count as an empty cell besides the usual ones.
    pub empty: Vec<String>,
    /// The decimal mark where a number could be read both ways.
    pub decimal: Option<Decimal>,
    /// The order of day and month where a column does not settle it.
    pub date_order: Option<DateOrder>,
    /// The share of lead rows, from 0 to 1, that may be set aside; `None` is the default (20%, ten rows at least).
    pub max_set_aside: Option<f64>,
}

/// For a canonical field: the headers that are it, the first filled wins; none = no column is it.
pub type ColumnNames = BTreeMap<String, Vec<String>>;

/// What a rule file says to the readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The time zone of the run; `None` where the rules name none (UTC is used, and said).
    pub time_zone: Option<TimeZone>,
    /// The `[read]` table.
    pub read: ReadSettings,
    /// `[columns.leads]`.
    pub lead_headers: ColumnNames,
    /// `[columns.reps]`.
    pub rep_headers: ColumnNames,
    /// `[columns.existing]`.
    pub existing_headers: ColumnNames,
    /// `[columns.accounts]`.
    pub account_headers: ColumnNames,
    /// `[types.leads]`.
    pub lead_types: BTreeMap<String, Kind>,
    /// Lead columns that a rule, a score part or `[skill] from` reads, with the type that a comparison fixes.
    pub lead_columns: BTreeMap<String, Option<Kind>>,
    /// Rep columns that a rule reads, with the type that a comparison fixes.
    pub rep_columns: BTreeMap<String, Option<Kind>>,
    /// `[skill] from`: text columns here are split at `;` and `|` only.
    pub skill_from: Vec<String>,
    /// `[owner] pool`.
    pub owner_pool: Vec<String>,
    /// `[owner] redeal`.
    pub owner_redeal: bool,
    /// `[sources] prefix`: ids become `file:id`.
    pub prefix: bool,
    /// `[places] country`.
    pub country: Option<Country>,
    /// Whether working hours are read: for a part or an expression.
    pub reads_hours: bool,
    /// `[availability] lead_hours`: office hours of leads whose row names none.
    pub lead_hours: WeeklyHours,
    /// `[availability] rep_hours`: working hours of reps whose row names none.
    pub rep_hours: Option<WeeklyHours>,
    /// The most leads that a rep may claim, where a pass ranks claims.
    pub most_wishes: Option<usize>,
    /// `[time_off] horizon`: how many working days ahead time off counts.
    pub horizon: u32,
    /// `[ledger]` and `[recycle]`.
    pub ledger: LedgerSettings,
    /// `[reconcile]`.
    pub reconcile: ReconcileSettings,
    /// `[existing]`.
    pub existing: ExistingSettings,
    /// `[duplicates] within`: by what leads of one batch are one.
    pub within: Within,
    /// `[together] by`.
    pub together: Together,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_zone: None,
            read: ReadSettings {
                empty: Vec::new(),
                decimal: None,
                date_order: None,
                max_set_aside: None,
            },
            lead_headers: ColumnNames::new(),
            rep_headers: ColumnNames::new(),
            existing_headers: ColumnNames::new(),
            account_headers: ColumnNames::new(),
            lead_types: BTreeMap::new(),
            lead_columns: BTreeMap::new(),
            rep_columns: BTreeMap::new(),
            skill_from: Vec::new(),
            owner_pool: Vec::new(),
            owner_redeal: false,
            prefix: false,
            country: None,
            reads_hours: false,
            lead_hours: WeeklyHours::office(),
            rep_hours: None,
            most_wishes: None,
            horizon: 1,
            ledger: LedgerSettings::default(),
            reconcile: ReconcileSettings::default(),
            existing: ExistingSettings::default(),
            within: Within::default(),
            together: Together::default(),
        }
    }
}
