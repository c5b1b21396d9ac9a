//! Declarations (回避声明): before packets are assigned every expert sees who
//! applies, by name and without codes, and says from whom to be recused. What
//! was signed is entered on the secretary's machine, turns into recusals by
//! code, and the log learns the codes and the grounds alone.

use std::path::{Path, PathBuf};

use crate::base::lang::Screens;
use crate::base::{ApplicationNo, ExpertCode, Lang, Problem, Refusal, Result};
use crate::domain::application::Application;
use crate::domain::panel::{Expert, Recusal, Seat};
use crate::domain::pinyin_order;
use crate::domain::round::Event;
use crate::domain::sheet::Ground;
use crate::formats::declaration::{Declaration, paper};
use crate::formats::paper::{to_docx, to_markdown};
use crate::identity::Register;
use crate::store;

use super::{Round, register};

/// Where they go in a round's folder.
pub const FOLDER: &str = "exports/declarations";

/// How a recusal begins that an expert declared, and one that the register
/// itself tells of.
const DECLARED: &str = "本人声明：";
const SAME_EMPLOYER: &str = "任职单位是申报单位（登记册核对）";

/// One answer of an expert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The applicant: its name, as the list has it, or its receipt number.
    pub applicant: String,
    /// The ground.
    pub ground: Ground,
}

/// Writes one declaration an expert, as docx and markdown; gives the files.
///
/// # Errors
/// No applications or no panel yet, the round not unlocked, nothing can be written.
pub fn documents(round: &mut Round, folder: Option<&Path>) -> Result<Vec<PathBuf>> {
    round.seats()?;
    let register = register::open(round, "declarations")?;
    if register.applications.is_empty() {
        return Err(Problem::TooEarly { first: "intake" }.into());
    }
    let mut applicants: Vec<(String, String)> =
        register.applications.values().map(|application| (name_of(application), city_of(application))).collect();
    applicants.sort_by_cached_key(|(name, city)| (pinyin_order::key(name), city.clone()));
    let own = round.dir().join(FOLDER);
    let folder = folder.unwrap_or(&own);
    std::fs::create_dir_all(folder).map_err(|error| Refusal::writing(&folder.display().to_string(), &error))?;
    let grounds = Ground::ALL.map(|ground| ground.words(words()).to_owned()).to_vec();
    let title = round.rubric().title_zh.clone();
    let mut written = Vec::new();
    for expert in &register.panel.experts {
        let paper = paper(&Declaration {
            title: title.clone(),
            expert: expert.code.to_string(),
            name: expert.name.clone(),
            applicants: applicants.clone(),
            grounds: grounds.clone(),
        });
        for (ending, bytes) in [("docx", to_docx(&paper)?), ("md", to_markdown(&paper).into_bytes())] {
            let file = folder.join(format!("{}.{ending}", expert.code));
            store::write_durable(&file, &bytes)?;
            super::round::keys::private(&file, 0o600);
            written.push(file);
        }
    }
    Ok(written)
}

/// Enters an expert's signed declaration; no answers is that there is no ground
/// at all. Gives the codes the expert is recused from now, with their grounds.
///
/// # Errors
/// An expert or applicant nobody knows, no codes drawn yet, bundles out already.
pub fn declare(round: &mut Round, expert: &str, answers: &[Answer]) -> Result<Vec<Recusal>> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    round.seats()?;
    let mut register = register::open(round, "declarations")?;
    let code = known_expert(&register, expert)?;
    let mut recuse = Vec::new();
    for answer in answers {
        let no = applicant(&register, &answer.applicant)?;
        let packet = register.codes.get(&no).cloned().ok_or(Problem::TooEarly { first: "blind" })?;
        let reason = format!("{DECLARED}{}", answer.ground.words(words()));
        recuse.push(Recusal { code: packet, reason });
    }
    recuse.sort_by(|a, b| a.code.cmp(&b.code));
    register.declared.insert(code.clone(), recuse.clone());
    let seats = seats(&mut register);
    let kept = register::save(round, &register, "declarations")?;
    let Event::FileKept { digest, .. } = &kept else { return Err(Problem::Internal("register".to_owned()).into()) };
    let set = Event::PanelSet { digest: *digest, experts: seats };
    round.append(&[kept, set, Event::Declared { expert: code, recuse: recuse.clone() }], &[])?;
    Ok(recuse)
}

