//! Short forms of given names.

/// Names of one row are used for each other.
#[rustfmt::skip]
const SETS: &[&[&str]] = &[
    &["abigail", "abby"], &["albert", "al", "bert"], &["alexander", "alex", "sasha", "xander"],
    &["alexandra", "alex", "sandra", "sasha"], &["alfred", "al", "fred"],
    &["andrew", "andy", "drew", "andreas"], &["anthony", "tony", "antonio"], &["barbara", "barb"],
    &["benjamin", "ben"], &["bernard", "bernie"], &["bradley", "brad"],
    &["catherine", "cathy", "kate", "katherine", "kathryn", "kathy", "katie", "katharina"],
    &["charles", "charlie", "chuck", "carlos"], &["christina", "christine", "chris", "tina"],
    &["christopher", "chris", "christoph"], &["cynthia", "cindy"], &["daniel", "dan", "danny"],
    &["david", "dave"], &["deborah", "deb", "debbie", "debra"], &["dennis", "denny"], &["donald", "don"],
    &["douglas", "doug"], &["edward", "ed", "eddie", "ted"], &["eleanor", "ellie"],
    &["elizabeth", "beth", "betty", "eliza", "liz", "lisa", "elisabeth"], &["eugene", "gene"],
    &["francis", "frank", "fran", "francisco"], &["franklin", "frank"],
    &["frederick", "fred", "fritz", "friedrich"], &["gabriel", "gabe"], &["gerald", "gerry", "jerry"],
    &["gregory", "greg"], &["harold", "harry", "hal"], &["henry", "hank", "harry"], &["jacob", "jake"],
    &["jacqueline", "jackie"], &["james", "jim", "jimmy", "jamie"], &["janet", "jan"],
    &["jeffrey", "geoffrey", "geoff", "jeff"], &["jennifer", "jen", "jenny"], &["jessica", "jess"],
    &["johannes", "hans", "johann"], &["john", "jack", "johnny", "jon"], &["jonathan", "jon"],
    &["joseph", "joe", "josef", "sepp", "pepe", "jose"], &["joshua", "josh"], &["judith", "judy"],
    &["kenneth", "ken"], &["kimberly", "kim"], &["lawrence", "larry"], &["leonard", "len", "leo"],
    &["louis", "lou", "luis", "ludwig"],
    &["margaret", "maggie", "meg", "peg", "peggy", "margarete", "greta"], &["martin", "marty"],
    &["matthew", "matt", "matthias"], &["maximilian", "max"], &["melissa", "mel"],
    &["michael", "mike", "mick", "mickey", "michel", "miguel"], &["nathaniel", "nathan", "nate"],
    &["nicholas", "nick", "nico", "nicolas", "nikolaus", "klaus"], &["pamela", "pam"],
    &["patricia", "pat", "patty", "trish"], &["patrick", "pat", "paddy"], &["peter", "pete"],
    &["philip", "phil", "phillip"], &["randall", "randy"], &["raymond", "ray"], &["rebecca", "becky"],
    &["richard", "dick", "rich", "rick", "ricky"], &["robert", "bob", "bobby", "rob", "robbie", "bert"],
    &["ronald", "ron"], &["rudolf", "rudi"], &["russell", "russ"], &["samuel", "sam"], &["samantha", "sam"],
    &["sandra", "sandy"], &["sebastian", "basti"], &["stephanie", "steph"],
    &["steven", "stephen", "steve", "stefan", "stephan"], &["susan", "sue", "susie", "suzanne"],
    &["theodore", "ted", "theo"], &["thomas", "tom", "tommy"], &["timothy", "tim"], &["tobias", "tobi"],
    &["valerie", "val"], &["victoria", "vicky"], &["vincent", "vince"], &["walter", "walt"],
    &["wilhelm", "willi", "willy"], &["william", "bill", "billy", "will", "willy", "liam"],
    &["zachary", "zach", "zack"],
];

/// Tells whether two given names are used for each other.
pub(super) fn same(left: &str, right: &str) -> bool {
    SETS.iter().any(|set| set.contains(&left) && set.contains(&right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_stand_for_the_long_ones_and_not_for_others() {
        assert!(same("bob", "robert") && same("bill", "william"));
        assert!(!same("bob", "william") && !same("ann", "robert"));
    }
}
