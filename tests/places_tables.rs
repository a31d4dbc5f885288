//! The embedded tables of places are what their sources make.

#[path = "../src/places/tables/make/mod.rs"]
mod make;

use std::fs;
use std::path::Path;

#[test]
fn the_tables_are_made_of_their_sources_byte_for_byte() {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/places/tables");
    let blob = fs::read(tables.join("places.bin")).expect("the blob is there");
    assert!(
        make::blob(&tables.join("sources")) == blob,
        "make it again: cargo run --release --example places_tables"
    );
}
