//! The process in which a stranger's document is read: it binds its own hands,
//! then reads what it is given and writes what came of it. Not for typing,
//! though `--text FILE` shows a person what the reader sees.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use crate::base::clean::clean_line;
use crate::base::lang::problem;
use crate::base::{Class, Lang, Limits, Problem, Result};
use crate::domain::document::Block;
use crate::workflow::reader::{Converter, READ, Read, Reader, answer, gave_up};

/// Whether this process is a reader; if so, what it ends with.
pub(super) fn asked(args: &[OsString]) -> Option<ExitCode> {
    if args.get(1)?.as_os_str() != READ {
        return None;
    }
    let limits = Limits::STANDARD;
    match args.get(2..) {
        Some([]) | None => {
            bind(&limits);
            give_up_quietly();
            Some(end(&answer(std::io::stdin().lock(), &limits), Class::Internal))
        }
        Some([option, file]) if option.as_os_str() == "--text" => {
            let read = reader().and_then(|reader| reader.read(file.as_ref()));
            let class = read.as_ref().err().map(crate::base::Refusal::class);
            let said = end(outline(read).as_bytes(), Class::Io);
            Some(class.map_or(said, |class| ExitCode::from(class.exit_code())))
        }
        Some(_) => Some(ExitCode::from(Class::Usage.exit_code())),
    }
}

/// What reads documents: this program, and the office program of this machine
/// where there is one.
///
/// # Errors
/// The system does not say where this program is.
pub(super) fn reader() -> Result<Reader> {
    let program = std::env::current_exe().map_err(|error| Problem::Internal(error.to_string()))?;
    let search = std::env::var_os("PATH").unwrap_or_default();
    let names: &[&str] = if cfg!(windows) { &["soffice.exe", "soffice.com"] } else { &["soffice", "libreoffice"] };
    let office = std::env::split_paths(&search)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|path| path.is_file());
    let converter = office.map(|program| Converter { program, scratch: std::env::temp_dir() });
    Ok(Reader { program, converter, limits: Limits::STANDARD })
}

fn end(bytes: &[u8], otherwise: Class) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(otherwise.exit_code()),
    }
}

/// No more memory and time than this, and few files.
fn bind(limits: &Limits) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let bound = [
            (Resource::As, limits.document.memory),
            (Resource::Cpu, limits.document.seconds),
            (Resource::Nofile, 16),
            (Resource::Core, 0),
            // It writes its answer and nothing else.
            (Resource::Fsize, u64::try_from(limits.document.answer).unwrap_or(u64::MAX)),
        ];
        for (resource, most) in bound {
            let before = getrlimit(resource);
            let most = before.maximum.map_or(most, |maximum| maximum.min(most));
            // Where it can't be had, whoever waits for this process sees to its end.
            let _bound = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
    #[cfg(not(unix))]
    let _ = limits;
}

/// What a broken file does to a reader of it is said as an answer, not as a
/// fault of this program.
fn give_up_quietly() {
    std::panic::set_hook(Box::new(|_| {
        let mut out = std::io::stdout().lock();
        let _said = out.write_all(&gave_up()).and_then(|()| out.flush());
        std::process::exit(0);
    }));
}

/// A document, or why there is none, for a person to look at.
fn outline(read: Result<Read>) -> String {
    let mut out = String::new();
    match read {
        Ok(Read::Evidence(kind)) => {
            let _written = writeln!(out, "{kind:?}");
        }
        Ok(Read::Document(document)) => {
            blocks(&document.blocks, 0, &mut out);
            for carrier in &document.carriers {
                let line = format!("~ {} [{}] {}", carrier.kind.word(), carrier.place, carrier.text);
                out.push_str(&clean_line(&line));
                out.push('\n');
            }
        }
        Err(refusal) => {
            for fault in refusal.faults() {
                let said = problem(Lang::En, fault);
                let _written = writeln!(out, "{} {}", said.place, said.what);
            }
        }
    }
    out
}

fn blocks(all: &[Block], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for block in all {
        match block {
            Block::Paragraph(text) => {
                let _written = writeln!(out, "{indent}¶ {}", clean_line(&text.replace('\n', "⏎")));
            }
            Block::Table(table) => {
                let sheet = clean_line(table.sheet.as_deref().unwrap_or_default());
                let _written = writeln!(out, "{indent}table {} {sheet}", table.number);
                for (row, number) in table.rows.iter().zip(1_u32..) {
                    for cell in &row.cells {
                        let down = if cell.continues { " ↑" } else { "" };
                        let text = clean_line(&cell.text().replace('\n', "⏎"));
                        let _written = writeln!(out, "{indent}  {number}:{}+{}{down} {text}", cell.column, cell.span);
                        for inner in cell.tables() {
                            blocks(&[Block::Table(inner.clone())], depth.saturating_add(2), out);
                        }
                    }
                }
            }
        }
    }
}
