//! Records of JSON objects, flattened as they are parsed: no tree of the whole file is kept.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::found::{Fault, Found};

type Parser<'de> = serde_json::Deserializer<serde_json::de::StrRead<'de>>;

/// What a value is, in words.
pub(super) fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// One record: an object.
pub(super) struct Record<'f>(&'f mut Found);

impl<'f> Record<'f> {
    /// Reads a record with its own number in the file.
    pub(super) fn read(found: &'f mut Found, number: u32, parser: &mut Parser<'_>) -> serde_json::Result<()> {
        found.start(number);
        Self(found).deserialize(parser)
    }
}

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        self.0.rows.start_row(self.0.record);
        let mut path = String::new();
        parser.deserialize_any(Node {
            found: self.0,
            path: &mut path,
        })
    }
}

/// The records of an array, numbered from 1.
pub(super) struct Records<'f>(&'f mut Found);

impl<'f> Records<'f> {
    /// Reads an array of records.
    pub(super) fn read(found: &'f mut Found, parser: &mut Parser<'_>) -> serde_json::Result<()> {
        parser.deserialize_seq(Self(found))
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        let mut number = 1;
        loop {
            self.0.start(number);
            if array.next_element_seed(Record(self.0))?.is_none() {
                return Ok(());
            }
            number = number.saturating_add(1);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_seq(self)
    }
}

/// An object that holds the records under the key `records`, as Salesforce writes it.
pub(super) struct Envelope<'f> {
    found: &'f mut Found,
    has_records: bool,
    keys: Vec<String>,
}

impl<'f> Envelope<'f> {
    /// Starts with nothing found.
    pub(super) fn new(found: &'f mut Found) -> Self {
        Self {
            found,
            has_records: false,
            keys: Vec::new(),
        }
    }

    /// Reads an object.
    pub(super) fn read(&mut self, parser: &mut Parser<'_>) -> serde_json::Result<()> {
        parser.deserialize_map(self)
    }

    /// Whether there were records, and the keys of the object.
    pub(super) fn outcome(self) -> (bool, Vec<String>) {
        (self.has_records, self.keys)
    }
}

impl<'de> Visitor<'de> for &mut Envelope<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "records" && !self.has_records {
                map.next_value_seed(Records(self.found))?;
                self.has_records = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            self.keys.push(key);
        }
        Ok(())
    }
}

/// A value inside a record; the path is empty for the record itself.
struct Node<'f, 'p> {
    found: &'f mut Found,
    path: &'p mut String,
}

impl Node<'_, '_> {
    fn cell<E: Error>(self, what: &'static str, text: &str) -> Result<(), E> {
        if self.path.is_empty() {
            self.found
                .faults
                .push(Fault::NotAnObject(self.found.record, what));
            return Ok(());
        }
        self.found.put(self.path, text).map_err(|stop| {
            self.found.stopped = Some(stop);
            E::custom("beyond the bounds of a table")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.cell("null", "")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.cell("a yes or no", if value { "true" } else { "false" })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.cell("a number", &value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.cell("a number", &value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        // Whole numbers come here only when they are beyond 64 bits, or written with a fraction.
        self.found.rounded += usize::from(value.abs() >= 2_f64.powi(63));
        self.cell("a number", &value.to_string())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.cell("a text", value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        if self.path.is_empty() {
            while array.next_element::<IgnoredAny>()?.is_some() {}
            return self.cell("an array", "");
        }
        let mut items = Vec::new();
        while let Some(item) = array.next_element::<Value>()? {
            items.push(item);
        }
        let text = if items.is_empty() {
            String::new()
        } else {
            Value::Array(items).to_string()
        };
        self.cell("an array", &text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let length = self.path.len();
        while let Some(key) = map.next_key::<String>()? {
            if length > 0 {
                self.path.push('_');
            }
            self.path.push_str(&key);
            // A nameless key of the record itself still needs a name that is not the record's.
            if self.path.is_empty() {
                self.path.push('_');
            }
            map.next_value_seed(Node {
                found: self.found,
                path: self.path,
            })?;
            self.path.truncate(length);
        }
        Ok(())
    }
}
