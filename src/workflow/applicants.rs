//! Which files belong to whom (整理来件): a folder per applicant holds the form,
//! its scan and the city's letter; a file that lies alone is an application by
//! itself. The recommending city is the folder's that is named after one.

use std::path::{Path, PathBuf};

use crate::base::{Problem, Refusal, Result};
use crate::domain::application::Role;

/// Endings of files that a form may be read from.
const FORMS: [&str; 10] = ["docx", "docm", "dotx", "doc", "wps", "xlsx", "xlsm", "xls", "csv", "json"];
/// Endings of files that only a person can read.
const SCANS: [&str; 7] = ["pdf", "jpg", "jpeg", "png", "tif", "tiff", "bmp"];
/// How deep folders may lie in one another: city, applicant, attachments.
const DEEPEST: usize = 6;
/// Most files of one call.
const MOST: usize = 20_000;

/// The files of one applicant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applicant {
    /// As given: the folder, or the file that lies alone.
    pub name: String,
    /// The recommending city, where a folder is named after one.
    pub city: Option<String>,
    /// The form; a second one is the same form entered by somebody else.
    pub forms: Vec<PathBuf>,
    /// What lies beside it.
    pub beside: Vec<(PathBuf, Role)>,
}

/// Sorts what was given into applicants, in order of name.
///
/// What can't be listed comes with why, and the rest goes on.
#[must_use]
pub fn applicants(given: &[PathBuf]) -> Vec<(String, Result<Applicant>)> {
    let mut out = Vec::new();
    for path in given {
        let name = path.display().to_string();
        if path.is_dir() {
            let before = out.len();
            match list(path) {
                Ok(tree) => gather(&tree, city_of(path), true, &mut out),
                Err(refusal) => out.push((name.clone(), Err(refusal))),
            }
            if out.len() == before {
                out.push((name.clone(), Err(Refusal::from(Problem::NoForms).in_file(&name))));
            }
        } else {
            let city = path.parent().and_then(city_of);
            out.push((name.clone(), Ok(Applicant { name, city, forms: vec![path.clone()], beside: Vec::new() })));
        }
    }
    out
}

/// A folder with what is in it, in order of name.
#[derive(Debug)]
struct Tree {
    path: PathBuf,
    files: Vec<PathBuf>,
    folders: Vec<Tree>,
}

fn list(path: &Path) -> Result<Tree> {
    let mut left = MOST;
    list_within(path, DEEPEST, &mut left)
}

fn list_within(path: &Path, deeper: usize, left: &mut usize) -> Result<Tree> {
    let name = path.display().to_string();
    let mut tree = Tree { path: path.to_owned(), files: Vec::new(), folders: Vec::new() };
    let entries = std::fs::read_dir(path).map_err(|error| Refusal::reading(&name, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Refusal::reading(&name, &error))?;
        let file_name = entry.file_name().to_string_lossy().into_owned();
        // What office programs and systems leave lying about.
        if file_name.starts_with('.') || file_name.starts_with("~$") || file_name == "Thumbs.db" {
            continue;
        }
        *left = left.checked_sub(1).ok_or(Problem::TooManyFiles { limit: MOST })?;
        let kind = entry.file_type().map_err(|error| Refusal::reading(&name, &error))?;
        // Links are not followed: they may lead in circles.
        if kind.is_dir() && deeper > 0 {
            tree.folders.push(list_within(&entry.path(), deeper - 1, left)?);
        } else if kind.is_file() {
            tree.files.push(entry.path());
        }
    }
    tree.files.sort();
    tree.folders.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
}

/// A folder whose files belong together is one applicant; one that holds
/// several forms of different names, or folders that do, is a folder of them.
fn gather(tree: &Tree, city: Option<String>, top: bool, out: &mut Vec<(String, Result<Applicant>)>) {
    let city = city_of(&tree.path).or(city);
    let forms: Vec<&PathBuf> = tree.files.iter().filter(|file| is_form(file)).collect();
    let beside: Vec<&PathBuf> = tree.files.iter().filter(|file| !is_form(file)).collect();
    let below = tree.folders.iter().any(holds_forms);
    let alone = forms.is_empty() || (top && forms.len() > 1 && !second_entry(&forms)) || below || forms.len() > 2;
    if !alone || (forms.is_empty() && !below && !beside.is_empty() && !top) {
        let name = tree.path.display().to_string();
        let mut all: Vec<(PathBuf, Role)> = beside.into_iter().map(|file| (file.clone(), role(file))).collect();
        attachments(&tree.folders, &mut all);
        let forms: Vec<PathBuf> = forms.into_iter().cloned().collect();
        out.push((name, Ok(Applicant { name: tree.path.display().to_string(), city, forms, beside: all })));
        return;
    }
    for form in forms {
        let stem = form.file_stem();
        let mine = |file: &&&PathBuf| file.file_stem() == stem;
        let beside = beside.iter().filter(mine).map(|file| ((*file).clone(), role(file))).collect();
        let name = form.display().to_string();
        out.push((name.clone(), Ok(Applicant { name, city: city.clone(), forms: vec![form.clone()], beside })));
    }
    for folder in &tree.folders {
        gather(folder, city.clone(), false, out);
    }
}

