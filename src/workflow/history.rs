//! The log told (日志): a sentence an act, with codes and never a name. What is
//! told is the log as it was opened, its chain and signatures checked.

use crate::base::clock::{Timestamp, Zone};
use crate::base::lang::{History as Words, fill};
use crate::base::{Digest, ExpertCode, Lang, Limits, PacketCode, Problem, Result};
use crate::domain::amendment::Change;
use crate::domain::leak::Decision as LeakDecision;
use crate::domain::round::{Admission, Decision, Event, Received, Round as State};
use crate::domain::sheet::Source;
use crate::formats;
use crate::store::{EventLog, Purpose};

use super::Round;
use super::round::{DESK, SECRETARY};

/// An event, told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// Its hash; 存证码 is its short form.
    pub head: Digest,
    /// When.
    pub at: Timestamp,
    /// In whose name.
    pub actor: String,
    /// The event's kind, as the log has it.
    pub kind: String,
    /// What happened, in a word.
    pub act: &'static str,
    /// Experts it concerns.
    pub experts: Vec<ExpertCode>,
    /// Packets it concerns.
    pub packets: Vec<PacketCode>,
    /// The sentence.
    pub text: String,
}

/// What is wanted of it.
#[derive(Debug, Clone, Default)]
pub struct Wish<'a> {
    /// Only what concerns this packet.
    pub packet: Option<&'a str>,
    /// Only what concerns this expert.
    pub expert: Option<&'a str>,
    /// Only this act: the kind, or its word in either language.
    pub act: Option<&'a str>,
}

/// A kind of event, with its word.
type Act = (&'static str, fn(&Words) -> &'static str);

/// Every kind of event, with its words.
const ACTS: [Act; 26] = [
    ("created", |t| t.act_created),
    ("file_kept", |t| t.act_file_kept),
    ("spare_confirmed", |t| t.act_spare_confirmed),
    ("spare_used", |t| t.act_spare_used),
    ("register_opened", |t| t.act_register_opened),
    ("key_admitted", |t| t.act_key_admitted),
    ("application_received", |t| t.act_application_received),
    ("application_confirmed", |t| t.act_application_confirmed),
    ("application_withdrawn", |t| t.act_application_withdrawn),
    ("packet_added", |t| t.act_packet_added),
    ("codes_drawn", |t| t.act_codes_drawn),
    ("packet_rebuilt", |t| t.act_packet_rebuilt),
    ("leak_decided", |t| t.act_leak_decided),
    ("panel_set", |t| t.act_panel_set),
    ("declared", |t| t.act_declared),
    ("assigned", |t| t.act_assigned),
    ("issued", |t| t.act_issued),
    ("sheet_listed", |t| t.act_sheet_listed),
    ("kept_sealed", |t| t.act_kept_sealed),
    ("opening", |t| t.act_opening),
    ("sheet_received", |t| t.act_sheet_received),
    ("sheet_refused", |t| t.act_sheet_refused),
    ("sheet_decided", |t| t.act_sheet_decided),
    ("amended", |t| t.act_amended),
    ("sheet_reviewed", |t| t.act_sheet_reviewed),
    ("exported", |t| t.act_exported),
];

/// Who did it, in a word.
#[must_use]
pub fn who(lang: Lang, actor: &str) -> String {
    let t = &lang.texts().history;
    match actor {
        SECRETARY => t.who_secretary.to_owned(),
        DESK => t.who_desk.to_owned(),
        other => other.to_owned(),
    }
}

/// An event on one line: when, who, what.
#[must_use]
pub fn line(lang: Lang, entry: &Entry, zone: &Zone) -> String {
    format!("{} {} {}", entry.at.date_and_minute(zone), who(lang, &entry.actor), entry.text)
}

