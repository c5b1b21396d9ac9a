//! The README: its generated parts are fresh, and its walk-through works.
//!
//! `PINGSHEN_WRITE_DOCS=1 cargo test --test docs` writes the generated parts
//! anew.

use std::fs;
use std::path::{Path, PathBuf};

use pingshen::base::limits::DocumentLimits;
use pingshen::base::{Lang, Limits};
use pingshen::tui::keymap;

const RENEW: &str = "PINGSHEN_WRITE_DOCS=1 cargo test --test docs";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path() -> PathBuf {
    repository().join("README.md")
}

fn marks(name: &str) -> (String, String) {
    (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"))
}

/// What stands between the marks of a part.
fn part<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (begin, end) = marks(name);
    let (_, rest) = text.split_once(&begin)?;
    rest.split_once(&end).map(|(part, _)| part)
}

fn keys() -> String {
    let table = |summary: &str, lang: Lang| {
        let table = keymap::markdown(&lang.texts().screens);
        format!("<details>\n<summary>{summary}</summary>\n\n{}\n\n</details>\n", table.trim())
    };
    format!("{}\n{}", table("Keys", Lang::En), table("按键", Lang::Zh))
}

fn commands() -> String {
    let mut out = "| command | does |\n|---|---|\n".to_owned();
    rows("", &pingshen::cli::command(), &mut out);
    out
}

/// Every limit, with what it is of. A new one does not compile until it is here.
fn limits() -> String {
    let Limits {
        packet,
        table,
        fit,
        fit_rows,
        form,
        template,
        settings,
        sheet,
        member,
        members,
        event,
        register,
        blob,
        keys,
        head,
        header,
        recipients,
        text,
        fields,
        sections,
        packet_rows,
        packet_columns,
        rows,
        columns,
        cells,
        cell,
        line,
        remark,
        document,
    } = Limits::STANDARD;
    let DocumentLimits {
        file,
        parts,
        part,
        unpacked,
        ratio,
        depth,
        nodes,
        attributes,
        nested,
        pieces,
        text: document_text,
        answer,
        memory,
        seconds,
    } = document;
    let bytes = |bytes: u64| match bytes {
        n if n % (1 << 20) == 0 => format!("{} MiB", n >> 20),
        n => format!("{} KiB", n >> 10),
    };
    let short = |length: usize| bytes(u64::try_from(length).unwrap());
    // In threes, from the right.
    let count = |count: usize| {
        let digits = count.to_string();
        let threes = digits.as_bytes().rchunks(3).rev().map(|three| String::from_utf8_lossy(three));
        threes.collect::<Vec<_>>().join(",")
    };
    let table = [
        ("a packet, as a file", bytes(packet)),
        ("its fields; its sections", format!("{}; {}", count(fields), count(sections))),
        ("rows and columns of a table in it", format!("{} and {packet_columns}", count(packet_rows))),
        ("a panel or list of names, as a file", bytes(table)),
        ("points of fit, as a file; its rows", format!("{}; {}", bytes(fit), count(fit_rows))),
        ("a filled score form, as a file", bytes(form)),
        ("rows and columns of a table; one cell", format!("{} and {columns}; {}", count(rows), short(cell))),
        ("cells of a table or of one packet, those left empty counted", count(cells)),
        ("text of any kind, before it is decoded", short(text)),
        ("a template; settings", format!("{}; {}", bytes(template), bytes(settings))),
        ("a score sheet, sealed or open", bytes(sheet)),
        ("parts of a bundle; one part", format!("{}; {}", count(members), bytes(member))),
        ("an event of the log; what lies beside the events, each", format!("{}; {}", bytes(event), bytes(blob))),
        ("the register of names", bytes(register)),
        (
            "a file of keys; the head beside the log or a file with one secret",
            format!("{}; {}", bytes(keys), bytes(head)),
        ),
        ("header of an encrypted file; who can open one", format!("{}; {recipients}", short(header))),
        ("a line of a script; a remark or opinion", format!("{}; {} characters", short(line), count(remark))),
        ("an applicant's document, as a file; its parts", format!("{}; {}", bytes(file), count(parts))),
        (
            "one part unpacked; all of them; times its packed size, above 1 MiB",
            format!("{}; {}; {ratio}", short(part), bytes(unpacked)),
        ),
        (
            "elements of a part; within each other; attributes of one",
            format!("{}; {depth}; {attributes}", count(nodes)),
        ),
        (
            "its text; its paragraphs and cells; tables within tables",
            format!("{}; {}; {nested}", short(document_text), count(pieces)),
        ),
        (
            "the process that reads it: memory; time; what it hands over",
            format!("{}; {seconds} s; {}", bytes(memory), short(answer)),
        ),
    ];
    let rows = table.iter().map(|(what, most)| format!("| {what} | {most} |\n"));
    format!("| what is read | at most |\n|---|---|\n{}", rows.collect::<String>())
}

/// One row a command that does something; those that only hold others have none.
fn rows(before: &str, command: &clap::Command, out: &mut String) {
    for sub in command.get_subcommands() {
        let name = format!("{before}{}", sub.get_name());
        if sub.has_subcommands() {
            rows(&format!("{name} "), sub, out);
        } else {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            let arguments = sub.get_positionals().map(|argument| {
                let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
                format!(" {}", value.unwrap_or_default())
            });
            let arguments: String = arguments.collect();
            *out += &format!("| `{name}{}` | {about} |\n", arguments.replace('|', "\\|"));
        }
    }
}

