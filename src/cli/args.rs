//! What can be typed: commands, arguments and options.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Deals a whole batch of sales leads to sales reps at once, under a team's own rules, and proves that
/// no better deal existed. Files in, files out; nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "dealt", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, check and deal a batch, and write the out folder
    Run(RunOptions),
    /// Read and check the same files as `run`, dealing nothing
    Check(InputOptions),
    /// Say of every row of a list that arrives whether it is new, there already, of a known account or in conflict
    Reconcile(ReconcileOptions),
    /// Prove a finished run legal and its optimal passes optimal, or say where not
    Verify(VerifyOptions),
    /// Say why a lead went to its rep, and why not to another
    Explain(ExplainOptions),
    /// Record a planned run, perhaps changed by hand, in its ledger
    Commit(CommitOptions),
    /// Record in a ledger what became of leads
    Record(RecordOptions),
    /// Show every rep's record or a lead's chain, or write all of a ledger as CSV
    History(HistoryOptions),
    /// Write the assignments of recorded runs again
    Export(ExportOptions),
    /// Take the latest run of a ledger back
    Undo(UndoOptions),
    /// Write a starter rules file and samples to edit
    Init(InitOptions),
    /// Print whose data and code this program holds, and on what terms
    Licenses,
}

/// The files that a batch is read from.
#[derive(Args, Debug)]
pub struct InputOptions {
    /// LEADS and REPS; with `--reps`, any number of lead files; or one workbook with sheets Leads and Reps.
    /// `FILE#Sheet` names a sheet, `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// The roster, when there are several lead files
    #[arg(long, value_name = "FILE")]
    pub reps: Option<String>,
    /// The team's rules [default: built-in, as `dealt init` writes them]
    #[arg(long, value_name = "FILE")]
    pub rules: Option<String>,
    /// The moment of the run, the only clock there is: `2026-06-01`, `2026-06-01T09:00`, with or without
    /// offset [default: now]
    #[arg(long, value_name = "DATE-TIME")]
    pub as_of: Option<String>,
    /// Leads dealt by hand: `lead_id, rep_id[, reason]`
    #[arg(long, value_name = "FILE")]
    pub pins: Option<String>,
    /// Claims of reps to leads: `lead_id, rep_id[, rank][, at]`
    #[arg(long, value_name = "FILE")]
    pub claims: Option<String>,
    /// Teams: `team[, territories][, max_new][, weight]`, own columns
    #[arg(long, value_name = "FILE")]
    pub teams: Option<String>,
    /// Time off: `rep, from, to[, part][, reason][, country]`, or a calendar (`.ics`); may be repeated
    #[arg(long, value_name = "FILE")]
    pub time_off: Vec<String>,
    /// Leads and contacts that are there already: who is one of them is not dealt again; may be repeated
    #[arg(long, value_name = "FILE")]
    pub existing: Vec<String>,
    /// Accounts with their owners: leads of theirs go to the owner; may be repeated
    #[arg(long, value_name = "FILE")]
    pub accounts: Vec<String>,
    /// Territories: `territory, country, state, postal_code`
    #[arg(long, value_name = "FILE")]
    pub territories: Option<String>,
    /// Places that stand for the embedded ones: `country, postal_code, city, state, latitude, longitude,
    /// time_zone`
    #[arg(long, value_name = "FILE")]
    pub geodata: Option<String>,
    /// The format of lead and rep files where name and first bytes mislead
    #[arg(long, value_name = "FORMAT", value_parser = ["csv", "tsv", "json", "jsonl", "xlsx", "ods"])]
    pub format: Option<String>,
    /// Say nothing but mistakes
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say every fact about the inputs, and timings
    #[arg(long, short)]
    pub verbose: bool,
}

/// Options of `run`.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub struct RunOptions {
    /// The files.
    #[command(flatten)]
    pub inputs: InputOptions,
    /// The out folder; `-` writes the assignments to standard output and nothing else
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub out: String,
    /// The ledger of all runs, made if it is not there: leads that were dealt before stand, turns go on, and
    /// what comes of this run is recorded
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<String>,
    /// Record nothing: write the out folder for a look, by hand changed or not; `dealt commit` records it
    #[arg(long)]
    pub plan: bool,
    /// Take the open leads of this rep back into the pool; may be repeated
    #[arg(long, value_name = "REP")]
    pub release: Vec<String>,
    /// Reps who are no longer on the roster have left for good
    #[arg(long)]
    pub roster_changed: bool,
    /// Exit 3 if more than N leads (or N% of them) stay unassigned or are set aside [without a number: 0]
    #[arg(long, value_name = "N|N%", num_args = 0..=1, default_missing_value = "0", require_equals = true)]
    pub strict: Option<String>,
    /// Write files that this CRM imports
    #[arg(long = "for", value_name = "CRM")]
    pub crm: Option<Crm>,
    /// Write one file a rep or team, and notify.csv
    #[arg(long, value_name = "WHOM")]
    pub by: Option<Whom>,
    /// Write assignments.xlsx (by itself when the leads were a spreadsheet)
    #[arg(long)]
    pub xlsx: bool,
    /// Leave out the copy of the inputs that `verify` and `explain` need
    #[arg(long)]
    pub no_inputs: bool,
    /// How many threads may work; never changes a result [default: the machine's, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// Options of `reconcile`.
