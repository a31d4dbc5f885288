//! Makes the embedded tables of places out of their sources.
//!
//! Every section is a handful of columns, packed on its own so that a run unpacks only what it needs. The
//! layout is told by the code that reads it: `src/places/blob.rs`, `codes.rs`, `cities.rs`, `divisions.rs`.

mod cities;
mod divisions;
mod packing;
mod postal;
mod sources;

use cities::Cities;
use divisions::{Country, Divisions};
use packing::Sections;
use postal::Nearest;
use sources::Sources;
use std::path::Path;

/// The blob of all tables, out of the folder with their sources.
pub fn blob(folder: &Path) -> Vec<u8> {
    let sources = Sources::read(folder);
    let zones = sources.zones();
    let divisions = Divisions::of(&sources);
    let cities = Cities::of(&sources, &divisions);
    let mut sections = Sections::default();
    sections.add("zone", zones.join("\n").as_bytes());
    sections.add("divs", &divisions.columns(&zones));
    sections.add("city", &cities.columns(&divisions, &zones));
    sections.add("alts", &cities.alternates());
    for Country { own, .. } in &divisions.0 {
        if let Some(codes) = sources.codes.get(&own.code) {
            let nearest = Nearest::of(sources.cities_of(&own.code), &own.zone);
            sections.add(
                &format!("p-{}", own.code),
                &postal::columns(codes, &nearest, &zones),
            );
        }
    }
    sections.pack()
}