#[test]
fn the_generated_parts_are_fresh() {
    let old = fs::read_to_string(path()).unwrap();
    let mut new = old.clone();
    for (name, content) in [("keys", keys()), ("commands", commands()), ("limits", limits())] {
        let before = part(&new, name).unwrap_or_else(|| unreachable!("README.md has no part {name}")).to_owned();
        let (begin, end) = marks(name);
        new = new.replace(&format!("{begin}{before}{end}"), &format!("{begin}\n\n{content}\n{end}"));
    }
    if std::env::var_os("PINGSHEN_WRITE_DOCS").is_some() {
        fs::write(path(), &new).unwrap();
    } else {
        let at = old.lines().zip(new.lines()).position(|(old, new)| old != new).map_or(0, |at| at + 1);
        assert!(old == new, "README.md is stale from line {at} on; renew it with\n    {RENEW}");
    }
}

/// Commands that report as a table, csv or json.
fn reporting(before: &str, command: &clap::Command, out: &mut Vec<String>) {
    for sub in command.get_subcommands() {
        let name = format!("{before}{}", sub.get_name());
        let names =
            |argument: &clap::Arg| argument.get_value_names().into_iter().flatten().any(|of| of == "table|csv|json");
        if sub.get_arguments().any(names) {
            out.push(format!("`{name}`"));
        }
        reporting(&format!("{name} "), sub, out);
    }
}

#[test]
fn the_readme_says_once_which_commands_have_formats() {
    let mut names = Vec::new();
    reporting("", &pingshen::cli::command(), &mut names);
    let Some((last, first)) = names.split_last() else { unreachable!("no command reports") };
    let said = format!("`--format table|csv|json` is there for {} and {last}.\n", first.join(", "));
    let readme = fs::read_to_string(path()).unwrap();
    assert!(readme.contains(&said), "README.md does not say: {said}");
    assert_eq!(readme.matches("`--format table|csv|json`").count(), 1, "README.md says it twice");
}

#[test]
fn every_file_the_readme_names_is_there() {
    let readme = fs::read_to_string(path()).unwrap();
    let named = readme.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    for target in named.filter(|target| !target.contains("://") && !target.starts_with('#')) {
        assert!(repository().join(target).exists(), "README.md names {target}");
    }
}

/// Lines of a fenced block.
fn block(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("```")).collect();
    lines.join("\n")
}

#[test]
fn the_template_shown_is_sound() {
    let readme = fs::read_to_string(path()).unwrap();
    let template = block(part(&readme, "template").unwrap());
    let rubric = pingshen::workflow::library::sound_template(template.as_bytes());
    assert!(rubric.is_ok(), "{rubric:?}");
}

#[test]
fn every_dependency_is_said_with_its_use() {
    let manifest: toml::Table = fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let readme = fs::read_to_string(path()).unwrap();
    let tables = ["dependencies", "dev-dependencies"].map(|table| manifest[table].as_table().unwrap());
    let said = |name: &str| readme.lines().any(|line| line.starts_with("| `") && line.contains(&format!("`{name}`")));
    let missing: Vec<&String> = tables.into_iter().flat_map(toml::Table::keys).filter(|name| !said(name)).collect();
    assert!(missing.is_empty(), "README.md does not say what these are for: {missing:?}");
}

/// Runs the lines a reader copies, as they stand, with this build's binary.
#[cfg(unix)]
fn walked(name: &str) -> (tempfile::TempDir, String, String) {
    let readme = fs::read_to_string(path()).unwrap();
    let script = block(part(&readme, name).unwrap());
    // Some three thousand marks, each synced before it is answered: in memory,
    // where there is a folder in memory.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    std::os::unix::fs::symlink(repository().join("sample-data"), folder.path().join("sample-data")).unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_pingshen")).parent().unwrap();
    let search = std::env::var_os("PATH").unwrap_or_default();
    let search = std::env::join_paths(std::iter::once(programs.to_owned()).chain(std::env::split_paths(&search)));
    let output = std::process::Command::new("sh")
        .args(["-eu", "-c", &script])
        .current_dir(folder.path())
        .env("PATH", search.unwrap())
        .env("HOME", folder.path())
        .env_remove("XDG_CONFIG_HOME")
        .env("PINGSHEN_LANG", "en")
        .output()
        .unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    (folder, out, err)
}

#[cfg(unix)]
#[test]
fn the_walk_through_works() {
    let (folder, out, err) = walked("walk");
    let readme = fs::read_to_string(path()).unwrap();
    let shown = block(part(&readme, "standing").unwrap());
    for line in shown.lines().filter(|line| !line.is_empty()) {
        assert!(out.lines().any(|said| said.trim_end() == line.trim_end()), "not said: {line}\n{out}");
    }
    for file in ["exports/shortlist.csv", "exports/publish.csv", "exports/publish.md", "round.db", "inbox/E03.sheet"] {
        assert!(folder.path().join("my-round").join(file).is_file(), "{file}\n{out}\n{err}");
    }
}

#[cfg(unix)]
#[test]
fn so_does_the_one_from_forms() {
    let (folder, out, err) = walked("forms");
    for file in
        ["outbox/E03.bundle", "exports/confirmations/S-001.docx", "exports/letters", "exports/declarations/E01.docx"]
    {
        assert!(folder.path().join("forms").join(file).exists(), "{file}\n{out}\n{err}");
    }
}
