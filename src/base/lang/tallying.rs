//! Words of the ranking from plain score files.

super::texts! { /// Words of the ranking from plain score files.
Tallying {
    about_tally: "不建评审轮次，直接由打分明细表排名", "The ranking from plain score files, without a round";
    arg_files: "打分明细 csv（application,expert,criterion,score；可有 panel 列），或放这些文件的文件夹", "Marks as csv (application,expert,criterion,score; panel if wanted), or folders of them";
    arg_template: "评分模板的编号或文件，或只写计分规则的文件", "A scoring template by id or file, or a file with a counting rule alone";
    arg_factors: "系数 csv：panel,application,criterion 任选，后面是 factor，可再有 base", "Factors as csv: any of panel,application,criterion, then factor and, if wanted, base";
    arg_adjust: "加减分 csv：panel,application,points；减分写负数", "Additions and deductions as csv: panel,application,points; a deduction is below zero";

    read: "读了 {} 个文件，{} 个分数；{} 组，{} 份申报", "{} files, {} marks; {} panels, {} applications";
    passed_over: "文件夹里有 {} 样不是 csv，没有读；第一样是 {}", "{} things in the folders are no csv and were not read; the first is {}";
    untouched_factors: "系数表有 {} 行对不上任何分数，没有用到；第一处在第 {} 行", "{} rows of factors fit no mark and were not used; the first is line {}";
    untouched_adjusts: "加减分表有 {} 行对不上任何申报，没有用到；第一处在第 {} 行", "{} rows of adjustments fit no application and were not used; the first is line {}";
    line: "── 名额线 {} ──", "── cut line: {} ──";
    tied_at_line: "线上并列 {}，余 {} 个名额，由会议决定", "Tied at the line: {}; {} seats left, for the meeting to decide";

    arg_drawn: "各组（panel）是随机抽签分的；规则要求组间标准化时才有用", "The panels were drawn at random; only of use where the rule makes groups comparable";
    across_done: "各组合并（组间标准化）", "All panels together, made comparable";
    across_not: "没有组间标准化，各组仍用原始分：{}", "Panels were not made comparable, scores stay raw: {}";
    column_raw: "原始分", "Raw";
    column_group: "组", "Panel";
    across_not_drawn: "没有说明各组是随机抽签分的", "groups are not said to have been drawn at random";
    across_no_group: "{} 没有分组", "{} is in no group";
    across_too_few: "{} 组有结果的只有 {} 份，少于 {} 份", "group {} has {} results, fewer than {}";
    across_no_spread: "{} 组得分全部相同，标准差为 0", "all results of group {} are the same: no deviation to divide by";
    across_no_mean: "{} 组平均分不大于 0", "the mean of group {} is not above zero";
    across_does_not_fit: "数太大，超出可以精确计算的范围", "figures too large to be worked out exactly";

    plain: "份数不足，未去分", "too few to drop any";
    too_few: "份数不足，没有结果", "too few for a result";
    fewer: "评分少于其他申报", "fewer marks than others";
    missing: "{} 没有分数", "no mark for {}";
    partial: "{} 有空白，其总分不计", "{} left a blank, so that total does not count";
    no_carry: "没有前一阶段（{}）的成绩", "no score from the earlier stage ({})";
    below_line: "低于及格线", "below the pass line";
    below_dimension: "{} 低于最低比例", "{} below its least share";
    at_line: "名额线上并列", "tied at the line";
}}
