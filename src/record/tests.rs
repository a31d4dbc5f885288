use super::*;
use crate::mistake::{Kind, Position};
use crate::model::{Period, Points, TierIndex};

/// A record that fills every field, with numbers at the ends of their ranges.
fn full() -> RunRecord {
    let price = Potential {
        tier: Some(TierIndex(1)),
        points: Points(-12_345),
        fairness: i64::MIN,
    };
    let totals = Totals {
        assigned: vec![3, 0, 7],
        points: i128::MAX,
        balance: -1,
        fairness: i128::MIN,
    };
    RunRecord {
        ledger: None,
        dealt: "1.2.3".to_owned(),
        command: vec!["dealt".to_owned(), "run".to_owned()],
        as_of: "2026-06-01T09:00:00+02:00".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        inputs: vec![InputRecord {
            role: "leads".to_owned(),
            file: "book.xlsx".to_owned(),
            sheet: Some("Leads".to_owned()),
            format: None,
            sha256: "00".to_owned(),
            bytes: 1,
            copy: Some("inputs/01-book.xlsx.gz".to_owned()),
            builtin: false,
        }],
        options: OptionsRecord {
            crm: Some("zoho".to_owned()),
            by: Some("rep".to_owned()),
            xlsx: true,
            inputs: true,
            strict: Some("5%".to_owned()),
        },
        limits: vec![
            LimitRecord {
                limit: "three each".to_owned(),
                per: "rep".to_owned(),
                group: "R1".to_owned(),
                dealt: 4,
                before: 2,
                period: PeriodRecord(Period::Week),
                max: Some(3),
                min: 0,
            },
            LimitRecord {
                limit: "one at least".to_owned(),
                per: "team".to_owned(),
                group: "West".to_owned(),
                dealt: 0,
                before: 0,
                period: PeriodRecord::default(),
                max: None,
                min: 1,
            },
        ],
        counts: Counts {
            leads: 10,
            by_reason: BTreeMap::from([("no_room".to_owned(), 2)]),
            ..Counts::default()
        },
        tiers: vec!["hot".to_owned()],
        parts: vec!["skill".to_owned()],
        passes: vec![PassRecord {
            name: "best".to_owned(),
            method: "optimal".to_owned(),
            leads: 10,
            dealt: 8,
            overtaken: 1,
            proof: Some(ProofRecord {
                objective: totals.clone(),
                bound: totals,
                gap: Some(LevelGap::Tier(TierIndex(2))),
                fairness_unit: i64::MAX,
                potentials: BTreeMap::from([("r1".to_owned(), price)]),
                greatest: BTreeMap::from([("r2".to_owned(), price)]),
                prices: BTreeMap::from([("r1".to_owned(), Potential::default())]),
                limits: Some(limits()),
            }),
        }],
        history: HistoryRecord {
            served: ServedRecord {
                now: 4,
                turns: BTreeMap::from([("r1".to_owned(), i128::MIN)]),
            },
            counted: Vec::new(),
            clocks: vec![ClockRecord {
                pass: "in turn".to_owned(),
                group: String::new(),
                now: i128::MAX,
                turns: BTreeMap::from([("r1".to_owned(), -5)]),
            }],
        },
        outputs: BTreeMap::from([("assignments.csv".to_owned(), "ff".to_owned())]),
        notes: vec![NoteRecord {
            kind: "fact".to_owned(),
            text: "so it is".to_owned(),
        }],
    }
}

#[test]
fn a_record_reads_back_exactly() {
    for gap in [
        None,
        Some(LevelGap::Points),
        Some(LevelGap::Fairness),
        Some(LevelGap::Tier(TierIndex(0))),
    ] {
        let mut record = full();
        record.passes[0].proof.as_mut().expect("it has one").gap = gap;
        assert_eq!(RunRecord::from_json(&record.to_json()), Ok(record));
    }
}

#[test]
fn numbers_beyond_a_double_are_strings() {
    let text = full().to_json();
    assert!(text.contains(&format!("\"points\": \"{}\"", i128::MAX)), "{text}");
    assert!(text.contains(&format!("\"{}\"", i64::MIN)), "{text}");
}

#[test]
fn the_history_is_the_one_that_was_recorded() {
    let record = full();
    let history = record.history();
    assert_eq!(HistoryRecord::from(&history), record.history);
    assert_eq!(history.served.turns["r1"], i128::MIN);
}

#[test]
fn the_moment_comes_back_in_every_sort_of_zone() {
    for zone in ["UTC", "Europe/Berlin", "+05:30", "-09:30"] {
        let mut record = full();
        record.time_zone = zone.to_owned();
        let as_of = record.moment().expect("both parts are good");
        assert_eq!(zone_text(&as_of), zone);
        assert_eq!(as_of.moment, crate::model::Moment(1_780_297_200));
    }
}

#[test]
fn what_is_no_record_is_a_mistake_with_its_line() {
    let mistakes = RunRecord::from_json("{\n  \"dealt\": 7\n}").expect_err("7 is no text");
    assert_eq!(mistakes.0[0].kind, Kind::NotARun);
    assert!(
        matches!(&mistakes.0[0].position, Position::Line { line: 2, .. }),
        "{mistakes}"
    );
}

#[test]
fn a_moment_that_cannot_be_read_is_a_mistake() {
    let mut record = full();
    record.time_zone = "Mars/Olympus".to_owned();
    let mistakes = record.moment().expect_err("there is no such zone");
    assert_eq!(mistakes.0[0].column.as_deref(), Some("time_zone"));
}

/// A proof of limits with numbers at the ends of their ranges.
fn limits() -> LimitProofRecord {
    let price = Worth {
        leads: vec![1, -1],
        minimums: -2,
        points: Points(-12_345),
        fairness: i64::MIN,
    };
    let of = |group: Option<&str>, team: Option<&str>, price: Worth| LimitPriceRecord {
        limit: "three each".to_owned(),
        group: group.map(str::to_owned),
        team: team.map(str::to_owned),
        asked: u32::from(group.is_some()),
        price,
    };
    LimitProofRecord {
        minimums: 7,
        minimums_bound: -1,
        own: vec![OwnPriceRecord {
            rep: "R1".to_owned(),
            price: price.clone(),
        }],
        prices: vec![
            of(Some("R1"), None, price),
            of(None, Some("West"), Worth::default()),
        ],
        levels: vec![LevelBoundRecord {
            tiers: vec![i128::MAX, 1],
            minimum: 0,
            unit: 64,
            own: vec![i128::MIN],
            prices: vec![3, 0],
        }],
    }
}
