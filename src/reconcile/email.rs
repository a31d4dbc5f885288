//! E-mail addresses: one spelling for each mailbox, and whom a mailbox names.

use std::borrow::Cow;

/// Whom an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mailbox {
    /// A person.
    Personal,
    /// An organisation: `info@`, `sales@`.
    Role,
    /// Nobody: `noreply@`.
    Nobody,
}

/// An address as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Email<'a> {
    /// Lower case, without what its provider ignores.
    pub address: Cow<'a, str>,
}

impl Email<'_> {
    /// What stands before the `@` and before a plus.
    fn local(&self) -> &str {
        let local = self.address.split('@').next().unwrap_or_default();
        local.split('+').next().unwrap_or_default()
    }

    /// Tells whether it names nobody.
    pub fn is_nobody(&self) -> bool {
        NOBODY.contains(&self.local())
    }

    /// Whom it names.
    pub fn mailbox(&self) -> Mailbox {
        if self.is_nobody() {
            Mailbox::Nobody
        } else if ROLES.contains(&self.local()) {
            Mailbox::Role
        } else {
            Mailbox::Personal
        }
    }

    /// What follows the `@`.
    pub fn host(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

/// Providers that ignore dots in the local part, and what follows a plus.
const NO_DOTS: &[&str] = &["gmail.com", "googlemail.com"];

/// Providers that ignore what follows a plus.
#[rustfmt::skip]
const NO_PLUS: &[&str] = &[
    "outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "outlook.fr", "outlook.es",
    "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.it", "live.co.uk", "live.nl", "fastmail.com",
    "fastmail.fm", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "protonmail.ch",
    "pm.me", "zoho.com", "zohomail.com", "runbox.com", "mailfence.com", "tutanota.com", "posteo.de",
    "mailbox.org", "yandex.com", "yandex.ru",
];

/// Local parts that name an organisation, in many languages.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "accounting", "accounts", "admin", "administracion", "administration", "administrator", "anfrage",
    "accueil", "ap", "ar", "atencion", "bestellung", "billing", "booking", "bookings", "buchhaltung",
    "buero", "büro", "careers", "comercial", "commercial", "compras", "comptabilite", "contact", "contacto",
    "contact-us", "contactus", "contato", "customerservice", "customer.service", "customercare",
    "direction", "einkauf", "email", "empfang", "enquiries", "enquiry", "export", "facturation", "feedback",
    "finance", "frontdesk", "general", "hello", "help", "helpdesk", "hi", "hola", "hr", "info",
    "information", "infos", "informacion", "inquiries", "inquiry", "it", "jobs", "kontakt", "kundenservice",
    "legal", "mail", "mailbox", "main", "management", "marketing", "media", "office", "operations", "order",
    "orders", "parts", "post", "postmaster", "praxis", "press", "presse", "procurement", "purchasing",
    "reception", "recepcion", "reservations", "rezeption", "sales", "secretaria", "secretariat",
    "sekretariat", "service", "services", "shop", "store", "support", "team", "vendas", "ventas", "verkauf",
    "vertrieb", "verwaltung", "vente", "ventes", "web", "webmaster", "welcome", "zentrale",
];

/// Local parts that name nobody.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply",
    "mailer-daemon", "bounce", "bounces", "noemail", "no-email", "nomail", "none", "na", "unknown", "test",
    "xxx",
];

/// The addresses in a cell: `"X" <a@b>`, `mailto:a@b`, several with `,`, `;` or blanks between.
pub(super) fn emails(cell: &str) -> impl Iterator<Item = Email<'_>> {
    let parts = cell.split(is_between);
    parts.filter(|part| part.contains('@')).filter_map(email)
}

fn is_between(letter: char) -> bool {
    matches!(letter, ',' | ';' | '|' | '<' | '>' | '(' | ')' | '[' | ']' | '"') || letter.is_whitespace()
}

fn email(text: &str) -> Option<Email<'_>> {
    let text = text.trim_matches(|letter: char| ".:'`".contains(letter));
    let text = match text.get(..7) {
        Some(start) if start.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    };
    let text = text.split('?').next().unwrap_or_default();
    let (local, host) = text.split_once('@')?;
    if local.is_empty() || host.len() < 3 || !host.contains('.') || host.contains('@') {
        return None;
    }
    let lower: Cow<'_, str> = if text.chars().any(char::is_uppercase) {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    let (local, host) = lower.split_once('@')?;
    let address = match canonical(local, host) {
        Some(address) => Cow::Owned(address),
        None => lower,
    };
    Some(Email { address })
}

/// The address without what its provider ignores; none where that is nothing.
fn canonical(local: &str, host: &str) -> Option<String> {
    let no_dots = NO_DOTS.contains(&host);
    if !no_dots && (!local.contains('+') || !NO_PLUS.contains(&host)) {
        return None;
    }
    let mut kept = local.split('+').next().unwrap_or_default().to_owned();
    if kept.is_empty() {
        return None;
    }
    let host = if no_dots {
        kept.retain(|letter| letter != '.');
        "gmail.com"
    } else {
        host
    };
    Some(format!("{kept}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &[&str]) {
        let found: Vec<String> = emails(cell).map(|email| email.address.into_owned()).collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn an_address_is_found_in_every_dress() {
        check("Ann@Example.COM", &["ann@example.com"]);
        check("\"Lee, Ann\" <ann@example.com>", &["ann@example.com"]);
        check("mailto:ann@example.com?subject=Hi", &["ann@example.com"]);
        check(
            "a@b.com; c@d.org, e@f.net g@h.de",
            &["a@b.com", "c@d.org", "e@f.net", "g@h.de"],
        );
        check("ann@example.com.", &["ann@example.com"]);
    }

    #[test]
    fn what_is_no_address_is_none() {
        for cell in ["", "n/a", "@", "a@", "@b.com", "a@b", "a@@b.com", "é@", "mailto:"] {
            check(cell, &[]);
        }
    }

    #[test]
    fn what_a_provider_ignores_is_ignored_there_alone() {
        check("a.nn+fair@googlemail.com", &["ann@gmail.com"]);
        check("ann.lee+fair@outlook.com", &["ann.lee@outlook.com"]);
        check("ann.lee+fair@acme.com", &["ann.lee+fair@acme.com"]);
        check("+@gmail.com", &["+@gmail.com"]);
    }

    #[test]
    fn a_mailbox_names_a_person_an_organisation_or_nobody() {
        let of = |cell: &str| emails(cell).map(|email| email.mailbox()).collect::<Vec<_>>();
        assert_eq!(of("ann@acme.com"), [Mailbox::Personal]);
        assert_eq!(of("Info@acme.com"), [Mailbox::Role]);
        assert_eq!(of("sales+eu@acme.com"), [Mailbox::Role]);
        assert_eq!(of("no-reply@acme.com"), [Mailbox::Nobody]);
    }
}