/// Tells the log.
///
/// # Errors
/// A code or act that the round does not have; a log that can't be read.
pub fn history(round: &Round, lang: Lang, wish: &Wish<'_>) -> Result<Vec<Entry>> {
    let packet = wish.packet.map(|text| packet(round, text)).transpose()?;
    let expert = wish.expert.map(|text| expert(round, text)).transpose()?;
    let kind = wish.act.map(act).transpose()?;
    let (_, events) = EventLog::open(&Round::log_path(round.dir()), Purpose::Round, false)?;
    let mut state = State::default();
    let mut entries = Vec::new();
    for stored in events {
        let event = formats::event::decode_event(&stored.body, &Limits::STANDARD)?;
        state.apply(&event, stored.hash, &stored.time);
        let told = Telling { lang, state: &state, round };
        let (experts, packets) = told.concerns(&event);
        let wanted = kind.is_none_or(|kind| kind == stored.kind)
            && packet.as_ref().is_none_or(|packet| packets.contains(packet))
            && expert.as_ref().is_none_or(|expert| experts.contains(expert));
        if wanted {
            let act = ACTS.iter().find(|(known, _)| *known == stored.kind).map_or("", |(_, act)| act(told.words()));
            entries.push(Entry {
                seq: stored.seq,
                head: stored.hash,
                at: stored.time,
                actor: stored.actor,
                kind: stored.kind,
                act,
                experts,
                packets,
                text: told.sentence(&event),
            });
        }
    }
    Ok(entries)
}

fn packet(round: &Round, text: &str) -> Result<PacketCode> {
    let known = &round.state().packets;
    PacketCode::parse(text).filter(|code| known.contains_key(code)).ok_or_else(|| {
        let known = known.keys().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        Problem::UnknownPacket { code: text.to_owned(), known }.into()
    })
}

fn expert(round: &Round, text: &str) -> Result<ExpertCode> {
    let seats = || round.state().panel.iter().flat_map(|(_, seats)| seats);
    ExpertCode::parse(text).filter(|code| seats().any(|seat| seat.expert == *code)).ok_or_else(|| {
        let known = seats().map(|seat| seat.expert.to_string()).collect::<Vec<_>>().join(" ");
        Problem::UnknownExpert { code: text.to_owned(), known }.into()
    })
}

fn act(text: &str) -> Result<&'static str> {
    let fits = |(kind, act): &&Act| {
        *kind == text || [Lang::Zh, Lang::En].iter().any(|lang| act(&lang.texts().history) == text)
    };
    ACTS.iter().find(fits).map(|(kind, _)| *kind).ok_or_else(|| {
        let choices = ACTS.map(|(kind, _)| kind).join(" ");
        Problem::BadChoice { text: text.to_owned(), choices }.into()
    })
}

/// What sentences are told with: the fold after the event.
struct Telling<'a> {
    lang: Lang,
    state: &'a State,
    round: &'a Round,
}

