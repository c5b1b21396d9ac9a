//! Words of drafts on sticks, of their copies, and of clearing a machine.

use super::Lang;
use crate::base::{Problem, Refusal};

/// Why a copy was not written, without what is said of a draft that was not.
#[must_use]
pub fn copy_trouble(lang: Lang, refusal: &Refusal) -> String {
    let t = &lang.texts().stick;
    let why = match refusal.problem() {
        Problem::DiskFull => t.stick_full.to_owned(),
        Problem::ReadOnly => t.stick_read_only.to_owned(),
        Problem::NotFound => t.stick_gone.to_owned(),
        Problem::CannotWrite(why) | Problem::CannotRead(why) => why.clone(),
        _ => refusal.faults().next().map(|fault| super::problem(lang, fault).what).unwrap_or_default(),
    };
    super::fill(t.copy_failed, &[&crate::base::clean::clean_line(&why)])
}

super::texts! { /// Words of drafts on sticks, of their copies, and of clearing a machine.
Stick {
    copied: "优盘副本 {}", "copy on the stick {}";
    copy_failed: "优盘上的副本没写上：{}；本机的在", "The copy on the stick was not written: {}; the draft on this machine is safe";
    stick_full: "优盘满了", "the stick is full";
    stick_read_only: "优盘只能读", "the stick is read-only";
    stick_gone: "找不到优盘", "the stick is not there";
    unplug: "已写入并校验，可以拔出", "Written and verified, you can unplug it";
    draft_here: "评审包在优盘上，草稿存在本机：{}；优盘上留副本", "The bundle is on a stick; the draft is kept on this machine: {}, with a copy on the stick";
    brought_in: "本机没有草稿，已从优盘副本接着评：{}", "No draft on this machine: going on from the copy on the stick, {}";
    longer: "优盘上的副本更新，已接着它评：{}；本机原来的留作 {}", "The copy on the stick goes further and is gone on with: {}; what was here is kept as {}";
    damaged: "优盘上的副本坏了，用本机的草稿接着评：{}：{}", "The copy on the stick is damaged, the draft on this machine goes on: {}: {}";
    set_aside: "按您指定的草稿接着评；另一份 {} 改名留作 {}", "Going on with the draft you named; the other, {}, is kept as {}";

    about_clear: "清除本机上这个评审包的草稿、密钥和副本（要输入回执码；评审包和评分表不动）", "Clear this bundle's draft, key file and copies from this machine (wants the receipt code; bundle and sheet stay)";
    arg_receipt: "最后一份评分表的回执码", "Receipt code of the last sheet handed in";
    ask_receipt: "回执码（照签到表）", "Receipt code (from the sign-in sheet)";
    cleared_reason: "清除理由：{}", "Cleared because: {}";
    cleared_count: "清除了 {} 个文件；评审包和评分表没有动", "{} files cleared; bundle and sheets were not touched";
    nothing_to_clear: "没有可清除的", "There is nothing to clear";

    panicked_zh: "程序自己出了问题，已停下（{}）。已存的都在；请把这一行告诉我们。", "程序自己出了问题，已停下（{}）。已存的都在；请把这一行告诉我们。";
    panicked_en: "Our own fault; the program has stopped ({}). What was saved is still there; please tell us this line.", "Our own fault; the program has stopped ({}). What was saved is still there; please tell us this line.";
} }
