//! The papers of the sign-in, in Markdown to be printed: the sheet that experts
//! sign (签到表), on which they write the codes that bind their keys and their
//! sheets to them, and the slips that open the bundles (开包条).

use crate::base::{Digest, ExpertCode};

use super::export::md;

/// One expert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The code.
    pub expert: ExpertCode,
    /// The expert's own name.
    pub name: String,
    /// The 核对码 of keys that were enrolled beforehand.
    pub check_code: Option<String>,
    /// The slip, where the bundle is opened with one.
    pub slip: Option<String>,
}

/// The sheet to be signed.
#[must_use]
pub fn sheet(title: &str, round_code: &str, head: &Digest, rows: &[Row]) -> String {
    let mut out = format!("# 专家签到表\n\n{}\n\n", md(title));
    out.push_str(&format!("本轮核对码：{round_code}    发包时的存证码：{}\n\n", head.receipt()));
    out.push_str("1. 签到时领取自己的开包条，第一次打开评审包时输入。\n");
    out.push_str("2. 打开后屏幕上显示 24 位核对码，请抄在“核对码”一栏。\n");
    out.push_str("3. 备用码抄在卡片上，装进信封封好，自己保管；只在忘记口令时拆开。\n");
    out.push_str("4. 交卷后屏幕上显示 8 位回执码，请抄在“回执码”一栏，核对无误后签名。\n\n");
    out.push_str("| 代号 | 姓名 | 核对码（24 位） | 回执码 | 签名 | 日期 |\n|---|---|---|---|---|---|\n");
    for row in rows {
        let code = row
            .check_code
            .as_deref()
            .map_or_else(|| "____ ____ ____ ____ ____ ____".to_owned(), |code| format!("{code}（已登记）"));
        out.push_str(&format!("| {} | {} | {code} | ____-____ |  |  |\n", row.expert, md(&row.name)));
    }
    out.push_str("\n秘书签名：____________    监督签名：____________\n");
    out
}

/// The slips, one a block, to be cut apart and handed out one by one.
#[must_use]
pub fn slips(title: &str, rows: &[Row]) -> String {
    let mut out = format!("# 开包条\n\n{}。沿虚线剪开，签到时一人一条；用过即收回或销毁。\n", md(title));
    for row in rows {
        let Some(slip) = &row.slip else { continue };
        out.push_str(&format!(
            "\n- - - - - - - - - - - - - - - - - - - - - - - -\n\n专家 {}  {}\n\n评审包 {}.bundle 的开包条：\n\n    {slip}\n\n（16 位，没有 0、O、1、I；大小写都可以。）\n",
            row.expert,
            md(&row.name),
            row.expert,
        ));
    }
    out
}
