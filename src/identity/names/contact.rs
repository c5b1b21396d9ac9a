//! How an applicant is reached: telephones in every way of writing them, mail,
//! site and the label of their domain, which is most often the English short
//! name; credit code and post code.

use crate::domain::application::Application;
use crate::domain::leak::LeakKind;

use super::super::view::{Without, spelled};
use super::{Gathered, How, texts};

/// Fields that hold a telephone or fax number.
const PHONES: [&str; 9] = [
    "cover.lead_phone",
    "cover.contact_phone",
    "unit.tel",
    "unit.fax",
    "lead.tel",
    "lead.mobile",
    "contact.tel",
    "contact.mobile",
    "contact.fax",
];

/// Domains that anybody's mail is at.
const PUBLIC_MAIL: [&str; 20] = [
    "QQ", "VIP", "163", "126", "YEAH", "SINA", "SOHU", "GMAIL", "OUTLOOK", "HOTMAIL", "FOXMAIL", "ALIYUN", "139",
    "189", "WO", "21CN", "LIVE", "MSN", "ICLOUD", "TOM",
];

/// Parts of a domain that name nobody.
const DOMAIN_PARTS: [&str; 18] = [
    "WWW", "MAIL", "EDU", "AC", "COM", "CN", "ORG", "GOV", "NET", "EXAMPLE", "INFO", "HTTP", "HTTPS", "IP", "TEST",
    "INVALID", "KJC", "KYC",
];

/// Letters everybody writes; no domain's label is looked for that is one of them.
const USUAL_LETTERS: [&str; 24] = [
    "PCT", "IPC", "ISO", "API", "APP", "KPI", "VIP", "CEO", "ERP", "SCI", "PPP", "LED", "DNA", "RNA", "GPS", "CAD",
    "PDF", "USB", "WTO", "WIPO", "CNIPA", "TRIZ", "FTO", "SEP",
];

pub(super) fn gather(application: &Application, out: &mut Gathered) {
    for id in PHONES {
        for text in texts(application, id) {
            for number in text.split(['、', '，', ',', '；', ';', '/', '\n', '或']) {
                phone(number, out);
            }
        }
    }
    for text in texts(application, "contact.email").iter().chain(&texts(application, "unit.url")) {
        mail_or_site(text, out);
    }
    for code in texts(application, "unit.uscc") {
        out.add(&code, LeakKind::CreditCode, How::Number, true);
        let inner: String = spelled(&code, Without::Signs).chars().skip(8).take(9).collect();
        out.add(&inner, LeakKind::CreditCode, How::Digits, true);
    }
    for code in texts(application, "contact.postcode") {
        out.add(&code, LeakKind::PostCode, How::Digits, false);
    }
}

fn phone(text: &str, out: &mut Gathered) {
    let base = text.split(['转', '#']).next().unwrap_or_default();
    let all: String = spelled(base, Without::Signs).chars().filter(char::is_ascii_digit).collect();
    let digits = all.strip_prefix("0086").unwrap_or(&all);
    let digits = if digits.len() == 13 { digits.strip_prefix("86").unwrap_or(digits) } else { digits };
    let length = digits.len();
    if length >= 10 {
        out.add(digits, LeakKind::Phone, How::Number, true);
    }
    // A landline without its area code.
    let area = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let local = if digits.starts_with('0') && length >= 10 { digits.get(area..) } else { Some(digits) };
    if let Some(local) = local.filter(|local| (7..=8).contains(&local.len())) {
        out.add(local, LeakKind::Phone, How::Digits, true);
    }
}

fn mail_or_site(text: &str, out: &mut Gathered) {
    let folded = spelled(text, Without::Blanks);
    let text = folded.trim_start_matches("HTTPS://").trim_start_matches("HTTP://").trim_end_matches('/');
    let (local, domain) = match text.split_once('@') {
        Some((local, domain)) => (Some(local), domain),
        None => (None, text),
    };
    let labels: Vec<&str> = domain.split(['.', '/', ':']).collect();
    if local.is_some() && text.chars().count() >= 6 {
        out.add(text, LeakKind::Email, How::Anywhere, true);
    }
    if labels.iter().any(|label| PUBLIC_MAIL.contains(label)) {
        if let Some(local) = local.filter(|local| local.chars().count() >= 5) {
            out.add(local, LeakKind::Email, How::Word, true);
        }
        return;
    }
    if domain.contains('.') && domain.chars().count() >= 6 {
        out.add(domain, LeakKind::Url, How::Anywhere, true);
    }
    for label in labels.iter().filter(|label| !DOMAIN_PARTS.contains(label)) {
        let letters = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        if label.chars().count() >= 4 {
            out.add(label, LeakKind::Url, How::Word, true);
        }
        if (3..=12).contains(&letters.chars().count()) && !USUAL_LETTERS.contains(&letters) {
            out.add(letters, LeakKind::Abbreviation, How::Word, true);
        }
    }
}