impl Telling<'_> {
    const fn words(&self) -> &'static Words {
        &self.lang.texts().history
    }

    fn comma(&self, parts: &[String]) -> String {
        parts.join(self.lang.pick("、", ", "))
    }

    fn sheet(&self, digest: &Digest) -> Option<&Received> {
        self.state.sheet(digest)
    }

    /// Whom and what an event concerns.
    fn concerns(&self, event: &Event) -> (Vec<ExpertCode>, Vec<PacketCode>) {
        let part = |expert: &ExpertCode| {
            let part = self.state.part(expert);
            part.map(|part| part.codes.clone()).unwrap_or_default()
        };
        match event {
            Event::PacketAdded { code, .. } | Event::PacketRebuilt { code, .. } | Event::LeakDecided { code, .. } => {
                (Vec::new(), vec![code.clone()])
            }
            Event::CodesDrawn { codes } => (Vec::new(), codes.clone()),
            Event::PanelSet { experts, .. } => {
                let recused = experts.iter().flat_map(|seat| &seat.recuse).map(|recusal| recusal.code.clone());
                (experts.iter().map(|seat| seat.expert.clone()).collect(), recused.collect())
            }
            Event::Assigned { parts, .. } => {
                let mut codes: Vec<PacketCode> = parts.iter().flat_map(|part| part.codes.clone()).collect();
                codes.sort();
                codes.dedup();
                (parts.iter().map(|part| part.expert.clone()).collect(), codes)
            }
            Event::Declared { expert, recuse } => {
                (vec![expert.clone()], recuse.iter().map(|recusal| recusal.code.clone()).collect())
            }
            Event::Issued { expert, .. } => (vec![expert.clone()], part(expert)),
            Event::KeyAdmitted { expert, .. } => (vec![expert.clone()], Vec::new()),
            Event::Opening { missing, .. } => {
                (missing.iter().map(|missing| missing.expert.clone()).collect(), Vec::new())
            }
            Event::SheetReceived { digest, .. }
            | Event::SheetDecided { digest, .. }
            | Event::SheetReviewed { digest, .. } => self.of_sheet(digest),
            Event::Amended { amendment, .. } => changed(&amendment.change),
            Event::SheetListed { digest, .. } => {
                // The round knows by now whose it was, where it was opened.
                let later = self.round.state().sheets.iter().find(|sheet| sheet.file == *digest);
                (later.map(|sheet| sheet.expert.clone()).into_iter().collect(), Vec::new())
            }
            _ => (Vec::new(), Vec::new()),
        }
    }

    fn of_sheet(&self, digest: &Digest) -> (Vec<ExpertCode>, Vec<PacketCode>) {
        let expert = self.sheet(digest).map(|sheet| sheet.expert.clone());
        let codes = self.round.sheet(digest).map(|sheet| {
            let scored = sheet.packets.into_iter().map(|packet| packet.code);
            let unscored = sheet.unscored.into_iter().map(|unscored| unscored.code);
            scored.chain(unscored).chain(sheet.recusals.into_iter().map(|recusal| recusal.code)).collect()
        });
        (expert.into_iter().collect(), codes.unwrap_or_default())
    }

    fn sentence(&self, event: &Event) -> String {
        let t = self.words();
        match event {
            Event::Created { template_id, template_version, quota, demo, supervisor, .. } => {
                let quota = quota.map_or_else(|| t.quota_none.to_owned(), |quota| quota.to_string());
                let practice = if *demo { t.created_practice } else { "" };
                let supervised = if supervisor.is_some() { t.created_supervised } else { "" };
                format!("{}{supervised}{practice}", fill(t.created, &[template_id, template_version, &quota]))
            }
            Event::FileKept { file, why, .. } => fill(t.file_kept, &[file, &why_in_words(t, why)]),
            Event::SpareConfirmed => t.spare_confirmed.to_owned(),
            Event::SpareUsed { whose, reason } => fill(t.spare_used, &[whose, reason]),
            Event::RegisterOpened { why } => fill(t.register_opened, &[&why_in_words(t, why)]),
            Event::KeyAdmitted { expert, keys, how } => {
                let sealing = &self.lang.texts().sealing;
                let how = match how {
                    Admission::Enrolled => sealing.how_enrolled,
                    Admission::Compared => sealing.how_compared,
                    Admission::Practice => sealing.how_practice,
                };
                fill(t.key_admitted, &[expert, &how, &keys.check_code()])
            }
            Event::ApplicationReceived { no, version, files, .. } => {
                fill(t.application_received, &[no, version, &files.len()])
            }
            Event::ApplicationConfirmed { no, version, how } => fill(t.application_confirmed, &[no, version, how]),
            Event::ApplicationWithdrawn { no, reason, .. } => fill(t.application_withdrawn, &[no, reason]),
            Event::PacketAdded { code, .. } => fill(t.packet_added, &[code]),
            Event::CodesDrawn { codes } => {
                let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
                fill(t.codes_drawn, &[&codes.len(), &self.comma(&codes)])
            }
            Event::PacketRebuilt { code, .. } => fill(t.packet_rebuilt, &[code]),
            Event::LeakDecided { code, number, decision, reason } => {
                let decision = match decision {
                    Some(LeakDecision::Mask) => t.leak_mask,
                    Some(LeakDecision::Release) => t.leak_release,
                    Some(LeakDecision::MaskEverywhere) => t.leak_mask_everywhere,
                    Some(LeakDecision::Alias) => t.leak_alias,
                    None => t.leak_cleared,
                };
                let text = fill(t.leak_decided, &[code, number, &decision]);
                if reason.is_empty() { text } else { text + &fill(t.leak_reason, &[reason]) }
            }
            Event::PanelSet { experts, .. } => {
                let codes: Vec<String> = experts.iter().map(|seat| seat.expert.to_string()).collect();
                let recused: Vec<String> = experts
                    .iter()
                    .flat_map(|seat| seat.recuse.iter().map(|recusal| format!("{} {}", seat.expert, recusal.code)))
                    .collect();
                let text = fill(t.panel_set, &[&experts.len(), &self.comma(&codes)]);
                if recused.is_empty() { text } else { text + &fill(t.panel_recused, &[&self.comma(&recused)]) }
            }
            Event::Declared { expert, recuse } if recuse.is_empty() => fill(t.declared_none, &[expert]),
            Event::Declared { expert, recuse } => {
                let codes: Vec<String> = recuse.iter().map(|recusal| recusal.code.to_string()).collect();
                fill(t.declared, &[expert, &self.comma(&codes)])
            }
            Event::Assigned { parts, rule } => {
                let parts: Vec<String> =
                    parts.iter().map(|part| fill(t.assigned_part, &[&part.expert, &part.codes.len()])).collect();
                let rule = rule.as_ref().map(|rule| fill(t.assigned_rule, &[&rule.words(self.lang)]));
                fill(t.assigned, &[&self.comma(&parts)]) + &rule.unwrap_or_default()
            }
            Event::Issued { expert, number, .. } => {
                let packets = self.state.part(expert).map_or(0, |part| part.codes.len());
                fill(t.issued, &[expert, number, &packets])
            }
            Event::KeptSealed => t.kept_sealed.to_owned(),
            Event::Opening { files, missing } => {
                let missing: Vec<String> =
                    missing.iter().map(|missing| fill(t.missing, &[&missing.expert, &missing.reason])).collect();
                let mut said = Vec::new();
                if !files.is_empty() {
                    said.push(fill(t.opening, &[&files.len()]));
                }
                if !missing.is_empty() {
                    said.push(fill(t.opening_missing, &[&self.comma(&missing)]));
                }
                said.join(self.lang.pick("；", "; "))
            }
            Event::Amended { amendment, .. } => {
                fill(t.amended, &[&amendment.number, &self.change(&amendment.change), &amendment.reason])
            }
            Event::Exported { what, file, .. } => match file {
                Some(file) => fill(t.exported, &[file]),
                None => fill(t.exported_elsewhere, &[what]),
            },
            sheet => self.sheet_sentence(sheet),
        }
    }

    fn sheet_sentence(&self, event: &Event) -> String {
        let t = self.words();
        let whose = |digest: &Digest| self.sheet(digest).map(|sheet| sheet.expert.to_string()).unwrap_or_default();
        match event {
            Event::SheetListed { digest, file, late } => {
                let late = late.as_ref().map(|why| fill(t.sheet_late, &[why])).unwrap_or_default();
                fill(t.sheet_listed, &[file, &digest.short()]) + &late
            }
            Event::SheetReceived { digest, expert, revision, replaces, source, packets, unscored, .. } => {
                let mut text = fill(t.sheet_received, &[expert, revision, packets, &digest.receipt()]);
                if *unscored > 0 {
                    text += &fill(t.sheet_unscored, &[unscored]);
                }
                if *source == Source::Spreadsheet {
                    text += t.sheet_spreadsheet;
                }
                if let Some(replaced) = replaces {
                    text += &fill(t.sheet_replaces, &[&replaced.receipt()]);
                }
                text
            }
            Event::SheetRefused { digest, why } => {
                let listed = self.state.listed.iter().find(|listed| listed.digest == *digest);
                let file = listed.map_or_else(|| digest.short(), |listed| listed.file.clone());
                fill(t.sheet_refused, &[&file, &why_in_words(t, why)])
            }
            Event::SheetDecided { digest, decision, reason } => {
                let text = match decision {
                    Decision::Count => t.decided_count,
                    Decision::Void => t.decided_void,
                };
                fill(text, &[&whose(digest), &digest.receipt(), reason])
            }
            Event::SheetReviewed { digest, amendment, stands, reason } => {
                let text = if *stands { t.reviewed_stands } else { t.reviewed_asked };
                fill(text, &[amendment, &whose(digest), &digest.receipt(), reason])
            }
            _ => String::new(),
        }
    }

    fn change(&self, change: &Change) -> String {
        let t = self.words();
        match change {
            Change::PacketWithdrawn { code } => fill(t.change_withdrawn, &[code]),
            Change::PacketCorrected { code, criteria, .. } => {
                let criteria: Vec<String> = criteria.iter().map(ToString::to_string).collect();
                fill(t.change_corrected, &[code, &self.comma(&criteria)])
            }
            Change::ExpertAdded { part } => fill(t.change_added, &[&part.expert]),
            Change::ExpertReplaced { expert, part } => fill(t.change_replaced, &[expert, &part.expert]),
            Change::Erratum { criterion, text } => fill(t.change_erratum, &[criterion, text]),
            Change::CriterionVoid { criterion } => fill(t.change_void, &[criterion]),
            Change::QuotaChanged { to, .. } => fill(t.change_quota, &[to]),
        }
    }
}

