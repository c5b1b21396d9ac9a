//! Words of amendments (更正与变更) and updates (补充包).

super::texts! { /// Words of amendments and updates.
Amending {
    // What an amendment changes.
    change_withdrawn: "撤回 {}", "{} is withdrawn";
    all_but_few: "{} 项", "{} of them";
    change_corrected: "更正 {} 的材料（依据有变的指标：{}）", "{} is corrected (criteria whose evidence differs: {})";
    change_added: "增补专家 {}", "Expert {} joins";
    change_replaced: "专家 {} 更换为 {}", "Expert {} is replaced by {}";
    change_erratum: "指标 {} 文字更正：{}", "Erratum to criterion {}: {}";
    change_void: "指标 {} 作废，对所有材料都不计", "Criterion {} is void and counts for nobody";
    change_quota: "名额由 {} 改为 {}", "The quota changes from {} to {}";
    quota_open: "未定", "open";

    // Help.
    about_amend: "更正与变更（评审包发出以后）", "Amendments, after bundles are out";
    about_withdraw: "撤回一份材料", "Withdraw a packet";
    about_correct: "更正一份材料（json，编号不变）", "Correct a packet (json, the same code)";
    about_add_expert: "增补一位专家（专家名单的一行）", "Add an expert (one row of a panel file)";
    about_replace: "更换一位专家；原来那位的评分表不再计入", "Replace an expert, whose sheets then count no more";
    about_erratum: "更正一项指标的文字", "Correct the wording of a criterion";
    about_void: "一项指标作废，对所有材料都不计", "Void a criterion for everybody";
    about_quota: "改名额", "Change the quota";
    about_list: "列出全部更正", "List all amendments";
    about_accept: "认可一份更正以前交的评分表", "Let a sheet stand that came before an amendment";
    about_ask: "请专家就更正交一份更正件", "Ask an expert for a revision because of an amendment";
    arg_code: "材料编号", "The packet's code";
    arg_packet: "更正后的材料（json）", "The corrected packet (json)";
    arg_row: "专家名单（csv，只有这一行）", "A panel file (csv) with this one row";
    arg_expert: "专家代号", "The expert's code";
    arg_criterion: "指标编号", "The criterion's id";
    arg_text: "应读作什么", "How it is to be read";
    arg_new_quota: "新的名额", "The new quota";
    arg_number: "只就这一号更正（默认：全部）", "Only for this amendment (default: all)";
    arg_issue_update: "把更正写成补充包，每位专家一个文件；增补的专家发评审包", "Write the amendments as updates, one file per expert; new experts get their bundles";
    arg_score_update: "并入这个补充包（放在评审包旁边的会自动并入）", "Merge this update (those beside the bundle are merged by themselves)";

    // amend.
    amended: "第 {} 号更正：{}", "Amendment {}: {}";
    amended_again: "第 {} 号更正已经是这样：{}", "Amendment {} says so already: {}";
    document: "已签名：{}", "Signed: {}";
    next_issue: "把它发给专家：{}", "To give it to the experts: {}";
    ties_less: "同分比较次序里不再有 {}", "{} is out of the tie-break chain";
    pass_stays: "满分现在是 {}；及格线仍按模板", "The maximum is now {}; the pass line stays as the template has it";
    standings: "更正前后的排序：{}，{}", "The standing before and after: {}, {}";
    standing_before: "更正前的排序：{}", "The standing before: {}";
    no_standing: "没有一份评分表可以计入，等认可或收到更正件以后再排", "No sheet counts until they are accepted or revised";
    moved_head: "名次有变：", "Places that changed:";
    moved: "  {}  {} -> {}", "  {}  {} -> {}";
    moved_none: "名次没有变化", "No place has changed";
    list_empty: "没有更正", "There are no amendments";
    column_number: "号", "No.";
    column_change: "更正内容", "What it changes";
    column_reason: "理由", "Why";
    column_document: "文件摘要", "Document";
    accepted: "{} 的评分表（回执码 {}）就第 {} 号更正照旧有效", "{}: the sheet with receipt {} stands in spite of amendment {}";
    asked: "已记下：请 {} 就第 {} 号更正交更正件（回执码 {} 的评分表暂不计入）", "Noted: {} is asked for a revision because of amendment {} (the sheet with receipt {} does not count)";
    said_already: "已经这样记下了", "That is noted already";
    still_stale: "还有 {} 份评分表没有就更正确认", "{} sheets are still not confirmed for an amendment";
    note_stale: "{} 的评分表（回执码 {}）交在第 {} 号更正以前，暂不计入", "{}: the sheet with receipt {} came before amendment {} and does not count yet";
    note_stale_how: "认可：{}；请专家交更正件：{}", "Accept: {}; ask for a revision: {}";
    note_asked: "{} 的评分表（回执码 {}）：已请专家就第 {} 号更正交更正件", "{}: the sheet with receipt {}: a revision because of amendment {} was asked for";
    in_force: "更正与变更：", "Amendments in force:";
    document_line: "更正与变更", "Amendments";

    // issue --update.
    update_written: "{}：{}（到第 {} 号更正）", "{}: {} (up to amendment {})";
    update_again: "{}：{}，已有，没有变化", "{}: {}, there already, unchanged";
    update_none: "评审包以后没有更正，不用补充包", "There is no amendment since the bundles, so no update";
    update_how: "把各人的补充包放在评审包旁边，下次打开时自动并入", "Put each expert's update beside the bundle: it is merged at the next opening";

    // score.
    merged: "已并入更正（到第 {} 号）：", "Amendments are merged (up to number {}):";
    merged_line: "  第 {} 号：{}（{}）", "  {}: {} ({})";
    merged_review: "待复核 {} 处：分数都在，请逐一确认或重打", "To be confirmed: {}; every mark is kept, confirm or change each";
    merged_already: "这个补充包已经并入过", "This update is merged already";
    merged_corrects: "已经交过卷：复核后请交一份更正件", "A sheet was handed in already: after this, hand in a correction";
    not_merged: "补充包没有并入：", "An update was not merged:";
    notice_merged: "已并入第 {} 号更正；待复核 {} 处（分数都在）", "Amendment {} is merged; {} marks to be confirmed (none is lost)";
    review_here: "待复核（第 {} 号更正）：Enter 确认，或重打", "to confirm (amendment {}): Enter, or a mark";
    review_word: "待复核", "to confirm";
    review_count: "待复核 {} 处", "{} to confirm";
    grid_review: "带 * 的待复核：Enter 确认，或重打", "Marks with * are to be confirmed: Enter confirms, or type another";
    review_sign: "*", "*";
    erratum_line: "文字更正（第 {} 号）：", "Erratum ({}): ";
    check_review: "材料更正后待复核", "To confirm after amendments";
    check_review_item: "{} 的 {}（第 {} 号更正）", "{} {} (amendment {})";
    word_confirm: "复核", "confirmed";
    overall_review: "材料更正后待复核：{}。按 Enter 去确认。", "To be confirmed after an amendment: {}. Enter goes there.";
    plain_review: "这一项在第 {} 号更正以前打了 {} 分，材料或文字已更正。直接回车确认，或输入新的分。", "Given before amendment {}, with {} points; the evidence or the wording was corrected. Press Enter to confirm, or type a mark.";
    plain_confirmed: "已确认", "Confirmed";
    seal_more_review: "还有 {} 处待复核", "and {} more to be confirmed";
    seal_review: "材料更正后待复核 {} 的 {}（第 {} 号更正）", "To be confirmed after an amendment: {} {} (amendment {})";
} }