/// Experts whose declaration has not been entered, where there are applicants
/// to declare against.
#[must_use]
pub fn outstanding(round: &Round) -> Vec<ExpertCode> {
    if round.state().applications.is_empty() {
        return Vec::new();
    }
    round.experts().into_iter().filter(|expert| !round.state().declared.contains(expert)).collect()
}

/// The panel's seats, with what experts declared and what the register tells of
/// put in; the panel as the register keeps it learns it too.
pub(super) fn seats(register: &mut Register) -> Vec<Seat> {
    let mut found: Vec<(ExpertCode, Recusal)> = Vec::new();
    for (expert, recuse) in &register.declared {
        found.extend(recuse.iter().map(|recusal| (expert.clone(), recusal.clone())));
    }
    found.extend(of_employers(register));
    for expert in &mut register.panel.experts {
        // What was declared before and is not any more goes out again.
        expert.recuse.retain(|known| !known.reason.starts_with(DECLARED) && known.reason != SAME_EMPLOYER);
        for (_, recusal) in found.iter().filter(|(code, _)| *code == expert.code) {
            if !expert.recuse.iter().any(|known| known.code == recusal.code) {
                expert.recuse.push(recusal.clone());
            }
        }
        expert.recuse.sort_by(|a, b| a.code.cmp(&b.code));
    }
    register.panel.experts.iter().map(Seat::from).collect()
}

/// Recusals the register tells of: an expert's employer, by its name or another
/// name of it, that is an applicant.
fn of_employers(register: &Register) -> Vec<(ExpertCode, Recusal)> {
    let mut found = Vec::new();
    for expert in &register.panel.experts {
        let employers = employers_of(expert);
        for (no, application) in &register.applications {
            let name = plain(&name_of(application));
            let same = !name.is_empty() && employers.contains(&name);
            if let Some(code) = register.codes.get(no).filter(|_| same) {
                let recusal = Recusal { code: code.clone(), reason: SAME_EMPLOYER.to_owned() };
                found.push((expert.code.clone(), recusal));
            }
        }
    }
    found
}

/// A name by its letters and signs alone, to be compared.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// An expert's employer and the other names of it, to be compared.
pub(super) fn employers_of(expert: &Expert) -> Vec<String> {
    let others = expert.aliases.split([';', '；', '、', ',', '，']).map(plain);
    std::iter::once(plain(&expert.employer)).chain(others).filter(|name| !name.is_empty()).collect()
}

/// The recommending city: as the list or the folder says, else as the form's cover does.
fn city_of(application: &Application) -> String {
    let cover = || application.text("cover.city_office").map(|office| office.trim().replace("知识产权局", ""));
    application.city.clone().or_else(cover).unwrap_or_default()
}

pub(super) fn name_of(application: &Application) -> String {
    let name = application.text("unit.name").or_else(|| application.text("cover.unit_name"));
    name.map_or_else(|| application.file().to_owned(), |name| name.trim().to_owned())
}

fn known_expert(register: &Register, text: &str) -> Result<ExpertCode> {
    let experts = || register.panel.experts.iter().map(|expert| expert.code.clone());
    let found = experts().find(|code| code.as_str() == text);
    found.ok_or_else(|| {
        let known = experts().map(|code| code.to_string()).collect::<Vec<_>>().join(" ");
        Problem::UnknownExpert { code: text.to_owned(), known }.into()
    })
}

fn applicant(register: &Register, text: &str) -> Result<ApplicationNo> {
    let wanted = text.trim();
    let named =
        |(no, application): &(&ApplicationNo, &Application)| no.as_str() == wanted || name_of(application) == wanted;
    let mut found = register.applications.iter().filter(named).map(|(no, _)| no.clone());
    match (found.next(), found.next()) {
        (Some(no), None) => Ok(no),
        _ => {
            let mut known: Vec<String> = register
                .applications
                .iter()
                .map(|(no, application)| format!("{no} {}", name_of(application)))
                .collect();
            known.sort();
            Err(Problem::UnknownApplication { no: text.to_owned(), known: known.join("；") }.into())
        }
    }
}

/// Papers are in Chinese.
const fn words() -> &'static Screens {
    &Lang::Zh.texts().screens
}