/// A reason as the log has it, in words where it is one of ours.
fn why_in_words<'a>(t: &Words, why: &'a str) -> &'a str {
    match why {
        "new" => t.why_new,
        "intake" => t.why_intake,
        "check" => t.why_check,
        "declarations" => t.why_declarations,
        "panel" => t.why_panel,
        "slips" => t.why_slips,
        "issue" => t.why_issue,
        "blind" => t.why_blind,
        "publish" => t.why_publish,
        "sign-in" => t.why_sign_in,
        "passphrase" => t.why_passphrase,
        "BadData" => t.why_bad_data,
        "NotPermitted" => t.why_not_permitted,
        other => other,
    }
}

fn changed(change: &Change) -> (Vec<ExpertCode>, Vec<PacketCode>) {
    match change {
        Change::PacketWithdrawn { code } | Change::PacketCorrected { code, .. } => (Vec::new(), vec![code.clone()]),
        Change::ExpertAdded { part } => (vec![part.expert.clone()], part.codes.clone()),
        Change::ExpertReplaced { expert, part } => (vec![expert.clone(), part.expert.clone()], part.codes.clone()),
        Change::Erratum { .. } | Change::CriterionVoid { .. } | Change::QuotaChanged { .. } => (Vec::new(), Vec::new()),
    }
}

/// Rows for a spreadsheet: UTF-8 with a mark, no cell that starts a formula.
#[must_use]
pub fn csv(lang: Lang, entries: &[Entry], zone: &Zone) -> Vec<u8> {
    let t = &lang.texts().history;
    let header = [
        t.column_seq,
        t.column_time,
        t.column_who,
        t.column_act,
        t.column_experts,
        t.column_packets,
        t.column_what,
        t.column_head,
    ];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    let codes = |codes: Vec<String>| codes.join(" ");
    table.extend(entries.iter().map(|entry| {
        vec![
            entry.seq.to_string(),
            entry.at.date_and_minute(zone),
            who(lang, &entry.actor),
            entry.act.to_owned(),
            codes(entry.experts.iter().map(ToString::to_string).collect()),
            codes(entry.packets.iter().map(ToString::to_string).collect()),
            entry.text.clone(),
            entry.head.receipt(),
        ]
    }));
    formats::export::csv_bytes(&table)
}
