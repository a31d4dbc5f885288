//! Words of organisations' names that are often cut short.

/// Short forms in order of the alphabet, with what they are short for.
#[rustfmt::skip]
const SHORT: &[(&str, &str)] = &[
    ("acad", "academy"), ("accs", "accessories"), ("acct", "accounting"), ("adm", "administration"),
    ("admin", "administration"), ("adv", "advertising"), ("agcy", "agency"), ("amer", "american"),
    ("appl", "appliance"), ("arch", "architects"), ("assn", "association"), ("assoc", "associates"),
    ("assocs", "associates"), ("asst", "assistance"), ("auth", "authority"), ("auto", "automotive"),
    ("bldg", "building"), ("bldrs", "builders"), ("bros", "brothers"), ("bus", "business"),
    ("centre", "center"), ("chem", "chemical"), ("cnty", "county"), ("coll", "college"),
    ("comm", "communications"), ("comms", "communications"), ("cons", "consulting"),
    ("const", "construction"), ("constr", "construction"), ("contr", "contractors"),
    ("coop", "cooperative"), ("ctr", "center"), ("dept", "department"), ("dev", "development"),
    ("devt", "development"),     ("div", "division"), ("educ", "education"), ("elec", "electric"),
    ("electr", "electric"), ("eng", "engineering"), ("engg", "engineering"), ("engr", "engineering"),
    ("ent", "enterprises"), ("entmt", "entertainment"), ("eqpt", "equipment"), ("equip", "equipment"),
    ("est", "estate"), ("exch", "exchange"), ("fdn", "foundation"), ("fin", "financial"),
    ("fnd", "foundation"), ("ft", "fort"), ("govt", "government"), ("gp", "group"), ("grp", "group"),
    ("hldg", "holding"), ("hldgs", "holdings"), ("hosp", "hospital"), ("hq", "headquarters"),
    ("ind", "industries"), ("inds", "industries"), ("indus", "industries"), ("ins", "insurance"),
    ("inst", "institute"), ("instr", "instruments"), ("int", "international"),
    ("internatl", "international"), ("intl", "international"), ("inv", "investment"),
    ("invt", "investment"), ("lab", "laboratories"), ("laboratory", "laboratories"),
    ("labs", "laboratories"), ("lib", "library"), ("ltg", "lighting"), ("mach", "machinery"),
    ("maint", "maintenance"), ("manuf", "manufacturing"), ("mech", "mechanical"), ("med", "medical"),
    ("mfg", "manufacturing"), ("mfgr", "manufacturer"), ("mfr", "manufacturer"), ("mfrs", "manufacturers"),
    ("mgmt", "management"), ("mgt", "management"), ("mkt", "market"), ("mktg", "marketing"),
    ("mt", "mount"), ("mtn", "mountain"), ("mun", "municipal"), ("nat", "national"), ("natl", "national"),
    ("org", "organization"), ("organisation", "organization"), ("pharm", "pharmaceuticals"),
    ("pharma", "pharmaceuticals"), ("phys", "physical"), ("prod", "products"), ("prods", "products"),
    ("prof", "professional"), ("prop", "properties"), ("props", "properties"), ("ptnrs", "partners"),
    ("pub", "publishing"), ("publ", "publishing"), ("rd", "road"), ("reg", "regional"),
    ("rest", "restaurant"), ("rlty", "realty"), ("rsch", "research"), ("sch", "school"), ("sci", "science"),
    ("serv", "services"), ("soc", "society"), ("sol", "solutions"), ("solns", "solutions"),
    ("sply", "supply"), ("srvc", "service"), ("srvcs", "services"), ("st", "saint"), ("svc", "service"),
    ("svcs", "services"), ("sys", "systems"), ("syst", "systems"), ("tech", "technology"),
    ("technol", "technology"), ("techs", "technologies"), ("telecom", "telecommunications"),
    ("theatre", "theater"), ("trans", "transport"), ("transp", "transport"), ("univ", "university"),
    ("util", "utilities"), ("utils", "utilities"), ("vet", "veterinary"), ("whse", "warehouse"),
    ("whsl", "wholesale"), ("xport", "export"),
];

/// What a word is short for.
pub(super) fn long(word: &str) -> Option<&'static str> {
    let at = SHORT.binary_search_by(|(short, _)| (*short).cmp(word));
    at.ok().map(|at| SHORT[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_form_is_found_and_stands_for_a_long_one() {
        for (short, expected) in SHORT {
            assert_eq!(long(short), Some(*expected));
            assert_eq!(long(expected), None, "{short}");
        }
    }
}
