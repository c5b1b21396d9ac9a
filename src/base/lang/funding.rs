//! Words of fund allocation, and why money was not allotted.

use crate::base::money::NotMoney;
use crate::base::unfunded::Unfunded;

use super::Lang;

super::texts! { /// Words of fund allocation.
Funding {
    about: "把资金分给入围单位，精确到分，并写明规则", "Allot funds to the units on the list, to the fen, with the rule in words";
    arg_file: "名单 csv：code，rank 和/或 score，requested 申请额，own 自筹（元）。不写 --template 就是本轮的名单（会议定的），只要 code；都不写就用本轮的名额线以上", "The list as csv: code, rank and/or score, requested, own (yuan). Without --template it is this round's list as the meeting decided it, and code is enough; without either, what is above this round's line";
    arg_template: "有 [funding] 的评分模板（编号或文件），或只写这一节的文件", "A scoring template with [funding], by id or file, or a file with that part alone";
    arg_total: "资金总额（元；也可写 800万元），模板没有写的时候用", "How much there is (yuan), where the template does not say";
    arg_requests: "本轮用：申请额和自筹额 csv（code,requested,own），代替材料里的", "In a round, in place of the packets: what is asked for and brought, as csv (code,requested,own)";

    column_requested: "申请额", "requested";
    column_own: "自筹", "own";
    column_cap: "上限", "cap";
    column_amount: "分配额", "amount";
    column_why: "依据", "why";
    rule: "规则：{}", "Rule (in Chinese, as on every export): {}";
    sum: "总额 {}，分配 {}，未分配 {}（元）", "Total {}, allotted {}, undistributed {} (yuan)";
    sum_open: "未设总额；分配 {}（元）", "No total is set; allotted {} (yuan)";
    nature: "分配测算，会议研究材料，不是拨款决定。", "A calculation for the meeting, not a decision.";
    left_by_tie: "资金止于同名次之间：{}；规则不能分出先后，都没有分配，由会议决定", "The money ended between equals: {}; the rule can't tell them apart, none was given any, the meeting decides";
    left_missing: "待补：{}；没有参与分配，补齐后要重新测算", "Something is missing: {}; they took no part, and all must be allotted anew once it is there";
    no_line: "本轮没有名额线，名单是所有有结果且达到及格线的申报", "This round has no cut line: the list is everybody with a result at or above the pass line";

    bound_amount: "定额", "the rule's amount";
    bound_unit_cap: "单位上限", "unit cap";
    bound_requested: "申请额", "as requested";
    bound_match: "自筹配套", "own funds";
    bound_share: "按比例", "its share";
    bound_rest: "余款", "what was left";
    bound_floor: "低于起点，不予分配", "below the least: nothing";
    bound_step: "不足一个取整单位", "less than one whole step";
    bound_match_short: "自筹不足，不予分配", "own funds fall short: nothing";
    bound_ended: "资金已用完", "nothing left";
    bound_tied: "资金止于同名次之间，由会议决定", "the money ended between equals: the meeting decides";
    bound_no_tier: "名次在各档以外", "behind the last tier";
    bound_no_rank: "待补名次", "rank is missing";
    bound_no_score: "待补得分", "score is missing";
    bound_no_request: "待补申请额", "requested amount is missing";
    bound_no_own: "待补自筹额", "own funds are missing";
}}

fn not_money(lang: Lang, why: NotMoney) -> &'static str {
    match why {
        NotMoney::Empty => lang.pick("是空的", "is empty"),
        NotMoney::NotANumber => lang.pick("不是金额", "is not an amount"),
        NotMoney::TooFine => lang.pick("比分还细", "is finer than a fen"),
        NotMoney::TooLarge => lang.pick("太大，最多到 12 位数的元", "is too large: at most 12 digits of yuan"),
    }
}

