//! Numbers of a record in a form that every JSON reader keeps exact.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt::Display;
use std::str::FromStr;

/// A whole number that is written as a string of digits.
struct Digits<T>(T);

impl<T: Display> Serialize for Digits<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Digits<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.parse().map(Digits);
        number.map_err(|_| D::Error::custom(format!("`{text}` is not a whole number")))
    }
}

/// One number.
pub mod digits {
    use super::{Deserialize, Deserializer, Digits, Display, FromStr, Serialize, Serializer};

    pub fn serialize<T: Display, S: Serializer>(number: &T, serializer: S) -> Result<S::Ok, S::Error> {
        Digits(number).serialize(serializer)
    }

    pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Digits::deserialize(deserializer).map(|Digits(number)| number)
    }
}

/// A list of numbers.
pub mod digits_list {
    use super::{Deserialize, Deserializer, Digits, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[i128], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(numbers.iter().map(Digits))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i128>, D::Error> {
        let numbers = Vec::<Digits<i128>>::deserialize(deserializer)?;
        Ok(numbers.into_iter().map(|Digits(number)| number).collect())
    }
}

/// Numbers by id.
pub mod digits_by_id {
    use super::{Deserialize, Deserializer, Digits, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(
        numbers: &BTreeMap<String, i128>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(numbers.iter().map(|(id, number)| (id, Digits(number))))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, i128>, D::Error> {
        let numbers = BTreeMap::<String, Digits<i128>>::deserialize(deserializer)?;
        Ok(numbers
            .into_iter()
            .map(|(id, Digits(number))| (id, number))
            .collect())
    }
}

/// Potentials by rep id, each as tier or null, points in units, fairness.
pub mod potentials {
    use super::{Deserialize, Deserializer, Digits, Serializer};
    use crate::model::{Points, Potential, TierIndex};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(
        potentials: &BTreeMap<String, Potential>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(potentials.iter().map(|(id, potential)| {
            let tier = potential.tier.map(|tier| tier.0);
            (id, (tier, potential.points.0, Digits(potential.fairness)))
        }))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, Potential>, D::Error> {
        let rows = BTreeMap::<String, (Option<u8>, i64, Digits<i64>)>::deserialize(deserializer)?;
        let potentials = rows.into_iter().map(|(id, (tier, points, Digits(fairness)))| {
            let potential = Potential {
                tier: tier.map(TierIndex),
                points: Points(points),
                fairness,
            };
            (id, potential)
        });
        Ok(potentials.collect())
    }
}

/// A price by all its levels: leads by tier, leads towards a minimum, points in units, fairness.
pub mod worth {
    use super::{Deserialize, Deserializer, Digits, Serialize, Serializer};
    use crate::model::{Points, Worth};

    pub fn serialize<S: Serializer>(worth: &Worth, serializer: S) -> Result<S::Ok, S::Error> {
        let last = worth.leads.iter().rposition(|&leads| leads != 0);
        let leads = &worth.leads[..last.map_or(0, |last| last + 1)];
        (leads, worth.minimums, worth.points.0, Digits(worth.fairness)).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Worth, D::Error> {
        let (leads, minimums, points, Digits(fairness)) = Deserialize::deserialize(deserializer)?;
        Ok(Worth {
            leads,
            minimums,
            points: Points(points),
            fairness,
        })
    }
}

/// The value of a pass, level by level.
pub mod totals {
    use super::{Deserialize, Deserializer, Serialize, Serializer, digits};
    use crate::model::Totals;

    #[derive(Serialize, Deserialize)]
    struct Written {
        assigned: Vec<u64>,
        #[serde(with = "digits")]
        points: i128,
        #[serde(with = "digits")]
        balance: i128,
        #[serde(with = "digits")]
        fairness: i128,
    }

    pub fn serialize<S: Serializer>(totals: &Totals, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            assigned: totals.assigned.clone(),
            points: totals.points,
            balance: totals.balance,
            fairness: totals.fairness,
        };
        written.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Totals, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Ok(Totals {
            assigned: written.assigned,
            points: written.points,
            balance: written.balance,
            fairness: written.fairness,
        })
    }
}

/// The first level not proven: `null`, a tier's position, `"minimums"`, `"points"` or `"fairness"`.
pub mod gap {
    use super::{Deserialize, Deserializer, Serializer};
    use crate::model::{LevelGap, TierIndex};
    use serde::de::Error as _;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Tier(u8),
        Level(String),
    }

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field by reference"
    )]
    pub fn serialize<S: Serializer>(gap: &Option<LevelGap>, serializer: S) -> Result<S::Ok, S::Error> {
        match gap {
            None => serializer.serialize_none(),
            Some(LevelGap::Tier(tier)) => serializer.serialize_u8(tier.0),
            Some(LevelGap::Minimums) => serializer.serialize_str("minimums"),
            Some(LevelGap::Points) => serializer.serialize_str("points"),
            Some(LevelGap::Fairness) => serializer.serialize_str("fairness"),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<LevelGap>, D::Error> {
        match Option::<Written>::deserialize(deserializer)? {
            None => Ok(None),
            Some(Written::Tier(tier)) => Ok(Some(LevelGap::Tier(TierIndex(tier)))),
            Some(Written::Level(level)) if level == "minimums" => Ok(Some(LevelGap::Minimums)),
            Some(Written::Level(level)) if level == "points" => Ok(Some(LevelGap::Points)),
            Some(Written::Level(level)) if level == "fairness" => Ok(Some(LevelGap::Fairness)),
            Some(Written::Level(level)) => Err(D::Error::custom(format!("`{level}` is no level of a proof"))),
        }
    }
}
