super::texts! { /// Words of the commands.
Commands {
    // Help.
    about: "评审：从匿名材料到推荐排序和公示名单，在终端里用键盘完成", "Expert review, from anonymised packets to the ranked shortlist, at the keyboard";
    exit_codes: "退出码：0 完成；1 检查不通过；2 命令写错；65 数据有误；66 找不到文件；70 程序自身问题；73 写不了；74 读写出错；77 现在不允许", "Exit codes: 0 done; 1 a check says no; 2 usage; 65 bad data; 66 no input; 70 our fault; 73 cannot write; 74 I/O; 77 not permitted";
    usage: "用法：", "Usage: ";
    heading_commands: "命令", "Commands";
    heading_arguments: "参数", "Arguments";
    heading_options: "选项", "Options";
    arg_help: "显示帮助", "Print help";
    arg_version: "显示版本", "Print version";
    arg_dir: "评审轮次的文件夹（默认：当前文件夹）", "The round's folder (default: the current one)";
    arg_lang: "界面语言：zh 或 en", "Language: zh or en";
    arg_color: "颜色：auto 或 never", "Colour: auto or never";
    arg_format: "报表格式：table（默认）、csv 或 json", "Format of the report: table (default), csv or json";
    arg_passphrase_file: "口令在这个文件的第一行（或用环境变量 PINGSHEN_PASSPHRASE）", "The passphrase is this file's first line (or set PINGSHEN_PASSPHRASE)";
    arg_supervisor: "监督的公钥（.pub）：开启时要两人同时在场", "The supervisor's public keys (.pub): two must open together";
    arg_practice: "演练：用公开的密钥，不设口令", "For practice: published keys, no passphrase";
    arg_keys: "专家事先登记的公钥（.pub）", "Public keys that experts enrolled with (.pub)";
    about_enrol: "做一副密钥（远程评审的专家，或监督，在自己的电脑上做）", "Make keys (an expert of a remote round, or the supervisor, on their own machine)";
    arg_enrol_name: "写出 NAME.key（自己保管）和 NAME.pub（交给秘书）", "Writes NAME.key (to be kept) and NAME.pub (for the secretary)";
    arg_enrol_expert: "专家代号，如 E03；监督不写", "The expert's code, such as E03; the supervisor leaves it out";
    about_keys: "本轮的密钥：显示、备用码、换口令", "The round's keys: show, spare code, passphrase";
    about_keys_show: "显示本轮、监督和各位专家的核对码", "Show the check codes of the round, the supervisor and the experts";
    about_keys_spare: "再显示一次本轮的备用码（要口令）", "Show the round's spare code again (wants the passphrase)";
    about_keys_passphrase: "换口令；忘记了就用备用码（--spare）", "Change the passphrase; a forgotten one by the spare code (--spare)";
    arg_with_spare: "用备用码代替忘记的口令（记入日志）", "The spare code in place of a forgotten passphrase (goes into the log)";
    arg_spare_file: "备用码在这个文件的第一行（或用环境变量 PINGSHEN_SPARE）", "The spare code is this file's first line (or set PINGSHEN_SPARE)";
    arg_new_passphrase_file: "新口令在这个文件的第一行（或用环境变量 PINGSHEN_NEW_PASSPHRASE）", "The new passphrase is this file's first line (or set PINGSHEN_NEW_PASSPHRASE)";
    about_open: "开启评分表（收下后没有开启的，或要两人同时开启的）", "Open sheets that were kept sealed, or that two must open";
    arg_supervisor_key: "监督的密钥（.key）", "The supervisor's secret keys (.key)";
    arg_supervisor_passphrase_file: "监督的口令在这个文件的第一行（或用环境变量 PINGSHEN_SUPERVISOR_PASSPHRASE）", "The supervisor's passphrase is this file's first line (or set PINGSHEN_SUPERVISOR_PASSPHRASE)";
    arg_codes: "签到表上的核对码（每行：代号,核对码）", "Check codes from the sign-in sheet (lines: expert,code)";
    arg_missing_reason: "没交的专家，原因（不写就逐个问）", "Why experts have handed nothing in (else each is asked)";
    arg_slip: "开包条（或用环境变量 PINGSHEN_SLIP）", "The one-time slip (or set PINGSHEN_SLIP)";
    arg_forgot: "忘记口令：用备用码重新定一个", "The passphrase is forgotten: choose another by the spare code";
    arg_keep_sealed: "只登记，不开启", "List them and open nothing";
    about_demo: "演示：铺好一轮虚构的评审并打开界面", "A demonstration: lays out a fictional round and opens a screen";
    arg_role: "打开谁的界面：expert 专家（默认）、secretary 秘书、meeting 会议", "Whose screen: expert (default), secretary, meeting";
    arg_demo_dir: "放在哪个文件夹", "Folder to lay it out in";
    arg_prepare: "只铺好，不打开界面；输出评审包和两个文件夹的位置", "Open no screen; print where the bundle and the two folders are";
    arg_demo_packets: "专家那一轮做成 N 份材料（测速用）", "Make N packets for the expert (for measuring)";
    about_template: "评分模板：列出、显示、检查", "Scoring templates: list, show, check";
    about_template_list: "列出自带的模板", "List the templates that come with the program";
    about_template_show: "原样输出一个模板（TOML）", "Print a template as it is (TOML)";
    about_template_check: "检查一个模板：每处问题带行号和改法", "Check a template: every finding with its line and what to write instead";
    arg_template: "自带模板的名称，或一个 .toml 文件", "Id of a template that comes with the program, or a .toml file";
    about_new: "新建一轮评审", "Make a round";
    arg_new_dir: "新文件夹", "A new folder";
    arg_quota: "名额（1 起）", "How many places (1 or more)";
    about_packets: "收匿名材料", "Take in anonymised packets";
    arg_packet_files: "材料文件（json），或装有它们的文件夹", "Packet files (json), or folders of them";
    about_panel: "登记专家", "Set the panel of experts";
    arg_panel_file: "专家名单（csv：code,name,employer,aliases,specialty,group,recuse）", "The panel (csv: code,name,employer,aliases,specialty,group,recuse)";
    about_issue: "发评审包：每位专家一个文件，放在 outbox", "Issue bundles: one file per expert, in outbox";
    about_score: "打分：打开评审包", "Score: open a bundle";
    arg_bundle: "评审包文件", "The bundle";
    arg_draft: "草稿放在哪里（默认：评审包旁边）", "Where the draft is kept (default: beside the bundle)";
    arg_plain: "逐行问答，适合读屏软件", "Ask line by line, for screen readers";
    arg_list: "列出要打的每一项：材料 指标 步长 满分", "List what is to be marked: code, criterion, step, maximum";
    arg_stdin: "从标准输入逐行打分：A-07 A1 3.5", "Read marks from stdin: A-07 A1 3.5";
    arg_dump: "输出已打的分，不改任何东西", "Print the marks given; changes nothing";
    arg_form: "写出打分表（csv），可用表格软件填写", "Write a form (csv) to fill in with a spreadsheet";
    arg_fill: "读回填好的打分表", "Read a filled form back";
    arg_seal: "交卷：写出评分表", "Hand in: write the score sheet";
    arg_force: "覆盖已有的文件", "Overwrite a file that is there";
    arg_seal_partial: "先交评完的，其余列明", "Hand in what is complete and list the rest";
    arg_seal_reason: "没评完的理由", "Why the rest is not scored";
    arg_correction: "更正的理由（已经交过时）", "Why a sheet handed in before is corrected";
    arg_sheet_out: "评分表写到哪里（默认：评审包旁边）", "Where the sheet goes (default: beside the bundle)";
    about_collect: "收评分表", "Collect score sheets";
    arg_sheet_files: "评分表（.sheet 或填好的 csv 打分表），或装有它们的文件夹", "Sheets (.sheet, or filled csv forms), or folders of them";
    arg_partial: "没评完的评分表：count 计入评完的，void 作废", "An incomplete sheet: count what is complete, or void it";
    arg_void: "作废所给的评分表", "Void the sheets given";
    arg_reason: "理由", "Why";
    about_status: "进度：专家与材料的对照表", "Where things stand: experts by applications";
    about_rank: "推荐排序", "The ranking";
    about_meet: "会议研究的界面（只看）", "The meeting's screen (to look at)";
    about_export: "导出", "Export";
    about_export_shortlist: "导出推荐排序", "Export the ranked shortlist";
    arg_export_format: "格式：csv（默认）、json 或 md", "Format: csv (default), json or md";
    arg_export_out: "写到哪里；- 为标准输出（默认：exports 文件夹）", "Where to; - is stdout (default: the exports folder)";
    about_publish: "公示名单：按名额线写出单位名称", "The list to publish: names above the cut line";
    arg_names: "编号与单位名称（csv：code,name）", "Codes and names (csv: code,name)";

    // A command put wrongly.
    usage_unknown: "不认识的选项：{}", "Unknown option: {}";
    usage_no_command: "没有这个命令：{}", "No such command: {}";
    usage_missing: "还缺：{}", "Missing: {}";
    usage_missing_value: "{} 后面要有值", "{} needs a value";
    usage_bad_value: "{} 不能写 {}", "{} cannot be {}";
    usage_conflict: "{} 与 {} 不能同时用", "{} and {} exclude each other";
    usage_not_utf8: "参数不是 UTF-8 文字", "An argument is not UTF-8";
    usage_wrong: "命令写得不对", "The command is put wrongly";
    see_help: "看说明：加上 --help", "For help add --help";

    // Everywhere.
    more_faults: "还有 {} 处，先改上面的", "{} more; mend those above first";
    next: "下一步：{}", "Next: {}";
    repeatable: "可以重复执行：{}", "Can be repeated: {}";
    demo_data: "演示数据：单位、专家和分数都是虚构的。", "Demonstration: applicants, experts and marks are fictional.";
    word_forms: "申报书文件夹", "FOLDER";
    word_folder: "材料文件夹", "FOLDER";
    word_panel_file: "专家.csv", "PANEL.csv";
    word_names_file: "名单.csv", "NAMES.csv";
    yes: "是", "yes";
    no: "否", "no";

    // Columns.
    column_step: "步骤", "Step";
    column_state: "状态", "State";
    column_count: "数量", "Count";
    column_version: "版本", "Version";
    column_criteria: "指标", "Criteria";
    column_total: "满分", "Total";
    column_title: "名称", "Title";
    column_expert: "专家", "Expert";
    column_name: "姓名", "Name";
    column_specialty: "专业", "Specialty";
    column_recused: "回避", "Recused from";
    column_packets: "材料", "Packets";
    column_code: "编号", "Code";
    column_rank: "名次", "Rank";
    column_score: "得分", "Score";
    column_valid: "有效表", "Sheets";
    column_votes: "推荐票", "Votes";
    column_totals: "专家总分（括号内为去掉的）", "Expert totals (dropped ones in brackets)";
    column_flags: "说明", "Notes";

    // The home page.
    welcome: "pingshen（评审）：这个文件夹里没有评审轮次。从这里开始：", "pingshen: there is no round in this folder. Begin with:";
    welcome_demo: "看一轮虚构的评审", "look at a fictional round";
    welcome_new: "新建一轮：pingshen new 文件夹 --template ln-pilot-selection --quota 6", "make a round: pingshen new DIR --template ln-pilot-selection --quota 6";
    welcome_score: "专家打分：pingshen score E03.bundle", "score as an expert: pingshen score E03.bundle";
    welcome_help: "全部命令：pingshen --help", "All commands: pingshen --help";
    step_intake: "收申报材料", "Applications";
    step_blind: "匿名处理", "Blinded";
    step_declare: "回避声明", "Declarations";
    step_packets: "收匿名材料", "Packets";
    step_panel: "登记专家", "Panel";
    step_assign: "分配", "Assignment";
    step_issue: "发评审包", "Bundles issued";
    step_collect: "收评分表", "Sheets collected";
    step_rank: "推荐排序", "Shortlist exported";
    step_meet: "会议研究", "Meeting";
    step_publish: "公示名单", "List published";
    step_done: "已完成", "done";
    step_open: "未完成", "open";
    experts_score: "专家打分：把 {} 里的评审包交给各位专家，由专家执行 pingshen score 评审包", "Experts score: hand each expert the bundle in {}; there: pingshen score BUNDLE";

    // demo.
    demo_laid: "演示已铺好：{}", "The demonstration is laid out in {}";
    demo_again: "演示已在 {}，打过的分都在", "The demonstration is in {} already; marks given there are kept";

    // template.
    template_own: "要改成自己的模板：把上面的内容存成 .toml 文件再改，改完用 pingshen template check 检查", "For a template of your own, save this as a .toml file, edit it, and run pingshen template check on it";
    template_errors: "{}：{} 处必须改", "{}: {} to be mended";
    template_notes: "{}：{} 处请留意，不影响使用", "{}: {} notes, which keep nobody from using it";
    rule_said: "规则：{}", "Rule: {}";
    funding_said: "资金规则：{}", "Funding rule (in Chinese, as on every export): {}";
    funding_sound: "{} 可以使用：只有资金分配规则，供 allocate 用；摘要 {}", "{} is sound: a funding rule alone, for allocate; digest {}";
    rules_sound: "{} 可以使用：没有指标，有计分规则供 tally 用，资金分配规则供 allocate 用；摘要 {}", "{} is sound: no criteria, a counting rule for tally and a funding rule for allocate; digest {}";
    rule_sound: "{} 可以使用：只有计分规则，没有指标，供 tally 用；摘要 {}", "{} is sound: a counting rule alone, for tally; digest {}";
    template_sound: "{} 可以使用：{} 个一级指标，{} 个二级指标，满分 {}，摘要 {}", "{} is sound: {} dimensions, {} criteria, total {}, digest {}";

    // new.
    new_made: "已新建 {}：{}（模板摘要 {}）", "Made {}: {} (template digest {})";
    new_no_quota: "这一轮没有名额：推荐排序不画名额线，也出不了公示名单。定了名额请另建一轮：{}", "This round has no quota: the ranking has no cut line and no list can be published. Once the quota is settled, make another round: {}";

    // packets, panel, assign, issue.
    packet_new: "{} 新收（{}）", "{} taken in ({})";
    packet_again: "{} 已有，内容相同（{}）", "{} there already, the same content ({})";
    packets_sum: "新收 {} 份，已有 {} 份，未收 {} 个文件；本轮共 {} 份材料", "{} taken in, {} there already, {} files refused; {} packets in the round";
    again_packets: "已有的不会重复，改好的文件再收一次即可", "packets that are there stay as they are; mend the files named and run it again";
    panel_set: "已登记 {} 位专家", "{} experts set";
    panel_same: "{} 位专家，与已登记的相同", "{} experts, the same as before";
    panel_few: "模板要求至少 {} 位专家", "The template wants {} experts at least";
    again_panel: "发评审包之前，改好名单再登记一次即可；改后要重新分配", "until bundles are issued, mend the file and run it again; then assign again";
    assigned: "已分配给 {} 位专家", "Assigned to {} experts";
    assigned_same: "已分配给 {} 位专家，与原来相同", "Assigned to {} experts, the same as before";
    again_assign: "同样的材料和专家得到同样的分配", "the same packets and panel give the same assignment";
    issued: "{} 评审包：{}（{} 份材料）", "{} bundle: {} ({} packets)";
    issued_again: "{} 评审包已发过，没有变化：{}（{} 份材料）", "{} bundle, issued before and whole: {} ({} packets)";
    again_issue: "完好的评审包不动，缺了坏了的重写", "bundles that are whole stay as they are; one that is gone or damaged is written again";

    // collect, status.
    sheet_line: "{}：{} 第 {} 次交卷，{} 份材料{}{}，回执码 {}：{}", "{}: {} revision {}, {} packets{}{}, receipt {}: {}";
    sheet_unscored: "，未评 {} 份", ", {} not scored";
    sheet_spreadsheet: "，来自表格", ", from a spreadsheet";
    sheet_counts: "收下", "accepted";
    sheet_again: "已有，没有变化", "there already, nothing changed";
    sheet_partial_counts: "没评完，按决定计入评完的", "incomplete, counted as decided";
    sheet_undecided: "没评完，尚未决定，暂不计入", "incomplete, undecided, not counted yet";
    sheet_superseded: "已被更正件替代", "superseded by a correction";
    sheet_void: "作废", "void";
    sheet_conflict: "有两份互不替代的评分表，暂不计入", "in conflict with another sheet of the expert, not counted yet";
    sheet_outstanding: "未交", "outstanding";
    sheet_refused: "{}：未收：{}", "{}: refused: {}";
    note_undecided: "{} 评完 {} 份、未评 {} 份，要决定：pingshen collect 文件 --partial count|void --reason 理由", "{} scored {} and left {}; decide: pingshen collect FILE --partial count|void --reason WHY";
    note_conflict: "{} 的评分表（回执码 {}）与另一份冲突，问清后作废一份：pingshen collect 文件 --void --reason 理由", "{}: the sheet with receipt {} conflicts with another; ask the expert and void one: pingshen collect FILE --void --reason WHY";
    collected: "计入 {}/{} 位专家的评分表", "Sheets of {}/{} experts count";
    outstanding: "还没交：{}", "Outstanding: {}";
    again_collect: "收过的不会重复", "sheets that are there stay as they are";
    sign_none: "-", "-";
    sign_outstanding: "缺", ".";
    sign_counts: "已", "x";
    sign_open: "待", "?";
    sign_unscored: "未", "o";
    sign_recused: "避", "R";
    sign_void: "废", "V";
    cell_none: "没有分配", "not assigned";
    cell_outstanding: "还没交", "outstanding";
    cell_counts: "已交，计入", "handed in, counts";
    cell_open: "已交，待决定", "handed in, to be decided";
    cell_unscored: "交卷时未评", "listed as not scored";
    cell_recused: "回避", "recused";
    cell_void: "作废", "void";

    // rank, export, publish.
    rank_nature: "推荐排序，供会议研究，不是评审结论。", "A ranking for the meeting to consider, not a decision.";
    rank_tied: "{} 并列", "{} tied";
    rank_without: "{} 不在内：{}", "Without {}: {}";
    rank_no_line: "没有定名额，不画名额线", "There is no quota, so no cut line is drawn";
    rank_rule: "规则：{}", "Rule (in Chinese, as on documents): {}";
    rank_dimensions: "一级指标各自用全部有效表统计，所以不一定加得成得分。", "Each dimension is taken over all valid sheets, so dimensions need not add up to the score.";
    tie_broken: "同分由 {} 分出", "tie broken by {}";
    cut_line: "======== 名额线：{} ========", "======== cut line: {} ========";
    tied_at_line: "名额线上还剩 {} 个名额，这几家同分，由会议表决：{}", "{} places left for those tied at the line, the meeting decides: {}";
    quota_hard: "不超过 {} 家", "at most {}";
    quota_soft: "{} 家左右", "about {}";
    quota_exact: "正好 {} 家", "exactly {}";
    quota_none: "未定名额", "no quota";
    explain_votes: "推荐票：{}/{}", "Votes: {}/{}";
    exported: "已导出，存证码 {}", "Exported; the log's code is {}";
    again_export: "覆盖 exports 里的同名文件，每次都有记录", "the file is replaced; each export is in the log";
    published: "名单上有 {} 家，未经会议研究和公示不是最终结果", "{} on the list; not final before the meeting and the public notice";
    published_tied: "名额线上同分，没有列入，由会议表决：{}", "Tied at the line and left to the meeting, not on the list: {}";
    again_publish: "覆盖 exports 里的 publish.csv 和 publish.md", "publish.csv and publish.md in exports are replaced";
    published_next: "下一步：会议研究，然后公示", "Next: the meeting, then the public notice";

    // score.
    nothing_to_undo: "没有可以撤销的", "nothing to undo";
    nothing_to_redo: "没有可以恢复的", "nothing to redo";
    form_written: "打分表：{} 份材料，每份 {} 项；只填“得分”和“意见”两列，最后一列不要动", "A form for {} packets of {} criteria; fill in mark and remark only, leave the last column alone";
    form_filled: "读入 {} 处改动", "{} entries changed";
    form_state: "评完 {} 份，没评完 {} 份，缺 {} 个分", "{} packets complete, {} not, {} marks missing";
    again_fill: "空格不改已有的分；同一张表再读一次没有变化", "blank cells change nothing; the same form again changes nothing";
    seal_before: "已经交过第 {} 次（回执码 {}）；要更正请加 --correction 理由", "Revision {} was handed in (receipt {}); to correct it add --correction WHY";
    sealed: "第 {} 次交卷：{} 份材料，未评 {} 份", "Handed in, revision {}: {} packets, {} not scored";
    receipt: "回执码：{}（请抄在签到表上并签名）", "Receipt: {} (write it on the sign-in sheet and sign)";
    seal_next: "下一步：把这个文件交给秘书", "Next: give this file to the secretary";
    seal_lacks_marks: "{} 缺 {} 个分：{}", "{} lacks {} marks: {}";
    seal_untouched: "{} 一项都没有评", "{} has no mark at all";
    seal_lacks_words: "{} 缺必写的意见", "{} lacks words that are required";
    seal_more: "还有 {} 份没评完", "{} more packets are not complete";
    seal_remarks: "提示：{} 这几项应写理由：{}", "Note: {} should have remarks on {}";
    seal_more_remarks: "提示：还有 {} 份也有应写的理由", "Note: {} more packets should have remarks";
    seal_votes: "提示：没有选推荐或不推荐：{}", "Note: neither recommended nor not: {}";
    seal_opinions: "没有写总评：{}", "No overall opinion: {}";

    // score --plain.
    plain_hello: "专家 {}，{} 份材料，每份 {} 项。分数只存在本机，交卷前别人看不到。", "Expert {}, {} packets, {} criteria each. Marks stay on this machine until you hand in.";
    plain_help: "写分数后回车；直接回车留空，看下一项；u 撤销；? 通读材料；s 检查并交卷；q 离开（都已存好）。也可写 A-07 A1 3.5、remark A-07 A1 意见、vote A-07 推荐、opinion A-07 总评、recuse A-07 kin 说明。", "Type a mark and Enter; Enter alone leaves it blank; u undo; ? the whole packet; s check and hand in; q leave (all is saved). Also: A-07 A1 3.5, remark A-07 A1 TEXT, vote A-07 recommend, opinion A-07 TEXT, recuse A-07 kin TEXT.";
    plain_packet: "=== 匿名材料 {}，第 {}/{} 份，已评完 {} 份", "=== Packet {}, {} of {}, {} complete";
    plain_criterion: "{} {} {}，满分 {}，{} 分一格（第 {}/{} 项）", "{} {} {}, maximum {}, steps of {} ({} of {})";
    plain_level: "  {} {}：{}", "  {} {}: {}";
    plain_evidence: "材料依据：", "Evidence:";
    plain_now: "现在是 {} 分；回车不改", "Now {}; Enter leaves it";
    plain_prompt: "得分？", "Mark?";
    plain_not_text: "这一行读不懂，请再写一次", "That line cannot be read; try again";
    plain_saved: "已存：{} {} {} {}，小计 {}", "Saved: {} {} {} {}, subtotal {}";
    plain_done: "已存：{}", "Saved: {}";
    plain_undone: "已撤销一步", "One step taken back";
    plain_redone: "已恢复一步", "One step done again";
    plain_complete: "{} 评完，总分 {}", "{} complete, total {}";
    plain_vote: "请选推荐或不推荐：写 vote {} 推荐 或 vote {} 不推荐", "Recommend or not: vote {} recommend, or vote {} not";
    plain_end: "各项都问过了。s 检查并交卷；q 离开；u 撤销；改分写 A-07 A1 3.5", "All have been asked. s check and hand in; q leave; u undo; to change a mark type A-07 A1 3.5";
    plain_bye: "已全部存好，下次从这里接着评。", "All is saved; next time you go on from here.";
    plain_incomplete: "还有 {} 份没评完，缺 {} 个分。补齐后再交，或先交评完的：{}", "{} packets are not complete, {} marks are missing. Complete them, or hand in what is complete: {}";
    plain_correct: "已经交过。更正请用：{}", "Handed in before. To correct it: {}";
    plain_confirm: "全部评完。输入份数 {} 后回车即交卷；直接回车返回", "All complete. Type the number of packets, {}, to hand in; Enter alone goes back";
    plain_not_confirmed: "没有交卷", "Not handed in";
    left_empty: "材料未填", "left empty";
    says_nothing: "没有找到有关的段落", "no paragraph speaks of it";
    added_up: "{}（各年相加）", "{} (added up)";
    median: "本批中位 {}{}", "median of my packets {}{}";
    total: "合计", "total";
    years_sum: "各年相加是 {}", "the years add up to {}";
} }
