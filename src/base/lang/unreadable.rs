//! Why a document was not read, in words, with the way out.

use crate::base::unreadable::{FileKind, Unreadable};

use super::Lang;

/// What kind of file it is.
pub(super) const fn kind(lang: Lang, kind: FileKind) -> &'static str {
    match kind {
        FileKind::Docx => lang.pick("Word/WPS 文档（docx）", "a Word document (docx)"),
        FileKind::Xlsx => lang.pick("表格（xlsx）", "a workbook (xlsx)"),
        FileKind::Xls => lang.pick("旧版表格（xls/et）", "an old workbook (xls/et)"),
        FileKind::Doc => lang.pick("旧版文档（doc/wps/rtf）", "an old document (doc/wps/rtf)"),
        FileKind::Locked => lang.pick("加了密码的文档", "a document under a password"),
        FileKind::Pdf => lang.pick("PDF", "a PDF"),
        FileKind::Picture => lang.pick("图片", "a picture"),
        FileKind::Csv => lang.pick("文本表格（csv）", "a table as text (csv)"),
        FileKind::Json => lang.pick("JSON", "JSON"),
        FileKind::Zip => lang.pick("压缩包", "a zip archive"),
        FileKind::Empty => lang.pick("空文件", "an empty file"),
        FileKind::Other => lang.pick("不认识的文件", "an unknown kind of file"),
    }
}

/// What is wrong, and how to mend it.
pub(super) fn words(lang: Lang, why: &Unreadable) -> (String, String) {
    let both = |zh: String, en: String, mend_zh: &str, mend_en: &str| {
        (if lang == Lang::Zh { zh } else { en }, lang.pick(mend_zh, mend_en).to_owned())
    };
    let save_again = (
        "用 WPS 或 Word 打开，另存为 docx 再来；不行就请申报单位重新发一份",
        "Open it in WPS or Word and save it as docx again; if that fails, ask the applicant for another copy",
    );
    let as_docx = (
        "用 WPS 或 Word 打开，另存为 docx（表格另存为 xlsx）再来",
        "Open it in WPS or Word and save it as docx (a workbook as xlsx)",
    );
    match why {
        Unreadable::Kind(found) => {
            let what = kind(lang, *found);
            let mend = match found {
                FileKind::Pdf | FileKind::Picture => (
                    "留作凭证，内容照着录入：pingshen intake --form 表.xlsx",
                    "Keep it as evidence and enter it by hand: pingshen intake --form F.xlsx",
                ),
                FileKind::Zip => ("先解压，再收里面的文件", "Unpack it and take in the files"),
                FileKind::Empty => ("可能没有拷贝完整，请重新拷贝", "It may not have been copied whole; copy it again"),
                _ => as_docx,
            };
            both(
                format!("不能从这种文件读申报内容：{what}"),
                format!("No application can be read from this: {what}"),
                mend.0,
                mend.1,
            )
        }
        Unreadable::Locked => both(
            "文档加了密码".to_owned(),
            "The document is under a password".to_owned(),
            "请申报单位去掉打开密码再发",
            "Ask the applicant to remove the password",
        ),
        Unreadable::Broken(why) => both(
            format!("文档内部是坏的：{why}"),
            format!("The document is broken inside: {why}"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::Bomb { ratio } => both(
            format!("解压后大得不正常（超过 {ratio} 倍），没有读"),
            format!("It unpacks to more than {ratio} times its size and was not read"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::Entities => both(
            "文档里有自定义实体，正常的文档没有，没有读".to_owned(),
            "It declares entities of its own, as no sound document does, and was not read".to_owned(),
            save_again.0,
            save_again.1,
        ),
        Unreadable::Unsafe { name } => both(
            format!("里面有不该有的文件名：{name}，没有读"),
            format!("It holds a name no document has, and was not read: {name}"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::TooSlow { seconds } => both(
            format!("{seconds} 秒还没读完，停下了"),
            format!("Not read within {seconds} seconds, and stopped"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::TooHungry { mebibytes } => both(
            format!("读它要用超过 {mebibytes} MiB 内存，停下了"),
            format!("Reading it wants more than {mebibytes} MiB of memory, and was stopped"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::Died { how } => both(
            format!("读它的时候出了意外（{how}），其他文件不受影响"),
            format!("Reading it came to grief ({how}); other files are not touched by it"),
            save_again.0,
            save_again.1,
        ),
        Unreadable::NoConverter => both(
            "旧版文档（doc/wps），本机没有装能转换它的 LibreOffice".to_owned(),
            "An old document (doc/wps), and there is no LibreOffice here to convert it".to_owned(),
            as_docx.0,
            as_docx.1,
        ),
        Unreadable::NotConverted => both(
            "旧版文档（doc/wps），LibreOffice 没有转换成功".to_owned(),
            "An old document (doc/wps) that LibreOffice did not convert".to_owned(),
            as_docx.0,
            as_docx.1,
        ),
    }
}
