//! What happens to records on their way into somebody's list. Everything is made of numbers that a seed gives,
//! so that the same records are damaged in the same way every time.

/// A record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    pub name: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub country: String,
    pub phone: String,
    pub website: String,
    pub given: String,
    pub family: String,
    pub email: String,
}

/// A generator of numbers (splitmix64) that gives the same ones everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % count.max(1) as u64).expect("it is below a usize")
    }
}

/// A kind of damage. Each is done to one record; where it does not apply the record stays out of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Nothing: the row comes as it is, without phone number and website.
    Nothing,
    /// Two neighbouring letters of the name are swapped.
    Swapped,
    /// A letter of the name is dropped.
    Dropped,
    /// A letter of the name is doubled.
    Doubled,
    /// A letter of the name is replaced by another.
    Replaced,
    /// Words of the name are cut short as people do: `Mfg`, `Co.`, `Svcs`, `&`.
    Abbreviated,
    /// The last word of the name comes first.
    Moved,
    /// A legal form is added or dropped.
    LegalForm,
    /// City, postal code and street are missing.
    NoCity,
    /// State and country are written in another way.
    OtherSpelling,
    /// The whole row is in capitals without accents.
    Capitals,
    /// The street is written in another way and the postal code is missing.
    OtherStreet,
    /// A typing error in the name, and one in the city.
    Twice,
    /// A typing error, a legal form and capitals.
    Thrice,
}

impl Damage {
    pub const ALL: [Self; 14] = [
        Self::Nothing,
        Self::Swapped,
        Self::Dropped,
        Self::Doubled,
        Self::Replaced,
        Self::Abbreviated,
        Self::Moved,
        Self::LegalForm,
        Self::NoCity,
        Self::OtherSpelling,
        Self::Capitals,
        Self::OtherStreet,
        Self::Twice,
        Self::Thrice,
    ];
}

const SHORT: [(&str, &str); 20] = [
    ("Company", "Co."),
    ("Corporation", "Corp."),
    ("Limited", "Ltd."),
    ("Manufacturing", "Mfg"),
    ("Manufacturers", "Mfrs"),
    ("Services", "Svcs"),
    ("Service", "Svc"),
    ("International", "Intl"),
    ("Equipment", "Equip."),
    ("Department", "Dept."),
    ("Associates", "Assoc."),
    ("Distributors", "Distr."),
    ("Products", "Prods"),
    ("Systems", "Sys."),
    ("Supply", "Sply"),
    ("Center", "Ctr"),
    ("Accessories", "Access."),
    ("Technology", "Tech"),
    (" and ", " & "),
    ("Partners", "Ptnrs"),
];
const FORMS: [&str; 8] = [
    " Inc.", ", LLC", " Ltd", " GmbH", " Corp", " S.A.", " Co.", " Pty Ltd",
];
const DROPPED: [&str; 12] = [
    ", Limited",
    " Limited",
    " Company",
    " Corporation",
    " Inc.",
    " Inc",
    " Ltd.",
    " Ltd",
    " Corp.",
    " Corp",
    " Co.",
    " plc",
];
const COUNTRIES: [(&str, &str); 8] = [
    ("United States", "USA"),
    ("USA", "United States of America"),
    ("Canada", "CAN"),
    ("France", "FR"),
    ("Germany", "Deutschland"),
    ("United Kingdom", "UK"),
    ("Australia", "AUS"),
    ("Norway", "Norge"),
];
const STATES: [(&str, &str); 16] = [
    ("California", "CA"),
    ("Washington", "Wash."),
    ("Texas", "TX"),
    ("Florida", "FL"),
    ("New York", "N.Y."),
    ("Ontario", "ON"),
    ("Quebec", "Québec"),
    ("British Columbia", "BC"),
    ("Alberta", "AB"),
    ("Illinois", "IL"),
    ("Michigan", "MI"),
    ("Oregon", "OR"),
    ("New South Wales", "NSW"),
    ("Queensland", "QLD"),
    ("Bayern", "Bavaria"),
    ("Hessen", "Hesse"),
];
const STREETS: [(&str, &str); 9] = [
    ("Street", "St."),
    ("Avenue", "Ave"),
    ("Road", "Rd"),
    ("Drive", "Dr."),
    ("Boulevard", "Blvd"),
    ("Blvd", "Boulevard"),
    ("St.", "Street"),
    ("Ave.", "Avenue"),
    ("straße", "str."),
];

