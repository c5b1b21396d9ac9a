//! Sentences that tell a round's log, one an act.

super::texts! { /// Sentences that tell a round's log.
History {
    about: "日志：这一轮什么时候、谁、做了什么，一句一件", "The log, told: when, who, what, a sentence an act";
    arg_packet: "只看与这份材料有关的，如 A-07", "Only what concerns this packet, such as A-07";
    arg_expert: "只看与这位专家有关的，如 E03", "Only what concerns this expert, such as E03";
    arg_act: "只看这一种，如 sheet_received 或 收到", "Only this act, such as sheet_received";
    nothing: "没有符合的记录", "Nothing like that in the log";
    column_seq: "序号", "Number";
    column_time: "时间", "Time";
    column_who: "谁", "Who";
    column_act: "事项", "Act";
    column_experts: "专家", "Experts";
    column_packets: "材料", "Packets";
    column_what: "内容", "What";
    column_head: "存证码", "Head";
    who_secretary: "秘书", "secretary";
    who_desk: "本机", "folder";

    // Acts, as words to filter by.
    act_created: "新建", "created";
    act_file_kept: "存档", "file";
    act_spare_confirmed: "核对备用码", "spare";
    act_spare_used: "启封备用码", "spare used";
    act_register_opened: "打开登记册", "register";
    act_key_admitted: "登记公钥", "keys";
    act_application_received: "收申报材料", "application";
    act_application_confirmed: "申报确认", "confirmed";
    act_packet_added: "收材料", "packet";
    act_panel_set: "登记专家", "panel";
    act_assigned: "分配", "assigned";
    act_issued: "发包", "issued";
    act_sheet_listed: "登记", "listed";
    act_kept_sealed: "暂不开启", "kept sealed";
    act_opening: "开启", "opening";
    act_sheet_received: "收到", "received";
    act_sheet_refused: "退回", "refused";
    act_sheet_decided: "裁定", "decided";
    act_amended: "更正", "amended";
    act_sheet_reviewed: "复核", "reviewed";
    act_exported: "导出", "exported";

    // Sentences.
    created: "新建轮次，模板 {} {}，名额{}", "made the round, template {} {}, quota {}";
    created_practice: "（演练）", " (practice)";
    created_supervised: "，须监督在场开启", ", to be opened with the supervisor";
    quota_none: "按模板", "as the template says";
    file_kept: "存档文件 {}（{}）", "keeps the file {} ({})";
    spare_confirmed: "照卡片核对了备用码", "confirmed the spare code from its card";
    spare_used: "启封了 {} 的备用码，原因：{}", "used the spare code of {}, because: {}";
    register_opened: "打开了登记册（{}）", "opened the register ({})";
    key_admitted: "认定 {} 的公钥，{}，核对码 {}", "admitted the keys of {}, {}, check code {}";
    application_received: "收下申报材料 {}，第 {} 版，文件 {} 个", "took in application {}, version {}, {} files";
    application_confirmed: "申报材料 {} 第 {} 版的数据已确认：{}", "the figures of application {} version {} were confirmed: {}";
    packet_added: "收下匿名材料 {}", "took in packet {}";
    panel_set: "登记 {} 位专家：{}", "set the panel of {}: {}";
    panel_recused: "；回避：{}", "; recused: {}";
    assigned: "分配：{}", "assigned: {}";
    assigned_part: "{} {} 份", "{} {}";
    issued: "给 {} 发第 {} 号评审包，{} 份材料", "issued to {} bundle number {}, {} packets";
    sheet_listed: "登记收到的文件 {}，摘要 {}", "listed the file {}, digest {}";
    sheet_late: "，迟到，原因：{}", ", late, because: {}";
    kept_sealed: "收下的评分表暂不开启", "keeps the sheets sealed";
    opening: "开启 {} 份文件", "opens {} files";
    opening_missing: "未交：{}", "missing: {}";
    missing: "{}（{}）", "{} ({})";
    sheet_received: "收到 {} 第 {} 次交卷，{} 份材料，回执码 {}", "received {}'s revision {}, {} packets, receipt {}";
    sheet_unscored: "，{} 份未评完", ", {} not scored";
    sheet_spreadsheet: "，由表格录入", ", from a spreadsheet";
    sheet_replaces: "，更正回执码 {} 的那份", ", correcting the one with receipt {}";
    sheet_refused: "退回文件 {}（{}）", "refused the file {} ({})";
    decided_count: "裁定 {} 回执码 {} 的评分表计入，原因：{}", "decided that {}'s sheet with receipt {} counts, because: {}";
    decided_void: "裁定 {} 回执码 {} 的评分表作废，原因：{}", "voided {}'s sheet with receipt {}, because: {}";
    amended: "第 {} 号更正：{}，原因：{}", "amendment {}: {}, because: {}";
    change_withdrawn: "撤回材料 {}", "packet {} withdrawn";
    change_corrected: "更正材料 {}（{}）", "packet {} corrected ({})";
    change_added: "增补专家 {}", "expert {} joins";
    change_replaced: "{} 换成 {}", "{} is replaced by {}";
    change_erratum: "更正指标 {} 的文字：{}", "criterion {} reads: {}";
    change_void: "指标 {} 作废", "criterion {} is void";
    change_quota: "名额改为 {}", "quota {}";
    reviewed_stands: "第 {} 号更正后，{} 回执码 {} 的评分表照旧有效，原因：{}", "after amendment {}, {}'s sheet with receipt {} stands, because: {}";
    reviewed_asked: "第 {} 号更正后，请 {} 更正回执码 {} 的评分表，原因：{}", "after amendment {}, asked {} to revise the sheet with receipt {}, because: {}";
    why_new: "新建轮次", "new round";
    why_intake: "收申报材料", "taking applications in";
    why_check: "资格与材料核对", "checking eligibility";
    why_panel: "登记专家", "panel";
    why_slips: "加入开包条", "slips added";
    why_issue: "发评审包", "issue";
    why_sign_in: "签到材料", "sign-in";
    why_passphrase: "换口令", "passphrase changed";
    why_bad_data: "内容不对", "bad content";
    why_not_permitted: "当时不允许", "not permitted then";
    exported: "导出 {}", "exported {}";
    exported_elsewhere: "导出 {} 到别处", "exported {} elsewhere";
} }
