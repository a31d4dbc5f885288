//! The names that sentences use, and numbers as people read them.

use crate::model::{
    Allocation, Already, Batch, Ceiling, Deal, Granted, Held, NotDealt, POINT, PassIndex, PassReport, Points,
    Potential, RepIndex, Settled, TeamIndex, TierIndex, UnitIndex,
};
use std::collections::BTreeMap;

/// The names of a run that sentences use: made once, then used for every lead.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    batch: &'a Batch,
    tiers: &'a [String],
    teams: &'a [String],
    passes: &'a [PassReport],
    reps: Vec<String>,
}

impl<'a> Words<'a> {
    /// Takes the names from an allocation.
    pub fn of(batch: &'a Batch, allocation: &'a Allocation) -> Self {
        Self::new(
            batch,
            &allocation.tier_names,
            &allocation.teams,
            &allocation.passes,
        )
    }

    /// Takes the names of tiers, teams and passes one by one.
    pub fn new(batch: &'a Batch, tiers: &'a [String], teams: &'a [String], passes: &'a [PassReport]) -> Self {
        let mut bearers: BTreeMap<&str, u32> = BTreeMap::new();
        for rep in &batch.reps.list {
            *bearers.entry(&rep.name).or_default() += 1;
        }
        let reps = batch
            .reps
            .list
            .iter()
            .map(|rep| {
                if bearers[rep.name.as_str()] > 1 && rep.id != rep.name {
                    format!("{} ({})", one_line(&rep.name), one_line(&rep.id))
                } else {
                    one_line(&rep.name)
                }
            })
            .collect();
        Self {
            batch,
            tiers,
            teams,
            passes,
            reps,
        }
    }

    /// One short sentence that says why this rep, for `assignments.csv`.
    pub fn why(&self, deal: &Deal) -> String {
        super::reasons::sentence(self, deal)
    }

    /// One short sentence with the particulars of why a lead was not dealt, for `unassigned.csv`.
    pub fn detail(&self, reason: &NotDealt) -> String {
        super::undealt::detail(self, reason)
    }

    /// One short sentence that says what would get such a lead dealt.
    pub fn remedy(&self, reason: &NotDealt) -> String {
        super::undealt::remedy(self, reason)
    }

    /// A rep's name; with the id where another rep bears the same name.
    pub fn rep(&self, rep: RepIndex) -> &str {
        self.reps.get(rep.at()).map_or("a rep", String::as_str)
    }

    /// Whom a limit holds: a rep by name, a group by what makes it.
    pub fn held(&self, held: &Held) -> String {
        match held {
            Held::Rep(rep) => self.rep(*rep).to_owned(),
            Held::Group { per, name } => format!("{} `{}`", one_line(per), one_line(name)),
        }
    }

    /// Tells whether a pass deals in turn by performance.
    pub(crate) fn by_performance(&self, pass: PassIndex) -> bool {
        self.passes
            .get(pass.at())
            .is_some_and(|pass| pass.method == "top_producer")
    }

    /// One short sentence that says what became of a claim, for `claims.csv`.
    pub fn settled(&self, settled: &Settled) -> String {
        super::claims::sentence(self, settled)
    }

    /// Why a claim was granted.
    pub(crate) fn granted(&self, granted: Granted) -> String {
        super::claims::granted(self.batch, granted)
    }

    /// The word of a pass's method.
    pub(crate) fn method(&self, pass: PassIndex) -> &str {
        self.passes.get(pass.at()).map_or("", |pass| pass.method)
    }

    /// A number of open leads of a rep, with the ceiling if there is one: `12 of 40`.
    pub fn load(&self, rep: Option<RepIndex>, open: u32) -> String {
        let ceiling = rep
            .and_then(|rep| self.batch.reps.list.get(rep.at()))
            .map(|rep| rep.max_open);
        match ceiling {
            Some(Ceiling::At(most)) => format!("{open} of {most}"),
            _ => open.to_string(),
        }
    }

    /// A tier's name.
    pub fn tier(&self, tier: TierIndex) -> String {
        self.tiers
            .get(tier.at())
            .map_or_else(|| format!("tier {}", tier.at() + 1), |name| one_line(name))
    }

    /// A team's name.
    pub fn team(&self, team: TeamIndex) -> String {
        self.teams
            .get(team.at())
            .map_or_else(String::new, |name| one_line(name))
    }

    /// What a unit is called.
    pub fn unit(&self, unit: UnitIndex) -> String {
        let name = self.batch.leads.units.get(unit.at());
        name.map_or_else(|| "its unit".to_owned(), |name| one_line(name))
    }

    /// A pass's name.
    pub fn pass(&self, pass: PassIndex) -> String {
        self.passes
            .get(pass.at())
            .map_or_else(|| format!("pass {}", pass.at() + 1), |pass| one_line(&pass.name))
    }

    /// What one more place would bring: `+1 hot lead, -3.2 points`; `None` where it is nothing that
    /// people count.
    pub fn gain(&self, gain: Potential) -> Option<String> {
        let points = gain.points.0;
        let sign = if points > 0 { "+" } else { "" };
        match (gain.tier, points) {
            (None, 0) => None,
            (None, _) => Some(format!("{sign}{}", points_short(gain.points))),
            (Some(tier), 0) => Some(format!("+1 {} lead", self.tier(tier))),
            (Some(tier), _) => Some(format!(
                "+1 {} lead, {sign}{}",
                self.tier(tier),
                points_short(gain.points)
            )),
        }
    }
}

/// Points as people read them, rounded half away from zero to one decimal, but exactly where they are
/// below a tenth: `3.2 points`, `0.0004 points`, `1 point`.
pub fn points_short(points: Points) -> String {
    const TENTH: i64 = POINT / 10;
    let size = points.0.abs();
    let shown = if size < TENTH {
        points
    } else {
        Points((size + TENTH / 2) / TENTH * TENTH * points.0.signum())
    };
    points_exact(shown)
}

/// Points exactly, with the noun: `3.2417 points`, `1 point`.
pub fn points_exact(points: Points) -> String {
    let noun = if points.0.abs() == POINT {
        "point"
    } else {
        "points"
    };
    format!("{points} {noun}")
}

/// A count with its noun: `1 rep`, `3 reps`.
pub fn count(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Leads that a limit counted before the run: `2 already this week`.
pub(crate) fn said_already(already: Already) -> String {
    format!("{} already {}", already.leads, already.period.text())
}

/// A text on one line, blanks in a row made one.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
