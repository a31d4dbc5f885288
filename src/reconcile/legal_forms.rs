//! Legal forms of companies, which names are compared without.

/// Forms as they end a name: words in lower case without dots, joined where dots joined them (`S.A.` is `sa`).
/// Longer ones come before those that they end with.
#[rustfmt::skip]
const ENDINGS: &[&[&str]] = &[
    &["gesellschaft", "mit", "beschrankter", "haftung"], &["gmbh", "co", "kgaa"], &["gmbh", "co", "kg"],
    &["gmbh", "co", "ohg"], &["ug", "co", "kg"], &["ag", "co", "kgaa"], &["ag", "co", "kg"],
    &["se", "co", "kgaa"], &["se", "co", "kg"], &["ug", "haftungsbeschrankt"], &["gesmbh", "co", "kg"],
    &["ges", "mbh"], &["sp", "z", "oo"], &["sp", "zoo"], &["spol", "s", "ro"], &["spol", "sro"],
    &["sp", "k"], &["sp", "j"], &["sa", "de", "cv"], &["s", "de", "rl", "de", "cv"], &["s", "de", "rl"],
    &["sapi", "de", "cv"], &["de", "cv"], &["pty", "limited"], &["pty", "ltd"], &["pte", "ltd"],
    &["pvt", "ltd"], &["private", "limited"], &["pvt", "limited"], &["sdn", "bhd"], &["co", "ltd"],
    &["co", "limited"], &["company", "limited"], &["co", "inc"], &["public", "limited", "company"],
    &["limited", "liability", "company"], &["limited", "partnership"], &["kabushiki", "kaisha"],
    &["as", "oy"], &["oy", "ab"], &["a", "s"], &["k", "k"], &["s", "a"], &["b", "v"],
    &["anonim", "sirketi"], &["ltd", "sti"], &["san", "tic", "ltd", "sti"], &["san", "ve", "tic", "as"],
    &["inc"], &["incorporated"], &["corp"], &["corporation"], &["llc"], &["llp"], &["lllp"], &["lp"],
    &["pllc"], &["pc"], &["pa"], &["plc"], &["ltd"], &["limited"], &["ltda"], &["limitada"], &["co"],
    &["company"], &["cie"], &["compagnie"], &["compania"], &["cia"], &["ltee"], &["limitee"], &["enr"],
    &["cic"], &["pty"], &["pte"], &["gmbh"], &["mbh"], &["gesmbh"], &["ggmbh"], &["ag"], &["kg"], &["kgaa"],
    &["ohg"], &["ug"], &["gbr"], &["ek"], &["ekfm"], &["ev"], &["eg"], &["se"], &["sa"], &["sarl"],
    &["sas"], &["sasu"], &["eurl"], &["snc"], &["sci"], &["scop"], &["scs"], &["srl"], &["srls"], &["spa"],
    &["sapa"], &["sas"], &["scarl"], &["sl"], &["slu"], &["sll"], &["sau"], &["slne"], &["lda"],
    &["eireli"], &["epp"], &["mei"], &["bv"], &["nv"], &["vof"], &["cv"], &["bvba"], &["sprl"], &["as"],
    &["asa"], &["aps"], &["ivs"], &["ab"], &["hb"], &["kb"], &["oy"], &["oyj"], &["ehf"], &["hf"], &["ou"],
    &["uab"], &["sia"], &["doo"], &["dd"], &["jdoo"], &["ood"], &["eood"], &["ad"], &["kft"], &["zrt"],
    &["nyrt"], &["bt"], &["sro"], &["ae"], &["epe"], &["ike"], &["sti"], &["kk"], &["gk"], &["yk"],
    &["bhd"], &["tbk"], &["pjsc"], &["psc"], &["fzco"], &["fze"], &["fzllc"], &["dmcc"], &["wll"],
    &["saog"], &["jsc"], &["pao"], &["oao"], &["zao"], &["ooo"], &["tov"], &["unltd"], &["dac"], &["spj"],
    &["spk"], &["gie"], &["asbl"], &["vzw"], &["ou"], &["inh"],
];

/// Forms that begin a name.
const BEGINNINGS: &[&str] = &[
    "ooo",
    "oao",
    "zao",
    "pao",
    "tov",
    "uab",
    "sia",
    "pt",
    "firma",
    "fa",
    "ets",
    "etablissements",
    "societe",
    "sarl",
    "kabushiki",
];

/// How many of the first words are a legal form.
pub(super) fn beginning(words: &[String]) -> usize {
    match words {
        [first, second, ..] if first == "kabushiki" && second == "kaisha" => 2,
        [first, _, ..] if first != "kabushiki" && BEGINNINGS.contains(&first.as_str()) => 1,
        _ => 0,
    }
}

/// How many of the last words are one legal form.
pub(super) fn ending(words: &[String]) -> usize {
    let ends = |form: &&&[&str]| {
        let from = words.len().checked_sub(form.len());
        from.is_some_and(|from| words[from..].iter().zip(**form).all(|(word, of)| word == of))
    };
    ENDINGS
        .iter()
        .filter(ends)
        .map(|form| form.len())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_written_as_words_come() {
        let words = ENDINGS.iter().copied().flatten();
        assert!(
            words
                .chain(BEGINNINGS)
                .all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        );
    }

    #[test]
    fn the_longest_form_counts() {
        let of = |text: &str| ending(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("acme gmbh co kg"), 3);
        assert_eq!(of("acme kg"), 1);
        assert_eq!(of("acme"), 0);
    }
}
