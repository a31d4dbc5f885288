//! Plain data that every part of the program speaks: leads, reps, points,
//! places on Earth, time. Valid by type; no input or output here.

mod allocation;
mod batch;
mod claim;
mod formula;
mod frame;
mod handover;
mod hash;
mod history;
mod id;
mod import;
mod index;
mod lead_outcome;
mod limit_proof;
mod not_dealt;
mod party;
mod past;
mod period;
mod place;
mod points;
mod reconcile_settings;
mod reconciled;
mod rep_directory;
mod settings;
mod table;
mod team;
mod time;
mod unit;
mod value;
mod worth;

pub use allocation::{
    Allocation, Already, By, Deal, Held, LevelGap, LimitReport, Offer, Outcome, PassReport, Proof, Totals,
    Why,
};
pub use batch::{
    Batch, Ceiling, FileColumns, Leads, Note, NoteKind, Origin, Ownership, Pin, Rep, Reps, SetAside,
    TimeOffFile,
};
pub use claim::{Claim, Claimant, Granted, Open, Ruling, Settled, Verdict};
pub use formula::{disarm, is_formula, restore};
pub use frame::{Column, Frame};
pub use handover::{Assigned, CrmRecord, Handed, Handover, HandoverState};
pub use hash::{QuickHasher, QuickMap, QuickState};
pub use history::{Clock, History, Moved};
pub use id::{is_salesforce_queue, widened};
pub use import::Import;
pub use index::{LeadIndex, OfficeIndex, PartIndex, PassIndex, RepIndex, TeamIndex, TierIndex, UnitIndex};
pub use lead_outcome::{LeadOutcome, OutcomeWord};
pub use limit_proof::{LevelBound, LimitPrice, LimitProof};
pub use not_dealt::{NotDealt, Original, Side};
pub use party::{Listing, ListingSort, Parties, PartyField};
pub use past::{LedgerSettings, OpenBy, Past, PastRep, PastRows, Patience, Returned, ReturnedBy, Standing};
pub use period::Period;
pub use place::{Confidence, Country, Place, Placing, State};
pub use points::{POINT, Points, Weight};
pub use reconcile_settings::{MatchWeights, ReconcileSettings};
pub use reconciled::{
    CONFLICT_HEADERS, Clash, Counterpart, ExistingSettings, Holder, ImportVerdict, KeySet, KnownAccounts,
    KnownRecord, LargeBlock, Match, MatchKey, RECONCILED_HEADERS, Reconciled, ReconciledLead, Together,
    Within,
};
pub use rep_directory::{Found, RepDirectory};
pub use settings::{ColumnNames, DateOrder, Decimal, ReadSettings, Settings};
pub use table::{Cells, Ragged, Shape, Source, Table};
pub use team::Team;
pub use time::{Absence, AsOf, Moment, Overlap, Schedule, Span, WeeklyHours, WorkingDay, zone, zone_name};
pub use unit::{Gathered, Whole};
pub use value::{Kind, Value};
pub use worth::{Potential, Worth};