#[derive(Args, Debug)]
pub struct ReconcileOptions {
    /// The list that arrives, in any number of files; with `--assigned`, the leads as the CRM has them now.
    /// `FILE#Sheet` names a sheet, `-` is standard input
    #[arg(required = true, value_name = "IMPORT")]
    pub files: Vec<String>,
    /// Leads and contacts that are there already; may be repeated
    #[arg(long, value_name = "FILE")]
    pub existing: Vec<String>,
    /// Accounts with their owners; may be repeated
    #[arg(long, value_name = "FILE")]
    pub accounts: Vec<String>,
    /// The roster, which tells whose an owner cell is and who has left
    #[arg(long, value_name = "FILE")]
    pub reps: Option<String>,
    /// The rules with `[reconcile]` and `[columns]` [default: built-in]
    #[arg(long, value_name = "FILE")]
    pub rules: Option<String>,
    /// After the hand-over: the out folder of the run whose assignments are held against the CRM's leads
    #[arg(long, value_name = "OUT", conflicts_with_all = ["existing", "accounts"])]
    pub assigned: Option<String>,
    /// The moment that is recorded [default: now]
    #[arg(long, value_name = "DATE-TIME")]
    pub as_of: Option<String>,
    /// The format of the files where name and first bytes mislead
    #[arg(long, value_name = "FORMAT", value_parser = ["csv", "tsv", "json", "jsonl", "xlsx", "ods"])]
    pub format: Option<String>,
    /// The folder to write to [default: reconciled, or handover with `--assigned`]
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Leave out the copy of the inputs that `verify` and `explain` need
    #[arg(long)]
    pub no_inputs: bool,
    /// How many threads may work; never changes a result [default: the machine's, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Say nothing but mistakes
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say every fact about the files, and timings
    #[arg(long, short)]
    pub verbose: bool,
}

/// Options of `verify`.
#[derive(Args, Debug)]
pub struct VerifyOptions {
    /// The out folder of a run
    #[arg(value_name = "OUT", default_value = "out")]
    pub out: String,
    /// Check only N leads, chosen the same way every time
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Say nothing but faults
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub struct ExplainOptions {
    /// The out folder of a run
    #[arg(value_name = "OUT")]
    pub out: String,
    /// The lead's id
    #[arg(value_name = "LEAD")]
    pub lead: String,
    /// Why not this rep (id, e-mail or name)
    #[arg(long, value_name = "REP")]
    pub rep: Option<String>,
}

/// Options of `commit`.
#[derive(Args, Debug)]
pub struct CommitOptions {
    /// The out folder of a planned run; `rep_id` or `rep_name` in its assignments.csv may be changed or
    /// emptied, and a column `rep_id` added to its unassigned.csv
    #[arg(value_name = "OUT", default_value = "out")]
    pub out: String,
    /// The assignments as changed elsewhere: CSV, or a workbook like assignments.xlsx
    #[arg(long, value_name = "FILE")]
    pub from: Option<String>,
    /// The ledger, if it is not where the plan was made [default: as the plan named it]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<String>,
    /// Record changes that break hard rules too
    #[arg(long)]
    pub force: bool,
    /// Say nothing but mistakes
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `record`.
#[derive(Args, Debug)]
pub struct RecordOptions {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    /// What became of leads: `lead_id, rep_id, outcome, at[, note][, credit]`; the outcome is offered, accepted,
    /// contacted, rescheduled, declined, cancelled, won or lost
    #[arg(value_name = "OUTCOMES")]
    pub outcomes: String,
    /// The time zone of times without an offset [default: that of the latest run]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// The format of the file where name and first bytes mislead
    #[arg(long, value_name = "FORMAT", value_parser = ["csv", "tsv", "json", "jsonl", "xlsx", "ods"])]
    pub format: Option<String>,
    /// Say nothing but mistakes and what is odd
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `history`.
#[derive(Args, Debug)]
pub struct HistoryOptions {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    /// Only this rep (id, e-mail or name)
    #[arg(long, value_name = "REP", conflicts_with_all = ["lead", "csv"])]
    pub rep: Option<String>,
    /// Who had this lead, why, and what became of it
    #[arg(long, value_name = "LEAD", conflicts_with = "csv")]
    pub lead: Option<String>,
    /// Write all that the ledger holds into this folder
    #[arg(long, value_name = "DIR")]
    pub csv: Option<String>,
}

/// Options of `export`.
#[derive(Args, Debug)]
pub struct ExportOptions {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    /// The number of the run [default: the latest]
    #[arg(long, value_name = "ID", conflicts_with = "since")]
    pub run: Option<u64>,
    /// All runs from this moment on; of a lead that was dealt more than once an import has the last deal
    #[arg(long, value_name = "DATE-TIME")]
    pub since: Option<String>,
    /// Write files that this CRM imports as well
    #[arg(long = "for", value_name = "CRM")]
    pub crm: Option<Crm>,
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "export")]
    pub out: String,
}

/// Options of `undo`.
#[derive(Args, Debug)]
pub struct UndoOptions {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    /// The number of the run, which must be the latest
    #[arg(value_name = "RUN")]
    pub run: Option<u64>,
    /// Take back the outcomes that rest on the run as well
    #[arg(long)]
    pub force: bool,
}

/// Options of `init`.
#[derive(Args, Debug)]
pub struct InitOptions {
    /// The folder to write to
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: String,
}

/// The CRMs whose import files are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Crm {
    Salesforce,
    Hubspot,
    Dynamics,
    Zoho,
    Pipedrive,
}

/// For whom single files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Whom {
    /// One file a rep.
    Rep,
    /// One file a team.
    Team,
}
