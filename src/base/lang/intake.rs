//! Words of taking applications in: what was read, what is uncertain and why.

use super::Lang;

/// Why a value is uncertain, by its word.
#[must_use]
pub fn why(lang: Lang, word: &str) -> &'static str {
    let t = &lang.texts().intake;
    match word {
        "about" => t.why_about,
        "mark" => t.why_mark,
        "several" => t.why_several,
        "both_ticked" => t.why_both_ticked,
        "none_ticked" => t.why_none_ticked,
        "unit" => t.why_unit,
        "magnitude" => t.why_magnitude,
        "place" => t.why_place,
        "differs" => t.why_differs,
        "narrative" => t.why_narrative,
        "double_row" => t.why_double_row,
        "entered" => t.why_entered,
        "too_long" => t.why_too_long,
        _ => t.why_not_a_value,
    }
}

super::texts! { /// Words of taking applications in.
Intake {
    about: "读入申报书（docx、xlsx、csv、json）", "Take application forms in (docx, xlsx, csv, json)";
    arg_files: "申报书文件，或装着它们的文件夹", "Application forms, or a folder of them";
    arg_dry_run: "只读不收：报告读到的、存疑的、缺的", "Only read: report what was read, what is uncertain, what is missing";
    arg_template: "申报表的编号，或评分模板的编号（默认 ln-application）", "Id of the form, or of a scoring template (default ln-application)";
    arg_form: "把申报表写成可以填的表格（.xlsx 或 .csv），填好后同样读入", "Write the form as a sheet to fill in (.xlsx or .csv); filled in, it is read like any other";

    arg_supply: "补正：把补充的数据（csv：no,field,value）收进来，成为新的一版", "Take in what was supplied later (csv: no,field,value), as a new version";
    arg_confirm: "申报单位已确认数据（受理号，或 all）", "The applicant confirmed the figures (receipt numbers, or all)";
    arg_cities: "各申报单位的推荐市（csv：applicant,city；不写就看文件夹名）", "Who recommended whom (csv: applicant,city; else the folder's name says)";
    arg_withdraw: "撤出本轮：申报单位撤回，或经研究不予受理", "Take applications out of the round: withdrawn, or not taken up";
    arg_how: "怎样确认的（如“盖章确认单已收”），或为什么撤出", "How they were confirmed (\"sealed sheet received\"), or why they are out";
    withdrawn: "已撤出本轮：{}", "out of the round: {}";
    progress: "读入 {}/{}", "reading {}/{}";
    taken_new: "{} 新收：{}", "{} new: {}";
    taken_same: "{} 已有，没有变化：{}", "{} there already, unchanged: {}";
    taken_changed: "{} 第 {} 版：{}，变动 {} 项", "{} version {}: {}, {} changed";
    difference: "  {}：{} → {}", "  {}: {} → {}";
    nothing: "（无）", "(none)";
    taken_sum: "新收 {}，变动 {}，没有变化 {}，读不了 {}；本轮共 {} 份", "{} new, {} changed, {} unchanged, {} not read; {} in the round";
    confirmations: "申报数据确认单已写在 {}：请申报单位逐项核对、盖章退回；收到后用 intake --confirm 登记", "Confirmation sheets are in {}: let applicants check and seal them, then note it with intake --confirm";
    confirmed: "已登记确认：{}", "confirmed: {}";
    confirmed_none: "没有需要登记的（都已确认）", "nothing to note (all are confirmed)";
    unconfirmed: "还没有确认的：{}", "not confirmed yet: {}";
    again: "同样的文件再收一次，什么都不变", "the same files again change nothing";

    sum: "{}：读到 {} 项，存疑 {} 项，缺 {} 项", "{}: {} fields read, {} uncertain, {} missing";
    years: "  表中年度是 {}，应为 {}", "  The tables give the years {}; the form asks for {}";
    head_field: "存疑的栏目", "uncertain field";
    head_value: "读作", "read as";
    head_text: "原文", "as written";
    head_why: "为什么", "why";
    head_place: "位置", "place";
    no_value: "（无）", "(none)";
    missing: "  缺：{}", "  Missing: {}";
    leaks: "  正文之外带着 {} 处信息（属性、批注、页眉等），不会进入评审材料", "  {} things lie beside its text (properties, comments, headers); none goes into a packet";
    list_stop: "、", ", ";
    written: "已写出 {}", "Written: {}";
    total: "共 {} 份：读了 {} 份，读不了 {} 份", "{} files: {} read, {} not";

    why_about: "不是确数（约、余、左右）", "not an exact figure (about, over, some)";
    why_mark: "写的是“无”或划线，不知是零还是没填", "a dash or “none” stands there: zero, or left out";
    why_not_a_value: "写的不是这一栏要的内容", "what stands there is not what this field holds";
    why_several: "一格里不止一个数", "more than one figure in the cell";
    why_both_ticked: "只能选一个的勾了不止一个", "more than one ticked where one is asked for";
    why_none_ticked: "没有勾选", "nothing is ticked";
    why_unit: "单位与这一栏不符", "the unit is not this field's";
    why_magnitude: "与相邻的数相差太大，可能把元填成了万元", "far larger than its neighbours: perhaps yuan where ten thousands are asked for";
    why_place: "只凭位置找到，栏目名称对不上", "found by its place only: the label is not there";
    why_differs: "表中两处写得不一样", "two places of the form say different things";
    why_narrative: "表中没有这一栏，只在文字里提到", "no box for it: only the running text gives it";
    why_double_row: "同一年有两行", "two rows of the same year";
    why_entered: "两次录入不一致", "entered twice, and not alike";
    why_too_long: "位数太多，不能照原样保存", "too many digits to be kept exactly";
} }
