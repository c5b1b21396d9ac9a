//! What the program must not leave behind when it comes to grief: no core dump
//! with packets and marks in it, and no panic that says what it was working on.
//!
//! A panic is told by the place in our source alone: what it carries may be a
//! line of a packet or a remark. It ends the process from whichever thread it
//! comes, for what is half-done then is not to be gone on with; what was saved
//! is on the disk.

use std::io::Write;
use std::panic::{Location, PanicHookInfo};

use crate::base::lang::fill;
use crate::base::{Class, Lang};

/// Sees to both; once, before anything else.
pub(super) fn leave_none() {
    no_core_dumps();
    std::panic::set_hook(Box::new(|info| {
        tell(info, &mut std::io::stderr().lock());
        std::process::exit(i32::from(Class::Internal.exit_code()));
    }));
}

/// No core dumps; and where the system knows it, no other process of the same
/// user looks into this one's memory.
fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Where it can't be had there is nothing better to be done.
        let _none = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A dump piped to a collecting program does not ask for the limit.
        let _none = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Says that, and where; never what.
fn tell(info: &PanicHookInfo<'_>, to: &mut impl Write) {
    let _told = to.write_all(words(info.location()).as_bytes());
}

/// The words of a panic, in both languages.
fn words(location: Option<&Location<'_>>) -> String {
    let place = location.map_or_else(|| "?".to_owned(), |at| format!("{}:{}", source(at.file()), at.line()));
    let zh = fill(Lang::Zh.texts().stick.panicked_zh, &[&place]);
    let en = fill(Lang::En.texts().stick.panicked_en, &[&place]);
    format!("{zh}\n{en}\n")
}

/// The path of a source without the folders of whoever built it.
fn source(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let src = parts.iter().rposition(|part| *part == "src");
    // Our own begins at `src`; of another crate its name is wanted too.
    let from = src.map_or(parts.len().saturating_sub(1), |at| at.saturating_sub(1));
    parts.get(from..).unwrap_or_default().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_says_where_and_never_what() {
        use std::sync::{Arc, Mutex, PoisonError};
        let said = Arc::new(Mutex::new(Vec::new()));
        let (ours, into) = (std::thread::current().id(), Arc::clone(&said));
        let before = Arc::new(std::panic::take_hook());
        let others = Arc::clone(&before);
        std::panic::set_hook(Box::new(move |info| {
            // Other tests go on meanwhile.
            if std::thread::current().id() == ours {
                tell(info, &mut *into.lock().unwrap_or_else(PoisonError::into_inner));
            } else {
                others(info);
            }
        }));
        let remark = "到账凭证缺，不给优";
        let caught = std::panic::catch_unwind(|| panic!("A-07 A1 8.5 {remark}"));
        std::panic::set_hook(Box::new(move |info| before(info)));
        assert!(caught.is_err());
        let said = String::from_utf8(said.lock().unwrap().clone()).unwrap();
        assert!(said.contains("src/cli/traces.rs:"), "{said}");
        for content in ["A-07", "8.5", remark] {
            assert!(!said.contains(content), "{said}");
        }
        assert!(said.contains("已存的都在") && said.contains("What was saved is still there"), "{said}");
    }

    #[test]
    fn the_builders_folders_are_not_told() {
        assert_eq!(source("src/tui/run.rs"), "src/tui/run.rs");
        assert_eq!(source("/home/x/.cargo/registry/src/index-1f/zip-9.4.0/src/read.rs"), "zip-9.4.0/src/read.rs");
        assert_eq!(source(r"C:\Users\x\zip-9.4.0\src\read.rs"), "zip-9.4.0/src/read.rs");
        assert_eq!(source("/rustc/abc/library/core/src/option.rs"), "core/src/option.rs");
        assert_eq!(source("odd.rs"), "odd.rs");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn there_are_no_core_dumps() {
        no_core_dumps();
        let limits = rustix::process::getrlimit(rustix::process::Resource::Core);
        assert_eq!((limits.current, limits.maximum), (Some(0), Some(0)));
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }
}
