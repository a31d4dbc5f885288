//! The little of XML that is needed to look at what calamine does not tell.

use std::io::{BufRead, BufReader, Read};

/// The longest tag that is looked at, in bytes; longer ones name no row.
const LONGEST_TAG: usize = 64 << 10;
/// The name of an opening tag.
pub(super) fn name(tag: &str) -> &str {
    let name = tag.split_whitespace().next().unwrap_or_default();
    name.trim_end_matches('/')
}

/// The value of a tag's attribute, as it is written.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = after.trim_start().strip_prefix('=')
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        rest = after;
    }
}

/// Gives each tag of an XML text, without its brackets, to `take`; nothing if reading fails.
pub(super) fn each_tag(reader: impl Read, mut take: impl FnMut(&str)) -> Option<()> {
    let mut reader = BufReader::with_capacity(LONGEST_TAG, reader);
    let mut tag: Vec<u8> = Vec::new();
    let mut inside = false;
    loop {
        let chunk = reader.fill_buf().ok()?;
        if chunk.is_empty() {
            return Some(());
        }
        let wanted = if inside { b'>' } else { b'<' };
        let found = chunk.iter().position(|byte| *byte == wanted);
        let end = found.unwrap_or(chunk.len());
        if inside && tag.len() < LONGEST_TAG {
            tag.extend_from_slice(&chunk[..end]);
        }
        if found.is_some() {
            if inside {
                if let Ok(text) = std::str::from_utf8(&tag) {
                    take(text);
                }
                tag.clear();
            }
            inside = !inside;
        }
        let used = found.map_or(end, |at| at + 1);
        reader.consume(used);
    }
}

/// Whether every tag of an XML text is closed, in turn.
pub(super) fn is_well_nested(reader: impl Read) -> bool {
    let (mut open, mut nested) = (Vec::new(), true);
    let read = each_tag(reader, |tag| {
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            return;
        }
        match tag.strip_prefix('/') {
            Some(closed) => nested &= open.pop().is_some_and(|opened| opened == closed.trim()),
            None => open.push(name(tag).to_owned()),
        }
    });
    read.is_some() && nested && open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let tag = "row r='5' spans=\"1:2\" x:hidden=\"0\" hidden = \"1\"";
        assert_eq!(attribute(tag, "hidden"), Some("1"));
        assert_eq!(attribute(tag, "r"), Some("5"));
        assert_eq!(attribute(tag, "span"), None);
    }

    #[test]
    fn tags_are_found_in_any_chunks() {
        let mut tags = Vec::new();
        let text = "<a b=\"1\">text</a><c/>";
        each_tag(text.as_bytes(), |tag| tags.push(tag.to_owned())).unwrap();
        assert_eq!(tags, ["a b=\"1\"", "/a", "c/"]);
    }

    #[test]
    fn tags_that_do_not_close_in_turn_are_found() {
        for (text, expected) in [
            ("<?xml?><a b='1'><c/><d>x</d></a>", true),
            ("<a><b></a>", false),
            ("<a></a></a>", false),
            ("<a><b></a></b>", false),
        ] {
            assert_eq!(is_well_nested(text.as_bytes()), expected, "{text}");
        }
    }
}
