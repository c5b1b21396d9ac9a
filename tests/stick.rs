//! A bundle on a stick: the draft lies on the machine, its copy beside the
//! bundle; another machine goes on from it; what fails at the stick fails no
//! mark; and the machine can be cleared.
//!
//! The stick is a small disk in memory, mounted where desktops mount sticks, in
//! a mount table of the test's own. Machines are two users' folders.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails ends the test")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What every script begins with: `A` and `B` are the program on two machines,
/// `$S` the bundle on the stick, `all` a line for every mark, `one` those of
/// the first packet.
const PREPARED: &str = r#"
A() { HOME="$PWD/a" "$P" "$@"; }
B() { HOME="$PWD/b" "$P" "$@"; }
drafts() { echo "$PWD/$1/.local/share/pingshen/drafts"; }
lines() { sed -n "$1" all; }
die() { echo "WRONG: $*"; exit 1; }
marks() { "$@" score "$S" --dump | wc -l; }
mount -t tmpfs none /media && mkdir /media/stick && mount -t tmpfs -o size=8m none /media/stick || exit 99
S=/media/stick/E01.bundle
cp demo/expert/outbox/E01.bundle $S
A score $S --list | awk '{print $1" "$2" 1"}' >all
grep "^$(head -1 all | cut -d' ' -f1) " all >one
"#;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let laid = desk.command(env!("CARGO_BIN_EXE_pingshen")).args(["demo", "--prepare", "--dir", "demo"]).output();
        assert!(laid.as_ref().is_ok_and(|laid| laid.status.success()), "{laid:?}");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for name in ["PINGSHEN_LANG", "LC_ALL", "LC_MESSAGES", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env_remove(name);
        }
        command
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("HOME", self.path("home"))
            .env("P", env!("CARGO_BIN_EXE_pingshen"));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a script with a stick; what it says, or nothing where no stick can
    /// be had.
    #[track_caller]
    fn with_stick(&self, script: &str) -> Option<Output> {
        fs::write(self.path("script"), format!("{PREPARED}\n{script}")).unwrap();
        let ended = self.command("unshare").args(["--mount", "sh", "./script"]).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        if ended.status.code() == Some(99) || said.starts_with("unshare:") {
            writeln!(std::io::stderr(), "skipped: no stick can be had here (needs root)").unwrap();
            return None;
        }
        assert!(ended.status.success(), "{}\n{said}", String::from_utf8_lossy(&ended.stdout));
        Some(ended)
    }
}

#[track_caller]
fn says(ended: &Output, what: &str) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains(what), "{what:?} is not said:\n{said}");
}

#[test]
fn the_draft_is_on_the_machine_its_copy_on_the_stick_and_another_machine_goes_on() {
    let desk = Desk::new();
    let script = r#"
    # One mark is no packet: the copy comes when the sitting is left.
    mkfifo f; A score $S --stdin <f >out 2>err & exec 3>f
    head -1 one >&3; until grep -q ok out; do sleep 0.05; done
    [ -e /media/stick/E01.draft ] && die "a copy before a packet is complete"
    sed 1d one >&3; until [ -e /media/stick/E01.draft ]; do sleep 0.05; done
    [ -s /media/stick/E01.key ] || die "no key beside the copy"
    kill -9 $!; wait $! 2>/dev/null; exec 3>&-
    ls "$(drafts a)"/E01-*.draft >/dev/null || die "no draft on the machine"
    [ "$(stat -c %a "$(drafts a)")" = 700 ] || die "anybody may look into the drafts"
    # The other machine has no draft: it goes on from the copy.
    lines 30,33p | B score $S --stdin >out 2>err; grep -q "going on from the copy" err || die "not brought in"
    [ "$(marks B)" = $(( $(wc -l <one) + 4 )) ] || die "marks of B: $(marks B)"
    cmp /media/stick/E01.draft "$(drafts b)"/E01-*.draft || die "the copy is not the draft"
    # Back on the first one: the copy goes further; the shorter is kept.
    lines 34p | A score $S --stdin 2>err || die "A does not go on"
    grep -q "goes further" err || die "not said"
    ls "$(drafts a)"/E01-*.draft.old >/dev/null || die "the shorter draft is gone"
    [ "$(marks A)" = $(( $(wc -l <one) + 5 )) ] || die "marks of A: $(marks A)"
    # The machine's goes further: the stick's is brought up by the next copy.
    cp /media/stick/E01.draft old; lines 35p | A score $S --stdin 2>/dev/null
    cp old /media/stick/E01.draft; lines 36p | A score $S --stdin 2>/dev/null
    cmp /media/stick/E01.draft "$(drafts a)"/E01-*.draft || die "the copy was not brought up"
    # A bundle on the own disk keeps its draft beside it, --draft is obeyed.
    cp $S E01.bundle; head -1 all | A score E01.bundle --stdin >/dev/null 2>&1; [ -s E01.draft ] || die "not beside"
    head -1 all | B score $S --draft mine.draft --stdin 2>&1 | grep -q ok && [ -s mine.draft ] || die "--draft"
    cmp mine.draft /media/stick/E01.draft || die "no copy of the draft that was named"
    ls /media/stick/E01.draft.old >/dev/null || die "another draft's copy was written over"
    "#;
    desk.with_stick(script);
}

