//! A demonstration (演示): a complete fictional round from `sample-data`, laid
//! out in a folder of its own: an expert half-way through, and a meeting with
//! every sheet in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::base::{Clock, ExpertCode, Limits, PacketCode, Problem, PublicKeys, Refusal, Result, Timestamp};
use crate::domain::desk::{Act, Desk};
use crate::domain::hand_in::check;
use crate::domain::sheet::Source;
use crate::formats::rows::{self, MarkRow};
use crate::seal::Secret;
use crate::store;

use super::hand_in::{Revision, build};
use super::round::keys::Hold;
use super::{Round, Sitting, assign, collect, hand_in, issue, new, packets, panel};

/// The template of the demonstration.
const TEMPLATE: &str = "ln-pilot-selection";
/// Its quota.
const QUOTA: u32 = 6;
/// Whose screen is shown.
const EXPERT: &str = "E03";
/// Packets complete when the screen opens, and in a bundle made for measuring.
const COMPLETE: usize = 6;
const COMPLETE_MEASURED: usize = 3;
/// Marks given to the packet after those.
const STARTED: usize = 12;
/// Most packets made for measuring.
const MOST: usize = 9999;

macro_rules! samples {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("../../sample-data/packets/", $code, ".json")))),*]
    };
}
const PACKETS: [(&str, &str); 16] = samples!("A-01" "A-02" "A-03" "A-04" "A-05" "A-06" "A-07" "A-08" "A-09" "A-10" "A-11" "A-12" "A-13" "A-14" "A-15" "A-16");
const PANEL: &str = include_str!("../../sample-data/panel.csv");
const NAMES: &str = include_str!("../../sample-data/names.csv");
const MARKS: &str = include_str!("../../sample-data/marks.csv");

/// A demonstration, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The round the expert's bundle comes from.
    pub expert_dir: PathBuf,
    /// The round whose sheets are all in.
    pub meeting_dir: PathBuf,
    /// The expert's bundle.
    pub bundle: PathBuf,
    /// Whether it was there already and was left as it was.
    pub again: bool,
}

fn laid(dir: &Path, again: bool) -> Laid {
    let expert_dir = dir.join("expert");
    let bundle = expert_dir.join("outbox").join(format!("{EXPERT}.bundle"));
    Laid { bundle, meeting_dir: dir.join("meeting"), expert_dir, again }
}

/// Lays the demonstration out in `dir`, with `count` packets for the expert
/// where that is asked for. One that is there already is left as it was. It is
/// made under another name and renamed, so that a cut midway leaves none.
///
/// # Errors
/// A folder with something else in it, or one that can't be written.
pub fn lay_out(dir: &Path, count: Option<usize>, clock: &Clock) -> Result<Laid> {
    let name = dir.display().to_string();
    if let Some(there) = there(dir) {
        let same = count.is_none_or(|count| packets_in(&there.expert_dir, clock).is_ok_and(|known| known == count));
        return if same { Ok(there) } else { Err(Problem::NotEmpty { dir: name }.into()) };
    }
    let failed = |error: &std::io::Error| Refusal::writing(&name, error);
    let empty = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(failed(&error)),
    };
    let Some(last) = dir.file_name().filter(|_| empty) else {
        return Err(Problem::NotEmpty { dir: name }.into());
    };
    let mut part_name = last.to_os_string();
    part_name.push(format!(".part-{}", std::process::id()));
    let part = dir.with_file_name(part_name);
    let made = make(&part, count.unwrap_or(PACKETS.len()), clock).and_then(|()| {
        let _was_empty = fs::remove_dir(dir);
        fs::rename(&part, dir).map_err(|error| failed(&error))
    });
    if let Err(refusal) = made {
        let _gone = fs::remove_dir_all(&part);
        // Another window may have been quicker.
        return there(dir).ok_or(refusal);
    }
    Ok(laid(dir, false))
}

fn there(dir: &Path) -> Option<Laid> {
    let found = laid(dir, true);
    (Round::is_in(&found.expert_dir) && Round::is_in(&found.meeting_dir) && found.bundle.is_file()).then_some(found)
}

fn packets_in(dir: &Path, clock: &Clock) -> Result<usize> {
    Ok(Round::open(dir, false, clock.clone())?.state().packets.len())
}

fn make(dir: &Path, count: usize, clock: &Clock) -> Result<()> {
    if count == 0 || count > MOST {
        return Err(Problem::BadChoice { text: count.to_string(), choices: format!("1-{MOST}") }.into());
    }
    let marks = rows::marks(MARKS.as_bytes(), &Limits::STANDARD).map_err(|refusal| refusal.in_file("marks.csv"))?;
    let paths = laid(dir, false);
    lay_expert(&paths, count, &marks, clock)?;
    lay_meeting(&paths.meeting_dir, &marks, clock)?;
    // Who stands behind the codes is no file of the round's.
    store::write_durable(&dir.join("names.csv"), NAMES.as_bytes()).map(drop)
}

/// Packets for a round: the samples themselves, or as many as asked for under
/// other codes, each with the sample it repeats.
fn sample_packets(count: usize) -> Vec<(String, &'static str, String)> {
    if count == PACKETS.len() {
        return PACKETS.iter().map(|(code, text)| ((*code).to_owned(), *code, (*text).to_owned())).collect();
    }
    (1..=count)
        .zip(PACKETS.iter().cycle())
        .map(|(number, (sample, text))| {
            let code = format!("A-{number:04}");
            let text = text.replacen(&format!("\"{sample}\""), &format!("\"{code}\""), 1);
            (code, *sample, text)
        })
        .collect()
}

