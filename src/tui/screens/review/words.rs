//! Leaks in the words of the interface.

use crate::base::Lang;
use crate::base::lang::{Reviewing, Texts, fill};
use crate::base::problem::Refusal;
use crate::domain::form::Form;
use crate::domain::leak::{Decision, Item, LeakKind, Made};

/// What a kind is called, and why such a text is suspected.
#[must_use]
pub(super) const fn kind(t: &Reviewing, kind: LeakKind) -> (&'static str, &'static str) {
    use LeakKind as K;
    match kind {
        K::UnitName => (t.kind_unit_name, t.why_unit_name),
        K::Abbreviation => (t.kind_abbreviation, t.why_abbreviation),
        K::OtherApplicant => (t.kind_other_applicant, t.why_other_applicant),
        K::Lead => (t.kind_lead, t.why_lead),
        K::Contact => (t.kind_contact, t.why_contact),
        K::LegalRep => (t.kind_legal_rep, t.why_legal_rep),
        K::Person => (t.kind_person, t.why_person),
        K::Address => (t.kind_address, t.why_address),
        K::City => (t.kind_city, t.why_city),
        K::Place => (t.kind_place, t.why_place),
        K::Phone => (t.kind_phone, t.why_phone),
        K::Email => (t.kind_email, t.why_email),
        K::Url => (t.kind_url, t.why_url),
        K::Wechat => (t.kind_wechat, t.why_wechat),
        K::CreditCode => (t.kind_credit_code, t.why_credit_code),
        K::IdCard => (t.kind_id_card, t.why_id_card),
        K::PatentNo => (t.kind_patent_no, t.why_patent_no),
        K::DocNo => (t.kind_doc_no, t.why_doc_no),
        K::PostCode => (t.kind_post_code, t.why_post_code),
        K::Bank => (t.kind_bank, t.why_bank),
        K::Organisation => (t.kind_organisation, t.why_organisation),
        K::Platform => (t.kind_platform, t.why_platform),
        K::Honour => (t.kind_honour, t.why_honour),
        K::Anniversary => (t.kind_anniversary, t.why_anniversary),
        K::UniqueFigure => (t.kind_unique_figure, t.why_unique_figure),
    }
}

/// What a suspicion rests on.
#[must_use]
pub(super) const fn basis(t: &Reviewing, item: &Item) -> &'static str {
    use LeakKind as K;
    match item.leak.kind {
        _ if !item.leak.certain => t.by_form,
        K::CreditCode | K::IdCard | K::PatentNo | K::Bank => t.by_check_digit,
        _ => t.by_register,
    }
}

/// Whether a text of this kind can be a name of the applicant, or have one in it.
#[must_use]
pub(super) const fn may_name_unit(kind: LeakKind) -> bool {
    use LeakKind as K;
    matches!(
        kind,
        K::UnitName | K::Abbreviation | K::Organisation | K::Platform | K::Email | K::Url | K::Wechat | K::DocNo
    )
}

/// What stands in the place of a text that was decided so; nothing where it stays.
#[must_use]
pub(super) fn label(kind: LeakKind, made: Option<&Made>) -> Option<&'static str> {
    match made {
        Some((Decision::Release, _)) => None,
        Some((Decision::Alias, _)) => Some(LeakKind::UnitName.label()),
        Some((Decision::Mask | Decision::MaskEverywhere, _)) | None => Some(kind.label()),
    }
}

/// A decision.
#[must_use]
pub(super) fn made(t: &Reviewing, made: Option<&Made>) -> String {
    match made {
        None => t.made_none.to_owned(),
        Some((Decision::Mask, _)) => t.made_mask.to_owned(),
        Some((Decision::MaskEverywhere, _)) => t.made_all.to_owned(),
        Some((Decision::Release, why)) => fill(t.made_release, &[why]),
        Some((Decision::Alias, alias)) => fill(t.made_alias, &[alias]),
    }
}

/// A field by its label: `mgmt.rules[].title[2]` is the third row of that column.
#[must_use]
pub(super) fn field(texts: &Texts, form: Option<&Form>, id: &str) -> String {
    let find = |id: &str| form.and_then(|form| form.field(id)).map(|field| texts.lang.pick(&field.zh, &field.en));
    let named = |label: &str, id: &str| if label.is_empty() { id.to_owned() } else { label.to_owned() };
    if let Some(label) = find(id) {
        return named(label, id);
    }
    let row = id.strip_suffix(']').and_then(|id| id.rsplit_once('[')).filter(|(_, row)| !row.is_empty());
    match row {
        Some((column, row)) => {
            let label = find(column).or_else(|| find(&format!("{column}[]"))).unwrap_or_default();
            let row = row.parse::<usize>().map_or_else(|_| row.to_owned(), |at| at.saturating_add(1).to_string());
            format!("{} {}", named(label, column), fill(texts.reviewing.row, &[&row]))
        }
        None => id.to_owned(),
    }
}

/// Why something was not saved.
#[must_use]
pub(super) fn trouble(lang: Lang, refusal: &Refusal) -> String {
    let said = refusal.faults().map(|fault| {
        let said = crate::base::lang::problem(lang, fault);
        format!("{} {}", said.what, said.mend.unwrap_or_default()).trim().to_owned()
    });
    said.collect::<Vec<_>>().join(" ")
}

/// A text in quotation marks.
#[must_use]
pub(super) fn quoted(t: &Reviewing, text: &str) -> String {
    format!("{}{text}{}", t.open_quote, t.close_quote)
}