impl Record {
    /// The record as this damage leaves it; none where the damage does not apply to it.
    pub fn damaged(&self, damage: Damage, seed: u64) -> Option<Self> {
        let mut numbers = Numbers(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ damage as u64);
        let mut row = Self {
            phone: String::new(),
            website: String::new(),
            ..self.clone()
        };
        match damage {
            Damage::Nothing => {}
            Damage::Swapped | Damage::Dropped | Damage::Doubled | Damage::Replaced => {
                row.name = mistyped(&row.name, damage, &mut numbers)?;
            }
            Damage::Abbreviated => row.name = replaced(&row.name, &SHORT)?,
            Damage::Moved => {
                let (rest, last) = row.name.rsplit_once(' ')?;
                row.name = format!("{last}, {rest}");
            }
            Damage::LegalForm => row.name = other_form(&row.name, &mut numbers),
            Damage::NoCity => {
                row.street.clear();
                row.city.clear();
                row.postal_code.clear();
            }
            Damage::OtherSpelling => {
                let (country, state) = (replaced(&row.country, &COUNTRIES), replaced(&row.state, &STATES));
                if country.is_none() && state.is_none() {
                    return None;
                }
                row.country = country.unwrap_or(row.country);
                row.state = state.unwrap_or(row.state);
            }
            Damage::Capitals => {
                for cell in [
                    &mut row.name,
                    &mut row.street,
                    &mut row.city,
                    &mut row.state,
                    &mut row.country,
                ] {
                    *cell = capitals(cell);
                }
            }
            Damage::OtherStreet => {
                row.street = replaced(&row.street, &STREETS)?;
                row.postal_code.clear();
            }
            Damage::Twice => {
                row.name = mistyped(&row.name, Damage::Swapped, &mut numbers)?;
                row.city = mistyped(&row.city, Damage::Dropped, &mut numbers)?;
            }
            Damage::Thrice => {
                row.name = mistyped(&row.name, Damage::Replaced, &mut numbers)?;
                row.name = capitals(&other_form(&row.name, &mut numbers));
            }
        }
        (damage == Damage::Nothing || row != *self).then_some(row)
    }
}

/// A typing error among the letters of a text.
fn mistyped(text: &str, damage: Damage, numbers: &mut Numbers) -> Option<String> {
    let mut letters: Vec<char> = text.chars().collect();
    let places: Vec<usize> = (1..letters.len().saturating_sub(1))
        .filter(|&at| {
            letters[at].is_alphabetic() && letters[at + 1].is_alphabetic() && letters[at] != letters[at + 1]
        })
        .collect();
    let at = *places.get(numbers.below(places.len()))?;
    match damage {
        Damage::Swapped => letters.swap(at, at + 1),
        Damage::Dropped => {
            letters.remove(at);
        }
        Damage::Doubled => letters.insert(at, letters[at]),
        _ => {
            let other = b"etaoinshrdlucm"[numbers.below(14)];
            letters[at] = if letters[at] == char::from(other) {
                'x'
            } else {
                char::from(other)
            };
        }
    }
    Some(letters.into_iter().collect())
}

/// The text with the first of the pairs that stands in it replaced, and all others as well.
fn replaced(text: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let pair = pairs.iter().find(|(from, _)| text.contains(from))?;
    Some(text.replacen(pair.0, pair.1, 1))
}

fn other_form(name: &str, numbers: &mut Numbers) -> String {
    let dropped = DROPPED.iter().find_map(|form| name.strip_suffix(form));
    dropped.map_or_else(
        || format!("{name}{}", FORMS[numbers.below(FORMS.len())]),
        str::to_owned,
    )
}

fn capitals(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' => 'e',
            'à' | 'â' | 'ä' => 'a',
            'ô' | 'ö' => 'o',
            'ü' | 'û' | 'ù' => 'u',
            'ç' => 'c',
            'î' | 'ï' => 'i',
            other => other,
        })
        .collect();
    plain.to_uppercase()
}
