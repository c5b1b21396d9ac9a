//! The people of an application: the lead, the contact, the legal
//! representative, the signer; by full name, and by surname or given name with
//! a title.

use crate::domain::application::Application;
use crate::domain::leak::LeakKind;

use super::words::{all_han, is_ordinary, surname};
use super::{Gathered, How, texts};

/// Fields that hold a person.
const FIELDS: [(&str, LeakKind); 6] = [
    ("lead.name", LeakKind::Lead),
    ("cover.lead_name", LeakKind::Lead),
    ("contact.name", LeakKind::Contact),
    ("cover.contact_name", LeakKind::Contact),
    ("unit.legal_rep", LeakKind::LegalRep),
    ("pledge.signer", LeakKind::Person),
];

/// Titles a surname is said with.
const SAID_WITH: [&str; 21] = [
    "教授",
    "副教授",
    "老师",
    "校长",
    "副校长",
    "院长",
    "副院长",
    "所长",
    "副所长",
    "书记",
    "副书记",
    "处长",
    "副处长",
    "主任",
    "副主任",
    "部长",
    "院士",
    "研究员",
    "博士",
    "高工",
    "同志",
];

pub(super) fn gather(application: &Application, out: &mut Gathered) {
    for (id, kind) in FIELDS {
        for text in texts(application, id) {
            for name in text.split(['、', '，', ',', '；', ';', '/', '\n']) {
                person(&name.replace([' ', '\u{3000}'], ""), kind, out);
            }
        }
    }
}

fn person(name: &str, kind: LeakKind, out: &mut Gathered) {
    let name: String = name.split(['（', '(']).next().unwrap_or_default().to_owned();
    let length = name.chars().count();
    if !all_han(&name) {
        // A name in Latin letters, or with a dot in it.
        if length >= 5 {
            out.add(&name, kind, How::Anywhere, true);
        }
        return;
    }
    if !(2..=6).contains(&length) {
        return;
    }
    let ordinary = length == 2 && is_ordinary(&name);
    out.add(&name, kind, if ordinary { How::Titled } else { How::Anywhere }, !ordinary);
    let Some((long, doubtful)) = surname(&name).filter(|(long, _)| *long < length) else { return };
    let (family, given): (String, String) = (name.chars().take(long).collect(), name.chars().skip(long).collect());
    for title in SAID_WITH {
        if !doubtful {
            out.add(&format!("{family}{title}"), kind, How::Anywhere, false);
        }
        if given.chars().count() >= 2 {
            out.add(&format!("{given}{title}"), kind, How::Anywhere, true);
        }
    }
}