#[test]
fn drafts_that_part_ways_are_never_settled_by_themselves() {
    let desk = Desk::new();
    let script = r#"
    lines 1,3p | A score $S --stdin >/dev/null 2>&1; lines 4p | B score $S --stdin >/dev/null 2>&1
    cp /media/stick/E01.draft b.draft
    # A goes on without having seen what B did.
    rm /media/stick/E01.draft; lines 5,6p | A score $S --stdin >/dev/null 2>&1
    cp /media/stick/E01.draft a.draft; cp b.draft /media/stick/E01.draft
    sum() { sha256sum /media/stick/* "$(drafts a)"/*.draft; }
    before=$(sum)
    for mode in --stdin --dump --seal; do
        A score $S $mode </dev/null >out 2>said; [ $? = 77 ] || die "$mode goes on"
        grep -q "4 entries" said && grep -q "6 entries, the last at 20" said && grep -q "5 entries" said || die "$(cat said)"
        grep -q -- "--draft \"/media/stick/E01.draft\"" said || die "not said how to choose: $(cat said)"
    done
    [ "$before" = "$(sum)" ] || die "something was written"
    # The machine's is chosen: the stick's is set aside there, and that settles it.
    lines 7p | A score $S --draft "$(ls "$(drafts a)"/E01-*.draft)" --stdin 2>/dev/null | grep -q ok || die "not chosen"
    cmp b.draft /media/stick/E01.draft.old || die "the other is gone"
    lines 8p | A score $S --stdin 2>/dev/null | grep -q ok || die "not settled"
    [ "$(marks A)" = 7 ] || die "marks: $(marks A)"
    # The stick's is chosen: the machine's is set aside here.
    cp b.draft /media/stick/E01.draft
    lines 9p | A score $S --draft /media/stick/E01.draft --stdin 2>/dev/null | grep -q ok || die "not chosen"
    ls "$(drafts a)"/E01-*.draft.old >/dev/null || die "the other is gone"
    lines 10p | A score $S --stdin 2>/dev/null | grep -q ok || die "not settled"
    [ "$(marks A)" = 6 ] || die "marks: $(marks A)"
    "#;
    desk.with_stick(script);
}

#[test]
fn a_stick_that_fails_fails_no_mark() {
    let desk = Desk::new();
    let script = r#"
    sed 1d one | A score $S --stdin >/dev/null 2>&1
    # Damaged: said, kept, and the machine's goes on.
    head -c 3000 /media/stick/E01.draft >cut; cp cut /media/stick/E01.draft
    head -1 one | A score $S --stdin 2>&1 | grep -q "is damaged, the draft on this machine goes on" || die "damaged"
    cmp cut /media/stick/E01.draft.old || die "what was damaged was thrown away"
    # Only to look, nothing is written, damaged or not.
    cp cut /media/stick/E01.draft; before=$(cat /media/stick/* | sha256sum; ls "$(drafts a)" /media/stick)
    A score $S --list >/dev/null 2>&1 || die list; A score $S --dump >/dev/null 2>&1 || die dump
    A score $S --form form.csv >/dev/null 2>&1 || die form; B score $S --list >/dev/null 2>said && die "B has only a damaged one"
    [ "$before" = "$(cat /media/stick/* | sha256sum; ls "$(drafts a)" /media/stick)" ] || die "looking wrote something"
    [ -e "$(drafts b)" ] && die "looking made a folder"
    rm /media/stick/E01.draft
    # Read-only, full, gone: each mark is kept, and it is said.
    mount -o remount,ro /media/stick; lines 30,60p | A score $S --stdin >out 2>err || die "read-only"
    [ "$(grep -c ^ok out)" = 31 ] || die "read-only: $(cat out)"; grep -q "the stick is read-only; the draft on this machine is safe" err || die "$(cat err)"
    mount -o remount,rw /media/stick
    cp /media/stick/E01.draft before 2>/dev/null
    head -c 20m /dev/zero >/media/stick/filler 2>/dev/null
    lines 61,90p | A score $S --stdin >out 2>err || die "full"
    [ "$(grep -c ^ok out)" = 30 ] || die "full: $(cat out)"; grep -q "the stick is full" err || die "$(cat err)"
    ls /media/stick | grep -q part && die "left over: $(ls /media/stick)"
    rm /media/stick/filler
    mkfifo f; A score $S --stdin <f >out 2>err & exec 3>f
    lines 91p >&3; until grep -q ok out; do sleep 0.05; done
    umount -l /media/stick; lines 92,140p >&3; exec 3>&-; wait $! || die "pulled out"
    [ "$(grep -c ^ok out)" = 50 ] || die "pulled out: $(cat out)"; grep -q "the stick is not there" err || die "$(cat err)"
    [ -z "$(ls /media/stick)" ] || die "written where the stick was: $(ls /media/stick)"
    mount -t tmpfs none /media/stick; cp demo/expert/outbox/E01.bundle $S
    [ "$(marks A)" = $(( $(wc -l <one) + 111 )) ] || die "marks: $(marks A)"
    # A file that may grow no further: the copy fails as on a full stick.
    lines 141,168p >more; : | A score $S --stdin 2>/dev/null
    size=$(stat -c %s "$(drafts a)"/E01-*.draft)
    (trap '' XFSZ; ulimit -f $(( size / 512 + 16 )); A score $S --stdin <more >out 2>err)
    ok=$(grep -c ^ok out); [ "$(marks A)" -ge $(( $(wc -l <one) + 111 + ok )) ] || die "lost: $ok answered, $(marks A) kept"
    "#;
    desk.with_stick(script);
}

#[test]
fn a_sheet_on_a_stick_is_verified_and_then_the_machine_is_cleared() {
    let desk = Desk::new();
    let script = r#"
    codes=$(cut -d' ' -f1 all | sort -u)
    A score $S --clear 2>&1 | grep -q "nothing to clear" || die "nothing to clear"
    { cat all; for c in $codes; do echo "vote $c recommend"; echo "opinion $c so"; done; } | A score $S --stdin >/dev/null 2>&1
    A score $S --clear --receipt AAAA-BBBB >out 2>err; [ $? = 77 ] && grep -q "Nothing was handed in" err || die "$(cat err)"
    # No room for the sheet: nothing is handed in, and nothing half-written stays.
    head -c 20m /dev/zero >/media/stick/filler 2>/dev/null
    A score $S --seal >out 2>err; [ $? = 73 ] || die "handed in on a full stick: $(cat err)"
    ls /media/stick | grep -qE "sheet|part" && die "$(ls /media/stick)"; rm /media/stick/filler
    (trap '' XFSZ; ulimit -f 1; A score $S --seal >out 2>err; [ $? = 0 ] && die "a sheet in one block")
    [ -e /media/stick/E01.sheet ] && die "half a sheet"
    A score $S --seal >out 2>err || die "$(cat err)"
    grep -q "Written and verified, you can unplug it" err || die "$(cat err)"
    cmp /media/stick/E01.draft "$(drafts a)"/E01-*.draft || die "unplugged without the copy"
    receipt() { grep ^Receipt err | grep -oE '[A-Z2-9]{4}-[A-Z2-9]{4}'; }
    first=$(receipt); cp /media/stick/E01.sheet sheet
    A score $S --clear >out 2>err; [ $? = 2 ] && grep -q "wants the receipt code" err || die "$(cat err)"
    A score $S --clear --receipt AAAA-BBBB >out 2>err; [ $? = 1 ] || die "any receipt will do"
    echo "$(cut -d' ' -f1,2 all | head -1) 0.5" | A score $S --stdin >/dev/null 2>&1
    A score $S --clear --receipt "$first" >out 2>err; [ $? = 77 ] && grep -q "changed after the hand-in" err || die "$(cat err)"
    A score $S --seal --correction "slip of the pen" >out 2>err || die "$(cat err)"; second=$(receipt)
    A score $S --clear --receipt "$first" >out 2>err; [ $? = 1 ] || die "an old receipt will do"
    touch "$(drafts a)/E01-somebody-else.draft" /media/stick/E01.draft.77-0.part /media/stick/E010.draft
    mkfifo f; A score $S --stdin <f >out 2>err & exec 3>f; sleep 0.3
    A score $S --clear --receipt "$second" >out 2>err; [ $? = 77 ] || die "cleared under an open window: $(cat err)"
    exec 3>&-; wait
    [ -s "$(ls "$(drafts a)"/E01-????????????????.draft.lock)" ] && die "the lock names somebody who has gone"
    # As a person types it, and without any passphrase.
    A score $S --clear --receipt "$(echo "$second" | tr 'A-Z-' 'a-z ')" >out 2>err || die "$(cat err)"
    grep -q "Cleared: /media/stick/E01.draft" out && grep -q "Cleared: /media/stick/E01.key" out && grep -q "Cleared: /media/stick/E01.draft.77-0.part" out || die "$(cat out)"
    [ "$(ls "$(drafts a)")" = E01-somebody-else.draft ] || die "$(ls "$(drafts a)")"
    [ "$(ls /media/stick | xargs)" = "E01-2.sheet E01.bundle E01.sheet E010.draft" ] || die "$(ls /media/stick)"
    cmp sheet /media/stick/E01.sheet || die "the sheet was touched"
    # Not handed in, with a reason.
    head -1 all | B score $S --stdin >/dev/null 2>&1
    B score $S --clear --reason "practised here" >out 2>err && grep -q "Cleared because: practised here" out || die "$(cat err)"
    [ -z "$(ls "$(drafts b)")" ] || die "$(ls "$(drafts b)")"
    "#;
    desk.with_stick(script);
}

#[test]
fn a_bundle_on_the_own_disk_is_cleared_beside_itself() {
    let desk = Desk::new();
    fs::copy(desk.path("demo/expert/outbox/E01.bundle"), desk.path("E01.bundle")).unwrap();
    let run = |args: &[&str], stdin: &str| {
        fs::write(desk.path("stdin"), stdin).unwrap();
        let mut command = desk.command(env!("CARGO_BIN_EXE_pingshen"));
        command
            .args(["score", "E01.bundle"])
            .args(args)
            .stdin(fs::File::open(desk.path("stdin")).unwrap())
            .output()
            .unwrap()
    };
    assert!(run(&["--stdin"], "A-01 A1 1\n").status.success());
    let refused = run(&["--clear"], "");
    assert_eq!(refused.status.code(), Some(77), "{refused:?}");
    says(&refused, "Nothing was handed in");
    let cleared = run(&["--clear", "--reason", "the wrong desk"], "");
    assert!(cleared.status.success(), "{cleared:?}");
    for name in ["E01.draft", "E01.key", "E01.draft.lock", "E01.draft-journal"] {
        assert!(!desk.path(name).exists(), "{name}");
    }
    assert!(desk.path("E01.bundle").exists());
    let wrong = run(&["--clear", "--stdin"], "");
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
    let wrong = run(&["--seal", "--reason", "why"], "");
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
}