/// new → packets → panel → assign → issue.
fn lay_round(dir: &Path, count: usize, clock: &Clock) -> Result<Round> {
    let mut round = new::new(
        dir,
        &new::Wanted { template: TEMPLATE, quota: Some(QUOTA), hold: Hold::Practice, demo: true, supervisor: None },
        clock.clone(),
    )
    .map(|(round, _)| round)?;
    let files =
        sample_packets(count).into_iter().map(|(code, _, text)| (format!("{code}.json"), Ok(text.into_bytes())));
    for came in packets::add(&mut round, files)? {
        came.outcome?;
    }
    let mut experts =
        rows::panel(PANEL.as_bytes(), &Limits::STANDARD).map_err(|refusal| refusal.in_file("panel.csv"))?;
    if count != PACKETS.len() {
        // Recusals name the samples' own codes.
        for expert in &mut experts {
            expert.recuse.clear();
        }
    }
    panel::set(&mut round, experts, "panel.csv")?;
    assign::assign(&mut round)?;
    issue::issue(&mut round, None)?;
    Ok(round)
}

fn lay_expert(paths: &Laid, count: usize, marks: &[MarkRow], clock: &Clock) -> Result<()> {
    drop(lay_round(&paths.expert_dir, count, clock)?);
    let repeats: BTreeMap<String, &str> =
        sample_packets(count).into_iter().map(|(code, sample, _)| (code, sample)).collect();
    let complete = if count == PACKETS.len() { COMPLETE } else { COMPLETE_MEASURED };
    let mut sitting = Sitting::open(&paths.bundle, None, true, clock.clone())?;
    for (place, code) in sitting.codes().into_iter().enumerate().take(complete + 1) {
        let Some(sample) = repeats.get(code.as_str()) else { continue };
        let mut acts = acts(marks, sitting.expert(), sample, &code);
        if place == complete {
            acts = acts.into_iter().filter(|act| matches!(act, Act::Mark { .. })).take(STARTED).collect();
        }
        sitting.record_all(&acts)?;
    }
    Ok(())
}

fn lay_meeting(dir: &Path, marks: &[MarkRow], clock: &Clock) -> Result<()> {
    let mut round = lay_round(dir, PACKETS.len(), clock)?;
    let rubric = round.rubric().clone();
    let at = Timestamp::from_stored("");
    let mut files = Vec::new();
    for part in round.state().parts.clone() {
        let (digest, manifest) = round.manifest(&part.expert)?;
        let mut desk = Desk::default();
        for code in &part.codes {
            for act in acts(marks, &part.expert, code.as_str(), code) {
                desk.apply(&act, &at);
            }
        }
        let found = check(&rubric, &desk, &part.codes);
        let secret = Secret::random()?;
        let keys = secret.public();
        let sheet = build(&rubric, &manifest, digest, &desk, &found, Revision::FIRST, Source::Program, "演示", &keys)?;
        let sealed = hand_in::seal_for(&sheet.openers, &hand_in::sign(&sheet, &secret)?)?;
        let file = dir.join("inbox").join(format!("{}.sheet", part.expert));
        hand_in::write(&sealed, &file)?;
        files.push(file);
    }
    let mut nobody = |_: &ExpertCode, _: &PublicKeys| Ok(collect::Compared::NotYet);
    for collected in collect::collect(&mut round, &files, &collect::Wish::default(), &mut nobody)? {
        collected.outcome?;
    }
    Ok(())
}

/// What an expert gave to a sample, as acts on the packet that repeats it.
fn acts(marks: &[MarkRow], expert: &ExpertCode, sample: &str, code: &PacketCode) -> Vec<Act> {
    let mut acts = Vec::new();
    for row in marks.iter().filter(|row| row.expert == *expert && row.code.as_str() == sample) {
        let text = row.remark.clone();
        if let Some(criterion) = row.criterion.clone() {
            acts.push(Act::Mark { code: code.clone(), criterion: criterion.clone(), points: row.points });
            if !text.is_empty() {
                acts.push(Act::Remark { code: code.clone(), criterion, text });
            }
        } else {
            acts.push(Act::Vote { code: code.clone(), vote: row.vote });
            if !text.is_empty() {
                acts.push(Act::Opinion { code: code.clone(), text });
            }
        }
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_laid_out_once_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("demo");
        let first = lay_out(&dir, None, &Clock::System).unwrap();
        assert!(!first.again);
        let sitting = Sitting::open(&first.bundle, None, false, Clock::System).unwrap();
        let rubric = sitting.rubric().clone();
        let found = check(&rubric, sitting.desk(), &sitting.codes());
        assert_eq!(found.complete.len(), COMPLETE);
        assert_eq!(found.missing_marks, (sitting.codes().len() - COMPLETE) * rubric.criteria_count() - STARTED);
        let meeting = Round::open(&first.meeting_dir, false, Clock::System).unwrap();
        assert_eq!(meeting.state().counting().len(), meeting.experts().len());
        assert!(lay_out(&dir, None, &Clock::System).unwrap().again);
        assert!(lay_out(&dir, Some(3), &Clock::System).is_err(), "another demonstration is not taken for it");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-made is left");
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "x").unwrap();
        assert!(lay_out(folder.path(), None, &Clock::System).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