/// What is wrong, and how to mend it.
pub(super) fn words(lang: Lang, why: &Unfunded) -> (String, String) {
    let both = |zh: String, en: String, mend_zh: &str, mend_en: &str| {
        (if lang == Lang::Zh { zh } else { en }, lang.pick(mend_zh, mend_en).to_owned())
    };
    match why {
        Unfunded::BadMoney { text, why } => {
            let why = not_money(lang, *why);
            both(
                format!("{text:?} {why}"),
                format!("{text:?} {why}"),
                "写成 500000 或 500000.50 这样的数，不加千分号、正负号",
                "Write it like 500000 or 500000.50, without separators or a sign",
            )
        }
        Unfunded::BadRatio { text } => both(
            format!("不是比例：{text:?}"),
            format!("Not a ratio: {text:?}"),
            "写成 \"1:1\"（自筹:资助），两边都大于 0",
            "Write \"1:1\" (own funds : grant), both above zero",
        ),
        Unfunded::NoRule => both(
            "模板里没有 [funding]，不知道按什么规则分配".to_owned(),
            "The template has no [funding]: there is no rule to allot by".to_owned(),
            "在模板里写 [funding]；或用 --template 给出只写这一节的文件",
            "Write [funding] in the template, or give a file with that part alone by --template",
        ),
        Unfunded::RuleFixed => both(
            "本轮模板已有 [funding]，不能换别的规则".to_owned(),
            "This round's template has a [funding]: no other rule can take its place".to_owned(),
            "去掉 --template",
            "Leave --template out",
        ),
        Unfunded::NoTotal => both(
            "没有写资金总额".to_owned(),
            "How much there is is not said".to_owned(),
            "在 [funding] 写 total，或用 --total 金额",
            "Write total in [funding], or give --total AMOUNT",
        ),
        Unfunded::TotalFixed { total } => both(
            format!("模板已定总额 {total} 元"),
            format!("The template says how much there is: {total} yuan"),
            "去掉 --total；总额变了就改规则文件",
            "Leave --total out; if the total has changed, change the rule's file",
        ),
        Unfunded::Nobody => both(
            "名单上没有单位".to_owned(),
            "Nobody is on the list".to_owned(),
            "看看名额线和及格线",
            "Look at the cut line and the pass line",
        ),
        Unfunded::TiedAtLine { codes, seats } => both(
            format!("名额线上并列 {codes}，余 {seats} 个名额，名单没有定"),
            format!("Tied at the cut line: {codes}, with {seats} seats left; the list is not decided"),
            "由会议决定名单；定了以后写成一列 code 的 csv：pingshen allocate 名单.csv",
            "The meeting decides; then write its list as csv, a column code: pingshen allocate LIST.csv",
        ),
        Unfunded::Short { claims, total } => both(
            format!("总额不够：应分 {claims} 元，只有 {total} 元"),
            format!("Not enough: {claims} yuan are due, {total} are there"),
            "按规则不能自行折减；要折减就在 [funding] 写 short = \"scale\" 或 \"in_order\"",
            "The rule has this refused; to allot less, write short = \"scale\" or \"in_order\" in [funding]",
        ),
        Unfunded::MatchShort { codes } => both(
            format!("自筹不足：{codes}"),
            format!("Own funds fall short: {codes}"),
            "请这些单位补足自筹，或由会议决定；要折减就在 [funding] 写 match_short = \"lower\"",
            "Ask them to bring more, or let the meeting decide; to grant less, write match_short = \"lower\" in [funding]",
        ),
        Unfunded::TierOrder { to } => both(
            format!("分档次序不对：{to}"),
            format!("Tiers do not follow one another: {to}"),
            "to 从小到大写，每档写到第几名为止",
            "Write `to` from low to high: the last place of each tier",
        ),
        Unfunded::NoAmount { most, least } => both(
            format!("谁都分不到：至多 {most} 元，而按资助起点和取整，能给的至少 {least} 元"),
            format!(
                "Nobody could get anything: {most} yuan at most, and the least that floor and step leave is {least}"
            ),
            "核对 unit_cap、unit_floor、step 和金额",
            "Look at unit_cap, unit_floor, step and the amounts",
        ),
        Unfunded::AboveCap { amount, cap } => both(
            format!("{amount} 元超过每家上限 {cap} 元，谁都给不到这么多"),
            format!("{amount} yuan is above the most that one unit gets, {cap}: nobody could get it"),
            "降低这个金额，或提高 unit_cap",
            "Lower the amount, or raise unit_cap",
        ),
        Unfunded::NoOrder => both(
            "没有名次也没有得分，分不出先后".to_owned(),
            "Neither rank nor score says who comes first".to_owned(),
            "补一列 rank 或 score",
            "Add a column rank or score",
        ),
        Unfunded::BelowZero { code } => both(
            format!("{code} 的得分低于 0，不能按得分比例分"),
            format!("{code} has a score below zero, of which there is no share"),
            "换一种分配办法",
            "Choose another method",
        ),
    }
}
