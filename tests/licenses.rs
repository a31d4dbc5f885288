//! `dealt licenses` gives everyone their due.

mod transcript;

use std::path::Path;

#[test]
fn the_notices_of_the_tables_and_the_own_licence_are_printed() {
    let output = transcript::dealt(Path::new(env!("CARGO_MANIFEST_DIR")), ["licenses"])
        .output()
        .expect("the program starts");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    for notice in [
        "Contains data from GeoNames (https://www.geonames.org), licensed under CC BY 4.0 \
         (https://creativecommons.org/licenses/by/4.0/). Changed: codes normalised, places of one code merged, \
         coordinates rounded.",
        "US Census Bureau",
        "Copyright (c) 2024 Dan Stoffels",
        "Copyright (c) 2016 widdix GmbH",
        "dealt is licensed under either of the MIT license or the Apache License",
        "Copyright (c) 2026 the dealt developers",
        "END OF TERMS AND CONDITIONS",
    ] {
        assert!(text.contains(notice), "{notice}");
    }
}
