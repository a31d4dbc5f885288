//! Registered domains of websites and e-mail addresses, and those that tell nothing of an organisation. The
//! one door to `psl`.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Free mail, providers of access, hosting, links and social networks, one a line.
static TABLE: &str = include_str!("domains.txt");

/// Names that providers of free mail have in every country: `yahoo.fr`, `hotmail.co.uk`.
const EVERYWHERE: &[&str] = &[
    "gmail",
    "googlemail",
    "hotmail",
    "live",
    "outlook",
    "yahoo",
    "ymail",
    "gmx",
    "yandex",
];

/// Suffixes of networks that are somebody's own.
const PRIVATE: &[&str] = &[
    "local",
    "localhost",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "invalid",
    "test",
];

/// The registered domain of a host, in lower case; none where it is no name under a public suffix.
pub(super) fn registered(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_lowercase();
    if host.len() > 253 || host.split('.').any(str::is_empty) {
        return None;
    }
    let domain = psl::domain(host.as_bytes())?;
    // a suffix that the list lacks may be newer than the list, unless it is one that nobody can register under
    let suffix = domain.suffix();
    let text = std::str::from_utf8(suffix.as_bytes()).ok()?;
    if !suffix.is_known() && (text.parse::<f64>().is_ok() || PRIVATE.contains(&text)) {
        return None;
    }
    std::str::from_utf8(domain.as_bytes()).ok().map(str::to_owned)
}

/// The host that a website's address names: `https://www.acme.com/about` is on `www.acme.com`.
pub(super) fn host(website: &str) -> &str {
    let text = website.split_whitespace().next().unwrap_or_default();
    let text = text
        .split_once("://")
        .map_or(text, |(_, rest)| rest)
        .trim_start_matches('/');
    let text = text.split(['/', '?', '#', ',', ';']).next().unwrap_or_default();
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    text.split(':').next().unwrap_or_default()
}

/// Domains that tell nothing of an organisation.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    own: HashSet<String>,
}

impl Shared {
    /// The list of the program, with the domains that the user adds.
    pub fn with(added: &[String]) -> Self {
        let own = added
            .iter()
            .map(|domain| host(domain).trim_start_matches("www.").to_lowercase());
        Self { own: own.collect() }
    }

    /// Tells whether a registered domain tells nothing of an organisation.
    pub fn has(&self, domain: &str) -> bool {
        static KNOWN: OnceLock<HashSet<&str>> = OnceLock::new();
        let known = KNOWN.get_or_init(|| {
            let lines = TABLE.lines().map(str::trim);
            lines
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .collect()
        });
        let (first, suffix) = domain.split_once('.').unwrap_or((domain, ""));
        let listed = |domain: &str| known.contains(domain) || self.own.contains(domain);
        listed(domain) || listed(suffix) || EVERYWHERE.contains(&first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(website: &str, expected: &str) {
        assert_eq!(
            registered(host(website)).unwrap_or_default(),
            expected,
            "{website}"
        );
    }

    #[test]
    fn a_website_has_one_registered_domain() {
        for website in [
            "acme.com",
            "www.acme.com",
            "https://www.ACME.com/about?x=1",
            "http://shop.acme.com:8080",
            "//acme.com.",
            "http://user:word@acme.com/",
            "acme.com, other.com",
        ] {
            check(website, "acme.com");
        }
        check("https://shop.acme.co.uk", "acme.co.uk");
        check("acme.com.au", "acme.com.au");
    }

    #[test]
    fn what_is_no_domain_is_none() {
        for website in [
            "",
            "n/a",
            "localhost",
            "co.uk",
            "192.168.0.1",
            "mail.acme.local",
            "..",
            "http://",
        ] {
            check(website, "");
        }
    }

    #[test]
    fn domains_of_everybody_are_known() {
        let shared = Shared::with(&["www.Fair-Guests.com".to_owned()]);
        for domain in [
            "gmail.com",
            "yahoo.fr",
            "hotmail.co.uk",
            "gmx.de",
            "t-online.de",
            "qq.com",
            "mail.ru",
            "comcast.net",
            "facebook.com",
            "linkedin.com",
            "acme.wixsite.com",
            "acme.github.io",
            "wixsite.com",
            "fair-guests.com",
        ] {
            assert!(shared.has(domain), "{domain}");
        }
        for domain in ["acme.com", "dickenson-consulting.com", "bahn.de"] {
            assert!(!shared.has(domain), "{domain}");
        }
    }

    #[test]
    fn the_list_is_long_and_every_line_is_a_domain() {
        let lines: Vec<&str> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .collect();
        assert!(lines.len() > 250, "{}", lines.len());
        assert!(
            lines
                .iter()
                .all(|line| line.contains('.') && *line == line.trim().to_lowercase())
        );
    }
}
