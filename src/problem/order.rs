//! The order of ids: plain order of bytes, the one that settles every tie.

/// Sorts positions by the text of their ids, which are unique.
///
/// `O(n log n)`; texts are compared by the sixteen bytes after what all ids begin with, and as a
/// whole only where those are equal.
pub fn by_id<'a>(count: usize, id: impl Fn(usize) -> &'a str) -> Vec<u32> {
    let shared = shared_prefix(count, &id);
    let mut keyed: Vec<(u128, u32)> = (0..count)
        .zip(0u32..)
        .map(|(at, position)| (head(&id(at).as_bytes()[shared..]), position))
        .collect();
    keyed.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| id(a.1 as usize).cmp(id(b.1 as usize)))
            .then(a.1.cmp(&b.1))
    });
    keyed.into_iter().map(|(_, position)| position).collect()
}

fn shared_prefix<'a>(count: usize, id: &impl Fn(usize) -> &'a str) -> usize {
    if count == 0 {
        return 0;
    }
    let first = id(0).as_bytes();
    (1..count).fold(first.len(), |shared, at| {
        first[..shared]
            .iter()
            .zip(id(at).as_bytes())
            .take_while(|(a, b)| a == b)
            .count()
    })
}

/// The first sixteen bytes as a number that compares like them; shorter texts come first or tie.
fn head(text: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let length = text.len().min(bytes.len());
    bytes[..length].copy_from_slice(&text[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(ids: &[&str], expected: &[u32]) {
        assert_eq!(by_id(ids.len(), |at| ids[at]), expected);
    }

    #[test]
    fn ids_are_in_the_order_of_their_bytes() {
        check(&["b", "a", "B", "10", "9"], &[3, 4, 2, 1, 0]);
    }

    #[test]
    fn an_id_that_begins_another_comes_first() {
        check(&["lead-10", "lead-1", "lead-"], &[2, 1, 0]);
    }

    #[test]
    fn nothing_is_in_order() {
        check(&[], &[]);
    }

    proptest! {
        #[test]
        fn any_ids_are_sorted_like_texts(ids in prop::collection::btree_set("(lead-)?[ab\u{0}é]{0,20}", 0..30)) {
            let ids: Vec<String> = ids.into_iter().rev().collect();
            let mut expected: Vec<u32> = (0..u32::try_from(ids.len()).unwrap()).collect();
            expected.sort_by_key(|&at| &ids[at as usize]);
            prop_assert_eq!(by_id(ids.len(), |at| &ids[at]), expected);
        }
    }
}
