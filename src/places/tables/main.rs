//! Makes `places.bin` out of `sources`: `cargo run --release --example places_tables`.

mod make;

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/places/tables");
    let blob = make::blob(&tables.join("sources"));
    fs::write(tables.join("places.bin"), blob)
}