fn holds_forms(tree: &Tree) -> bool {
    tree.files.iter().any(|file| is_form(file)) || tree.folders.iter().any(holds_forms)
}

fn attachments(folders: &[Tree], all: &mut Vec<(PathBuf, Role)>) {
    for folder in folders {
        all.extend(folder.files.iter().map(|file| (file.clone(), role(file))));
        attachments(&folder.folders, all);
    }
}

fn ending(file: &Path) -> String {
    file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn file_name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A letter or an annex is named so; the form need not be named anything.
fn is_form(file: &Path) -> bool {
    FORMS.contains(&ending(file).as_str()) && role(file) == Role::Form
}

fn role(file: &Path) -> Role {
    let (name, ending) = (file_name(file), ending(file));
    if name.contains("推荐") {
        Role::Recommendation
    } else if SCANS.contains(&ending.as_str()) {
        Role::Scan
    } else if !FORMS.contains(&ending.as_str())
        || ["佐证", "证明", "附表", "附件材料"].iter().any(|word| name.contains(word))
    {
        Role::Other
    } else {
        Role::Form
    }
}

/// Two sheets to fill are two entries of one form; two documents are two
/// applications that lie in one folder.
fn second_entry(forms: &[&PathBuf]) -> bool {
    forms.len() == 2 && forms.iter().all(|form| matches!(ending(form).as_str(), "xlsx" | "csv"))
}

/// The city a folder is named after: 沈阳市, 沈阳市知识产权局推荐, 01大连市.
fn city_of(folder: &Path) -> Option<String> {
    let name = file_name(folder);
    let at = name.find('市')?;
    let before = name.get(..at)?;
    let start = before.char_indices().rev().take_while(|(_, c)| is_han(*c)).last().map_or(at, |(start, _)| start);
    let city = before.get(start..)?.trim_start_matches("辽宁省");
    (2..=4).contains(&city.chars().count()).then(|| format!("{city}市"))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, b"x").unwrap();
        }
        dir
    }

    fn names(files: &[&str]) -> Vec<(String, Option<String>, usize, Vec<Role>)> {
        let dir = lay(files);
        applicants(&[dir.path().to_owned()])
            .into_iter()
            .map(|(_, found)| {
                let found = found.unwrap();
                let name = Path::new(&found.name).strip_prefix(dir.path()).unwrap().display().to_string();
                (name, found.city, found.forms.len(), found.beside.into_iter().map(|(_, role)| role).collect())
            })
            .collect()
    }

    #[test]
    fn a_folder_of_forms() {
        let found = names(&["S001.docx", "S001.pdf", "S002.docx", "~$S002.docx", ".DS_Store"]);
        assert_eq!(
            found,
            [("S001.docx".to_owned(), None, 1, vec![Role::Scan]), ("S002.docx".to_owned(), None, 1, vec![])]
        );
    }

    #[test]
    fn a_folder_an_applicant_below_its_city() {
        let found = names(&[
            "营口市/青岚理工大学/申报书.docx",
            "营口市/青岚理工大学/申报书扫描件.pdf",
            "营口市/青岚理工大学/推荐函.docx",
            "大连市知识产权局推荐/松岭医科大学/申报书.docx",
            "大连市知识产权局推荐/松岭医科大学/附件/照片.jpg",
        ]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1.as_deref(), Some("大连市"));
        assert_eq!(found[0].3, [Role::Scan]);
        assert_eq!((found[1].1.as_deref(), found[1].2), (Some("营口市"), 1));
        assert_eq!(found[1].3, [Role::Recommendation, Role::Scan]);
    }

    #[test]
    fn a_scan_alone_and_a_form_entered_twice() {
        let found = names(&["甲/扫描件.pdf", "乙/扫描件.pdf", "乙/录入一.csv", "乙/录入二.csv"]);
        assert_eq!(found.iter().map(|it| (it.2, it.3.len())).collect::<Vec<_>>(), [(2, 1), (0, 1)]);
    }

    #[test]
    fn cities_in_names() {
        for (name, city) in [
            ("沈阳市", Some("沈阳市")),
            ("01葫芦岛市推荐", Some("葫芦岛市")),
            ("辽宁省大连市", Some("大连市")),
            ("市级", None),
            ("材料", None),
        ] {
            assert_eq!(city_of(Path::new(name)).as_deref(), city, "{name}");
        }
    }
}
