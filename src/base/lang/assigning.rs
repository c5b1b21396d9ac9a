//! Words of the assignment.

use crate::base::Misassigned;

use super::{Lang, fill};

/// What is wrong, and how to mend it.
pub(super) fn words(lang: Lang, why: &Misassigned) -> (String, String) {
    let t = &lang.texts().assigning;
    let (what, mend) = match why {
        Misassigned::NoGroup { experts } => (fill(t.no_group, &[experts]), t.no_group_mend.to_owned()),
        Misassigned::EmptyGroup { group, known } => (fill(t.empty_group, &[group]), fill(t.empty_group_mend, &[known])),
        Misassigned::Ungrouped { codes } => (fill(t.ungrouped, &[codes]), t.ungrouped_mend.to_owned()),
        Misassigned::NoSpecialty => (t.no_specialty.to_owned(), t.no_specialty_mend.to_owned()),
        Misassigned::LeastAboveMost { least, most } => {
            (fill(t.least_above_most, &[least, most]), t.least_above_most_mend.to_owned())
        }
        Misassigned::NoSeed => (t.no_seed.to_owned(), t.no_seed_mend.to_owned()),
    };
    (what, mend)
}

super::texts! { /// Words of the assignment.
Assigning {
    about: "分配材料：默认全部专家看全部材料（回避的除外）；--per N 每份恰好 N 位", "Assign: everybody reads everything (minus recusals), or exactly N experts a packet (--per N)";
    arg_per: "每份材料恰好由 N 位专家评（回避的不算）", "Exactly N experts read each packet, none of them recused";
    arg_most: "每位专家至多评几份（默认：按人数平摊所需的最小整数）", "No expert reads more (default: the least whole number that is enough by arithmetic)";
    arg_least: "每位专家至少评几份", "No expert reads fewer";
    arg_fit: "匹配度 csv：application,expert,points（不小于 0 的整数；没写的为 0）；总分最高", "Points of fit as csv: application,expert,points (whole numbers, 0 where none); the assignment has the most";
    arg_mix: "匹配度之后，同一份材料的专家尽量专业各异", "Behind fit, the experts of a packet have different specialties";
    arg_groups: "分组评审：csv application,group；写 draw 为抽签分组（要有 --seed）", "Groups as csv: application,group; draw: drawn by the seed";
    arg_seed: "公开抽取的种子：抽签分组，一样好的分法里取哪一种", "A publicly drawn seed: draws groups, and chooses among what is equally good";
    arg_dry_run: "只看，不写入", "Show it, write nothing";

    // Refused.
    no_group: "这些专家没有组别：{}", "Experts without a group: {}";
    no_group_mend: "在专家名单的 group（组别）一栏填上，再登记一次：pingshen panel 专家.csv", "Fill in the column group of the panel and set it again: pingshen panel PANEL.csv";
    empty_group: "没有专家属于这一组：{}", "Nobody of the panel belongs to this group: {}";
    empty_group_mend: "现有：{}", "There are: {}";
    ungrouped: "这些材料没有分组：{}", "Packets without a group: {}";
    ungrouped_mend: "在分组表里每份写一行", "Give each a row in the file of groups";
    no_specialty: "没有一位专家登记了专业，无从搭配", "No expert's specialty is known, so there is nothing to mix";
    no_specialty_mend: "在专家名单的 specialty（专业）一栏填上，再登记一次；或去掉 --mix", "Fill in the column specialty of the panel and set it again, or leave out --mix";
    least_above_most: "每人至少 {} 份，却至多 {} 份", "At least {} packets an expert, but at most {}";
    least_above_most_mend: "降低 --least 或提高 --most", "Lower --least or raise --most";
    no_seed: "种子是空的", "The seed is empty";
    no_seed_mend: "写上当众抽取的数或一句话：--seed 文字", "Give the number or words drawn in public: --seed TEXT";

    // What it comes to.
    column_load: "份数", "Load";
    column_group: "组别", "Group";
    column_codes: "评哪些", "Reads";
    column_experts: "专家", "Experts";
    column_points: "匹配度", "Fit";
    rule_per: "每份 {} 位，每位至多 {} 份", "{} experts a packet, at most {} packets an expert";
    rule_least: "，至少 {} 份", ", at least {}";
    rule_all: "全部可评的专家", "all who may";
    rule_groups: "；分组评审", "; by groups";
    rule_drawn: "；抽签分组，种子“{}”", "; groups drawn by the seed “{}”";
    rule_seed: "；种子“{}”", "; seed “{}”";
    rule_mix: "；专业搭配", "; specialties mixed";
    rule_fit: "；按匹配度", "; by fit";
    total: "匹配度合计：{}", "Points of fit in all: {}";
    alike: "同一份材料里同专业的专家对数：{}", "Pairs of one specialty at one packet: {}";
    unknown_specialty: "没有登记专业，当作与谁都不同：{}", "No specialty known, taken as unlike anybody's: {}";
    loads: "每位专家 {} 至 {} 份", "{} to {} packets an expert";
    idle: "没有分到材料，不发评审包：{}", "Nothing to read, so no bundle: {}";
    drawn_how: "抽签：把种子“{}”和材料编号连在一起算 SHA-256，从小到大轮流分入 {}；谁都可以重算", "The draw: SHA-256 of the seed “{}” followed by the code, smallest first, dealt in turn to {}; anybody can repeat it";
    few_sheets: "模板要 {} 份有效评分表才出结果，这些材料的专家更少：{}", "The template gives no result below {} sheets, and these packets have fewer experts: {}";
    dry: "只看，没有写入", "Shown only; nothing was written";

    // Where there is none.
    impossible: "分不下去：", "It can't be done:";
    in_group: "{}：", "{}: ";
    packets_want: "{}：每份要 {} 位，共 {} 次；能评它们的专家合起来只有 {} 次", "{}: {} experts each, {} reads; those who may read them have room for {}";
    experts_want: "{}：每位至少 {} 份，共 {} 次；能给他们评的材料合起来只有 {} 次", "{}: {} packets each at least, {} reads; what they may read has room for {}";
    column_may: "其中可评", "May read";
    column_may_packet: "可由几位评", "May be read by";
    column_room: "余地", "Room";
    recused: "回避：{}", "Recused: {}";
    nobody: "没有一位专家能评", "nobody may read it";
    nothing: "没有一份材料能给他们评", "there is nothing they may read";
    mend: "可以：{}", "Ways out: {}";
    enough: "只改一项就能全部分下去的：{}", "Enough for everything, one figure changed: {}";
    enough_none: "--most、--per、--least 单独改哪一项都分不下去", "No other --most, --per or --least alone is enough";
    mend_most: "把 --most 提高到 {}", "raise --most to {}";
    mend_per: "把 --per 降到 {}", "lower --per to {}";
    mend_least: "把 --least 降到 {}", "lower --least to {}";
    mend_experts: "增加能评它们的专家，至少 {} 位", "add experts who may read them, {} at least";
    mend_recusal: "核对其中的回避是否都成立", "look again at the recusals among them";
    more_blocks: "还有 {} 处：{}", "{} more: {}";
} }
