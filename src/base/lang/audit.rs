//! Words of the audit and of the report that is signed.

super::texts! { /// Words of the audit: what was looked at, what does not hold, what can't be proved.
Audit {
    // Help.
    about: "核查：只凭文件，逐条核对日志、签名、文件、评分表，重新算一遍推荐排序", "Audit: from the files alone, checks the log, signatures, files and sheets, and ranks anew";
    arg_archive: "评审轮次的文件夹或它的副本（默认：-C 或当前文件夹）", "A round's folder or a copy of one (default: -C, or the current folder)";
    arg_since: "以前记下的存证码、存证文件里的完整摘要或它的前 16 位：日志必须包含它", "A head noted earlier (8 signs, 16 or 64 hex digits): the log must contain it";
    arg_report: "把核查报告写到这个文件（不能在被核查的文件夹里）", "Write the report to be signed to this file (not inside the folder audited)";
    arg_sample: "抽出这么多份评分表，与签到表和纸质材料核对", "Draw this many sheets, to be compared with the sign-in sheet and paper";
    arg_seed: "抽样种子（当众定下的一句话或一个数）", "The seed of the draw (words or a number settled in public)";
    arg_open: "用本轮口令重新解开每份收到的评分表，与已开启的比对", "Decrypt every sheet received again, with the round's passphrase, and compare";
    arg_format: "报表格式：table（默认）或 json", "Format of the report: table (default) or json";

    // The report.
    title: "核查报告", "Audit report";
    round: "轮次", "Round";
    template: "模板", "Template";
    practice: "演示或演练：用公开的密钥，签名谁都做得出来", "A demonstration or for practice: with published keys, anybody could have signed";
    head: "存证码", "Head of the log";
    head_line: "{}（第 {} 条，{}）", "{} (event {}, {})";
    round_code: "本轮核对码", "The round's check code";
    program: "核查程序", "Program";
    at: "核查时间", "Audited at";
    column_check: "项目", "Check";
    column_count: "数量", "Count";
    column_result: "结果", "Result";
    holds: "无误", "holds";
    fails: "有误：{} 处", "does not hold: {}";
    skipped: "未查", "not looked at";
    findings: "发现的问题（{} 处）：", "Findings ({}):";
    more_findings: "还有 {} 处，--format json 列出全部", "{} more; --format json lists all";
    notes: "说明：", "Notes:";
    unproved: "核查证明不了的：", "What an audit can't prove:";
    signed_by: "（{}）", " ({})";
    verdict_good: "核查通过：查过的各项全部无误。", "Everything that was checked holds.";
    verdict_bad: "核查不通过：{} 处有误。", "Does not hold: {} findings.";
    report_written: "核查报告：{}", "Report: {}";

    // Checks.
    check_database: "数据库", "Database";
    check_chain: "日志链", "Chain of the log";
    check_signatures: "签名", "Signatures";
    check_steps: "步骤先后", "Order of steps";
    check_head: "存证文件", "Head file";
    check_since: "以前的存证码", "Earlier head";
    check_witnesses: "别处记下的存证码", "Heads carried elsewhere";
    check_files: "文件", "Files";
    check_blobs: "日志里的原件", "Originals beside the log";
    check_manifests: "评审清单", "Manifests";
    check_sheets: "评分表", "Sheets";
    check_ranking: "推荐排序", "Ranking";
    check_sealed: "重新解开", "Decrypted again";

    // Who.
    who_secretary: "秘书（本轮密钥）", "secretary (the round's key)";
    who_desk: "本机（文件夹的密钥）", "folder (its own key)";
    who_expert: "专家 {}", "expert {}";
    who_event: "{}，第 {} 条", "{}, event {}";

    // Database.
    db_unreadable: "读不下去：{}", "cannot be read: {}";
    db_integrity: "数据库不完整：{}", "the database is not sound: {}";
    db_mark: "{} 是 {}，应为 {}：不是本程序的日志", "{} is {}, not {}: no log of this program";
    db_missing: "缺少 {}（防止改删的触发器或表被删掉了）", "{} is missing (a guard against changes, or a table, was dropped)";
    db_foreign: "多出 {}", "{} does not belong there";
    db_changed: "{} 被改过", "{} was changed";
    db_half: "日志有一次没写完的改动（旁边的 -journal 不空）：可能正有人写，或上次中断；先用本程序打开一次（如 pingshen status）再核查，拷贝时两个文件一起拷", "a change was cut off midway or is going on (the -journal beside it is not empty): open the round once with this program (pingshen status), then audit again; copy both files together";

    // Chain.
    chain_empty: "日志里一条记录也没有", "the log has no event";
    chain_seq: "序号是 {}，应为 {}：有记录被删、加或换了位置", "its number is {}, not {}: events were removed, added or moved";
    chain_type: "{} 栏的类型不对", "column {} is of the wrong type";
    chain_prev: "与前一条接不上", "does not follow from the event before";
    chain_hash: "内容与摘要不符：这条记录被改过", "does not match its hash: the event was changed";
    chain_kind: "类别栏写的是 {}，内容是 {}", "its kind says {}, its content is {}";
    chain_body: "内容读不懂：{}", "its content cannot be read: {}";
    chain_first: "第一条不是新建轮次", "the first event does not make a round";
    chain_again: "又一次新建轮次", "a round is made a second time";

    // Signatures.
    sig_actor: "署名 {} 既不是秘书也不是本机", "signed as {}, which is neither secretary nor folder";
    sig_binds: "这种记录必须由本轮密钥签名，却是以 {} 的名义签的", "only the round's key may sign such an event; it is signed as {}";
    sig_bad: "签名不对：内容和签名不是一起做出来的", "the signature does not fit";
    sig_no_key: "第一条里没有密钥，签名无法核对", "the first event gives no keys to check by";

    // Steps.
    step_after_issue: "发评审包以后不该再有这一步", "cannot be once bundles are out";
    step_assigned: "分配的材料或专家与登记的不符：{}", "assigns what was not taken in: {}";
    step_readers: "这些材料的专家人数与分配规则不符：{}", "packets with more or fewer experts than the rule says: {}";
    step_loads: "这些专家的份数与分配规则不符：{}", "experts with more or fewer packets than the rule says: {}";
    step_groups: "这些材料没有分组，或由别组的专家评：{}", "packets without a group, or read from another one: {}";
    step_drawn: "抽签分组与种子算出来的不同：{}", "groups that are not those the seed draws: {}";
    step_anew: "按同样的规则重新分配，结果不同", "is not what the same rule gives when assigned anew";
    step_fit: "匹配度表读不懂：{}", "its points of fit cannot be read: {}";
    step_unlisted: "开启的文件没有先登记：{}", "opens a file that was not listed before: {}";
    step_late: "开启以后才登记，却没有写原因", "listed after the opening, without a reason";
    step_again: "同一个名字第二次登记", "the same name is listed a second time";
    step_no_sheet: "说的评分表没有收到过：{}", "speaks of a sheet that was not received: {}";
    step_no_reason: "没有写原因", "gives no reason";
    step_keys: "{} 的公钥被换成了另一副", "the keys of {} were replaced by others";
    step_no_expert: "专家组里没有 {}", "{} is not in the panel";
    step_amendment: "更正通知的编号、轮次或前后衔接不对", "the amendment's number, round or predecessor is wrong";
    step_document: "更正通知的签名不对：{}", "the amendment's document does not hold: {}";

    // Head file.
    head_missing: "不在了", "is not there";
    head_bad: "读不懂或签名不对：{}", "cannot be read, or its signature does not fit: {}";
    head_signer: "不是本轮或本机的密钥签的", "is signed by another key than the round's or the folder's";
    head_round: "是另一轮的：{}", "is another round's: {}";
    head_cut: "日志只有 {} 条，存证文件记到第 {} 条：日志末尾被截掉了", "the log has {} events, the head file knows {}: the log was cut back";
    head_other: "日志第 {} 条与存证文件记下的不同：日志被改写过", "event {} is another than the head file names: the log was rewritten";
    head_behind: "存证文件记到第 {} 条，日志有 {} 条：没来得及跟上，不算问题", "the head file knows {} of {} events: it was left behind, which is no fault";

    // Earlier heads.
    since_lost: "日志里没有 {}：日志被截掉或改写过", "the log does not contain {}: it was cut back or rewritten";
    since_found: "{} 是第 {} 条；此后又有 {} 条{}", "{} is event {}; {} came after{}";
    since_by: "（{}）", " ({})";
    witness_manifest: "{} 的评审清单记下的存证码 {} 不在此前的日志里：日志被改写过", "the manifest of {} names the head {}, which the log before it lacks: it was rewritten";
    witness_sheet: "{} 的评分表记下的存证码 {} 不在此前的日志里：日志被改写过", "the sheet of {} names the head {}, which the log before it lacks: it was rewritten";
    witness_export: "印着存证码 {}，日志里没有：日志被截掉或改写过，或不是这一轮的", "bears the head {}, which the log lacks: it was cut back or rewritten, or this is another round's";

    // Files.
    file_missing: "不在了", "is not there";
    file_altered: "被改过：摘要是 {}，日志记的是 {}", "was altered: its digest is {}, the log says {}";
    file_swapped: "内容其实是 {}：文件被换了", "holds what belongs in {}: files were swapped";
    file_older: "是第 {} 条时的旧内容：用旧文件换掉了新的", "holds what it held at event {}: an older file was put back";
    file_link: "不是文件，是链接", "is a link, not a file";
    file_name: "日志里的文件名不妥，没有去读", "has a name that leads elsewhere; it was not read";
    file_unreadable: "读不了：{}", "cannot be read: {}";
    file_foreign: "日志里没有这个文件：是外来的、还没收的，或日志被截掉了", "no event knows this file: it is foreign, not collected yet, or the log was cut back";
    file_desk: "不是第一条记录所说的本机密钥", "is not the folder's key that the first event names";
    file_own: "专家自己的文件，不归日志管：{}", "experts' own files, of which the log knows nothing: {}";
    file_left: "与评审无关的文件，没有看：{}", "files that are no part of a round, not looked at: {}";
    file_elsewhere: "是导出到别处的那一份：{}", "is what was exported elsewhere: {}";

    // Blobs.
    blob_altered: "原件被改过：与它的摘要不符", "was altered: it is not what its digest says";
    blob_missing: "原件不在了：{}", "is missing: {}";
    blob_orphan: "没有一条记录提到它", "no event speaks of it";
    blob_template: "模板读不懂：{}", "the template cannot be read: {}";
    blob_packet: "不是编号为 {} 的材料", "is no packet of the code {}";

    // Manifests.
    manifest_bad: "清单不成立：{}", "does not hold: {}";
    manifest_field: "清单里的“{}”与日志不符", "its “{}” is not what the log says";

    // Sheets.
    sheet_bad: "评分表不成立：{}", "does not hold: {}";
    sheet_event: "日志记的“{}”与评分表里写的不符", "the log's “{}” is not what the sheet says";
    sheet_field: "评分表里的“{}”与本轮不符", "its “{}” is not this round's";
    sheet_keys: "签名的密钥不是登记为 {} 的那一副", "is signed by other keys than those known to be {}'s";
    sheet_unlisted: "没有先登记就开启了", "was opened without having been listed";
    sheet_unopened: "没有宣布开启就打开了", "was opened before the opening was logged";
    sheet_twice: "同一份评分表收了两次", "was received twice";
    sheet_not_assigned: "{} 没有分给这位专家", "{} was not given to this expert";
    sheet_packet: "{} 评的不是发出去的那份材料", "{}: other content than was issued was scored";
    sheet_mark: "{} 的分数 {} 不在允许的范围或档次上", "{}: the mark {} is out of range or off the grid";
    sheet_criteria: "{} 的指标不全或不对", "{}: its criteria are not those of the template";
    sheet_missing: "{} 既没有打分，也没有说明", "{} is neither scored nor accounted for";
    sheet_code_twice: "{} 出现两次", "{} occurs twice";
    sheet_recused: "回避的材料 {} 却有分数", "{}, from which the expert is recused, has marks";
    sheet_replaces: "更正的不是同一位专家的前一次交卷", "corrects what is not the same expert's sheet before";
    sheet_replaces_unknown: "更正的前一次交卷没有收到过", "corrects a sheet that never came in";
    sheet_form: "与收到的表格里填的分数不同", "differs from the marks in the form that came in";

    // Ranking.
    rank_differs: "与用评分表重新算出来的不一样", "is not what the sheets give when ranked anew";
    rank_none: "当时没有可以排序的评分表：{}", "nothing could be ranked then: {}";
    rank_lost: "没法重新排序，读不出的评分表：{}", "cannot be ranked anew: these sheets can't be read: {}";
    rank_count: "列了 {} 家，重新算出来线上有 {} 家", "lists {}, but {} are above the line when ranked anew";
    rank_since: "导出以后又有：{}；现在的推荐排序{}", "came after the export: {}; the standing is now {}";
    rank_same: "没有变", "the same";
    rank_changed: "变了，请重新导出", "another; export it again";
    rank_unknown: "算不出来", "not to be had";

    // Decrypted again.
    open_fails: "解不开：{}", "cannot be decrypted: {}";
    open_differs: "里面不是已开启的那份评分表", "holds another sheet than the one opened";
    open_waiting: "还没有开启，这里也不打开：{}", "not opened yet, and not opened here: {}";

    // What can't be proved.
    cannot_key: "本轮密钥是不是秘书的：请把“本轮核对码”与签到表上印的比对。", "That the round's key is the secretary's: compare the round's check code with the one printed on the sign-in sheet.";
    cannot_names: "姓名和单位：登记册是加密的，日志里只有代号。", "Names and employers: the register is encrypted, and the log has codes only.";
    cannot_paper: "签到表、回执码是不是本人签的：请抽样与纸质材料核对（--sample N --seed S）。", "That the paper was signed by hand: draw a sample and compare (--sample N --seed S).";
    cannot_sealed: "收到的加密文件里是不是已开启的那份评分表：要用本轮口令核对（--open）。", "That a sealed file holds the sheet that was opened: needs the round's passphrase (--open).";
    cannot_end: "日志末尾、有关文件和存证文件一起退回到以前：要用以前记下的存证码核对（--since）。", "That the end of the log was not taken back together with its files and its head file: needs a head noted earlier (--since).";
    cannot_unlisted: "交来而没有登记的评分表：请与签到表上的回执码核对。", "Sheets that were handed over and never listed: compare the receipt codes on the sign-in sheet.";
    cannot_publish: "公示名单上的名称与编号是否对应：只核对了家数和存证码。", "That the names published belong to the codes: only their number and the head were checked.";
    cannot_time: "时间：是当时电脑的钟，先后只凭序号。", "Times: they are those of the computer's clock; the order is by number.";

    // Sample.
    sample_how: "抽样：把种子“{}”和评分表摘要（64 位十六进制）连在一起算 SHA-256，从小到大取前 {} 份（共 {} 份）；谁都可以重算。", "The draw: SHA-256 of the seed “{}” followed by the sheet's digest (64 hex digits), smallest first, {} of {}; anybody can repeat it.";
    sample_line: "{} 第 {} 次交卷  回执码 {}  核对码 {}  {} 份材料", "{} revision {}  receipt {}  check code {}  {} packets";
    sample_totals: "    总分：{}", "    totals: {}";
    sample_needs_seed: "--sample 要同时给 --seed", "--sample wants --seed too";

    // Document.
    doc_nature: "本报告由程序根据文件逐条核查得出，只说明文件与日志是否前后一致。", "This report is made from the files alone.";
    doc_conclusion: "结论", "Conclusion";
    doc_signatures: "核查人签名：____________    监督签名：____________    日期：____________", "Audited by: ____________    Supervisor: ____________    Date: ____________";
} }
