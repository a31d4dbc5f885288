//! `dealt init`: a starter rules file and samples to edit.

use super::args::InitOptions;
use super::{Ending, interrupt, say};
use anyhow::Context;
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use std::fs;
use std::path::Path;

/// What is written, each under its name.
const STARTERS: [(&str, &str); 3] = [
    ("rules.toml", include_str!("../../rules/default.toml")),
    ("leads.csv", include_str!("../../samples/start/leads.csv")),
    ("reps.csv", include_str!("../../samples/start/reps.csv")),
];

/// Writes the starter files; never over a file that is there.
///
/// # Errors
/// A file of one of the names is there already (nothing is written then), or the disk refuses.
pub fn init(options: &InitOptions) -> anyhow::Result<Ending> {
    let folder = Path::new(&options.dir);
    let mut mistakes = Mistakes::default();
    for (name, _) in STARTERS {
        let path = folder.join(name);
        if path.exists() {
            mistakes.push(
                Mistake::new(
                    Kind::BadOption,
                    Position::File(path.display().to_string()),
                    "is there already",
                )
                .expected("a folder without the starter files")
                .hint("name another folder: `dealt init NEW-FOLDER`"),
            );
        }
    }
    mistakes.or(())?;
    interrupt::after(|| write(folder))?;
    let place = if options.dir == "." {
        String::new()
    } else {
        format!("{}/", options.dir.trim_end_matches('/'))
    };
    say::data(
        format!(
            "wrote {place}rules.toml, {place}leads.csv, {place}reps.csv\n\
             try:  dealt run {place}leads.csv {place}reps.csv --rules {place}rules.toml\n"
        )
        .as_bytes(),
    )?;
    Ok(Ending::Done)
}

fn write(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
    for (name, text) in STARTERS {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
