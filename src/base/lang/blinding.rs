//! Words of blinding and of leaks.

super::texts! { /// Words of blinding and of leaks.
Blinding {
    about: "匿名处理：抽编号、做匿名材料、列出可能泄露身份的地方", "Blind applications: draw codes, make packets, list what may say whose they are";
    arg_mask: "遮去这些线索（编号见第一栏）", "Mask these leaks (numbers of the first column)";
    arg_mask_everywhere: "在所有材料里遮去这些线索的文字", "Mask the text of these leaks in all packets";
    arg_release: "放行这些线索，要写理由", "Release these leaks, with a reason";
    arg_aliases: "申报单位的别名（csv：no,alias；前面加 - 表示不是它的名称）", "What applicants are called too (csv: no,alias; with - first, what they are not)";
    arg_show: "显示这份匿名材料的全部内容", "Print this packet as it will be sent";
    column_number: "编号", "Number";
    column_code: "材料", "Packet";
    column_masked: "已遮去", "Masked";
    column_blocks: "必须处理", "Block";
    column_warns: "提示", "Warn";
    column_level: "级别", "Level";
    column_kind: "种类", "Kind";
    column_field: "位置", "Field";
    column_context: "上下文", "Context";
    column_decision: "处理", "Decision";
    level_block: "必须处理", "block";
    level_warn: "提示", "warn";
    decided_mask: "遮去", "mask";
    decided_release: "放行", "release";
    arg_review: "在屏幕上逐条处理", "Go through them on a screen, one after another";
    decided_alias: "单位别名", "alias";
    decided_mask_everywhere: "全部遮去", "mask everywhere";
    source: "来件里另有 {} 处写明身份（不会进入匿名材料）：{}", "The source names the applicant in {} other places (never in the packet): {}";
    figures: "{} 份材料有本批独有的数字，公开统计里可能查到；数字是评分依据，照常送评：{}", "{} packets have figures no other has, and public statistics may tell whose; they are what is scored, and are shown: {}";
    sum: "{} 份匿名材料：新抽编号 {}，重做 {}；必须处理 {} 处，提示 {} 处未处理", "{} packets: {} codes drawn, {} made again; {} to be decided, {} warnings open";
    again: "没有变动的材料和已作的处理不会变", "packets without changes and what was decided stay as they are";
    decide_how: "逐条处理：blind --review；遮去：blind --mask 编号；放行：blind --release 编号 --reason 理由；看全文：blind --show 材料编号", "One after another: blind --review; mask: blind --mask N; release: blind --release N --reason WHY; read a packet: blind --show CODE";
    issue_warnings: "匿名材料里还有 {} 处提示没有处理（见 pingshen blind）", "{} warnings in the packets were not decided on (see pingshen blind)";
    kind_unit_name: "单位名称", "name of the unit";
    kind_abbreviation: "简称", "short name";
    kind_other_applicant: "另一申报单位", "another applicant";
    kind_person: "人名", "person";
    kind_address: "地址", "address";
    kind_place: "地名", "place";
    kind_phone: "电话", "telephone";
    kind_email: "邮箱", "mail";
    kind_url: "网址", "site";
    kind_wechat: "社交账号", "account";
    kind_number: "证件或代码", "identifier";
    kind_patent_no: "专利号", "patent number";
    kind_doc_no: "文号", "document number";
    kind_post_code: "邮编", "post code";
    kind_bank: "账号", "bank account";
    kind_organisation: "单位", "organisation";
    kind_platform: "平台", "laboratory or centre";
    kind_honour: "荣誉", "honour";
    kind_anniversary: "沿革", "history";
    kind_unique_figure: "独有数字", "figures of its own";
} }
