//! The typed columns of a roster that rules and score parts read.

use super::aliases::{REP_FIELDS, field};
use super::columnwise::Sheets;
use super::place_zones::fill_time_zones;
use super::reps::Reader;
use super::typed::How;
use crate::model::{Ceiling, Column, Frame, Kind, Rep, Settings, Value};

/// A number of a rep.
type Number = fn(&Rep) -> Option<f64>;

/// What reps' capacity cells came to, as numbers; no ceiling is empty.
const CAPACITY: &[(&str, Number)] = &[
    ("max_open", |rep| match rep.max_open {
        Ceiling::Unlimited => None,
        Ceiling::At(most) => Some(f64::from(most)),
    }),
    ("open", |rep| Some(f64::from(rep.open))),
    ("max_new", |rep| rep.max_new.map(f64::from)),
    ("weight", |rep| Some(f64::from(rep.weight.0) / 1000.0)),
    ("max_km", |rep| rep.max_km),
];

impl Reader<'_> {
    /// The columns that rules and score parts read: every field, and what the rules name besides.
    pub fn frame(&mut self, reps: &[Rep], settings: &Settings) -> Frame {
        let known = self.sheets.list[0].columns.known().map(str::to_owned).collect();
        let mut frame = Frame::new(reps.len(), known);
        let mut set = |name: &str, kind, values: Vec<Value>, sheets: &Sheets<'_>| {
            frame.set(sheets.of_values(name, &sheets.field(name), kind, values));
        };
        let text = |text: &str| {
            if text.is_empty() {
                Value::Empty
            } else {
                Value::Text(text.to_owned())
            }
        };
        let of = |value: &dyn Fn(&Rep) -> Value| reps.iter().map(value).collect::<Vec<Value>>();
        set("id", Kind::Text, of(&|rep| text(&rep.id)), &self.sheets);
        set("name", Kind::Text, of(&|rep| text(&rep.name)), &self.sheets);
        set(
            "active",
            Kind::Boolean,
            of(&|rep| Value::Boolean(rep.active)),
            &self.sheets,
        );
        for (name, number) in CAPACITY {
            let values = of(&|rep| number(rep).map_or(Value::Empty, Value::Number));
            set(name, Kind::Number, values, &self.sheets);
        }
        self.fields(&mut frame, settings);
        let rows: Vec<usize> = (0..reps.len()).collect();
        fill_time_zones(&mut frame, &self.place_zones(), &rows);
        frame
    }

    fn fields(&mut self, frame: &mut Frame, settings: &Settings) {
        let fields: Vec<&str> = REP_FIELDS.iter().map(|field| field.name).collect();
        let named = settings.rep_columns.keys().map(String::as_str);
        for name in fields.into_iter().chain(named) {
            let places = self.sheets.named(name);
            if frame.column(name).is_some() || places[0].is_empty() {
                continue;
            }
            let standard = field(REP_FIELDS, name).map(|field| match field.name {
                "latitude" => How::Latitude,
                "longitude" => How::Longitude,
                _ => How::Fixed(field.kind),
            });
            let behind = self.sheets.field_behind(name).map(str::to_owned);
            let kept = behind.and_then(|field| frame.column(&field).cloned());
            if let (None, Some(column)) = (standard, kept) {
                frame.set(Column {
                    name: name.to_owned(),
                    ..column
                });
                continue;
            }
            let fixed = settings.rep_columns.get(name).copied().flatten().map(How::Fixed);
            let column = self.column(name, standard.or(fixed).unwrap_or(How::Found));
            frame.set(column);
        }
    }
}
