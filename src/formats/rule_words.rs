//! A counting rule as sentences that a person can follow with a calculator:
//! in Chinese for every document, in either language for screens and the lint.

use crate::base::{Lang, Points};
use crate::domain::counting::Counting;
use crate::domain::rubric::beyond::{COUNT_BACK, Direction, RankOn, TieKey};
use crate::domain::rubric::{Aggregation, Below, QuotaKind, RankStyle, Rounding, Scope, Statistic};
use crate::domain::standing::Rule;

use super::beyond_words::{beyond_in_english, beyond_in_words};

/// What is told of a rule.
struct Told<'a> {
    aggregation: &'a Aggregation,
    ties: Vec<TieKey>,
    pass_total: Option<Points>,
    pass_share: Option<Points>,
}

/// A round's rule.
#[must_use]
pub fn rule_in_words(lang: Lang, rule: &Rule) -> String {
    let said = &rule.aggregation.beyond.ties;
    let key = |id: &str| said.iter().find(|key| key.of == id).cloned().unwrap_or_else(|| TieKey::plain(id));
    let told = Told {
        aggregation: &rule.aggregation,
        ties: rule.tie_keys.iter().map(|id| key(id.as_str())).collect(),
        pass_total: rule.pass_total,
        pass_share: rule.pass_share,
    };
    tell(lang, &told)
}

/// The rule of a file, with its quota.
#[must_use]
pub fn counting_in_words(lang: Lang, rule: &Counting) -> String {
    let told = Told {
        aggregation: &rule.aggregation,
        ties: rule.ties.clone(),
        pass_total: rule.pass_line.total,
        pass_share: rule.pass_line.dimension_share,
    };
    let mut out = tell(lang, &told);
    if let Some(number) = rule.quota.number {
        let said = match (rule.quota.kind, lang) {
            (QuotaKind::None, _) => String::new(),
            (QuotaKind::Soft, Lang::Zh) => format!("名额 {number} 家左右。"),
            (QuotaKind::Exact, Lang::Zh) => format!("名额正好 {number} 家。"),
            (_, Lang::Zh) => format!("名额不超过 {number} 家。"),
            (QuotaKind::Soft, Lang::En) => format!(" About {number} are wanted."),
            (QuotaKind::Exact, Lang::En) => format!(" Exactly {number} are wanted."),
            (_, Lang::En) => format!(" At most {number} are wanted."),
        };
        out.push_str(&said);
    }
    out
}

fn tell(lang: Lang, told: &Told<'_>) -> String {
    match lang {
        Lang::Zh => chinese(told),
        Lang::En => english(told),
    }
}

/// A key, with what is unusual about it.
fn key(lang: Lang, key: &TieKey) -> String {
    let pick = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    let name = if key.of == COUNT_BACK {
        pick("各分由好到差逐个", "the marks one by one from the best")
    } else {
        key.of.clone()
    };
    let mut more = Vec::new();
    match key.direction {
        Some(Direction::Ascending) => more.push(pick("低者为先", "lower first")),
        Some(Direction::Descending) => more.push(pick("高者为先", "higher first")),
        None => {}
    }
    if let Some(places) = key.places {
        more.push(match lang {
            Lang::Zh => format!("到 {places} 位小数"),
            Lang::En => format!("to {places} places"),
        });
    }
    if !key.panels.is_empty() {
        let panels = key.panels.join(" ");
        more.push(match lang {
            Lang::Zh => format!("只在 {panels}"),
            Lang::En => format!("in {panels} only"),
        });
    }
    match (more.is_empty(), lang) {
        (true, _) => name,
        (false, Lang::Zh) => format!("{name}（{}）", more.join("，")),
        (false, Lang::En) => format!("{name} ({})", more.join(", ")),
    }
}

fn chinese(told: &Told<'_>) -> String {
    let a = told.aggregation;
    let scope = match a.scope {
        Scope::ExpertTotal => "每位专家的总分",
        Scope::Criterion => "每项指标的各专家分",
    };
    let statistic = match a.statistic {
        Statistic::Mean => "取算术平均",
        Statistic::Median => "取中位数",
        Statistic::Sum => "取和",
    };
    let added = if a.scope == Scope::Criterion { "，各项相加" } else { "" };
    let drop = if a.drop_high + a.drop_low == 0 {
        format!("{scope}{statistic}{added}")
    } else {
        let below = match a.below {
            Below::Plain => "不足时不去分，另行标注",
            Below::Median => "不足时取中位数，另行标注",
            Below::NoResult => "不足时不出结果",
        };
        format!(
            "{scope}去掉 {} 个最高、{} 个最低后{statistic}{added}（有效评分表 {} 份起；{below}）",
            a.drop_high, a.drop_low, a.drop_from
        )
    };
    let rounding = match a.rounding {
        Rounding::HalfUp => "四舍五入",
        Rounding::HalfEven => "四舍六入五成双（GB/T 8170）",
        Rounding::Down => "去尾",
    };
    let style = match a.rank_style {
        RankStyle::Competition => "并列占位（1、2、2、4）",
        RankStyle::Dense => "并列不占位（1、2、2、3）",
        RankStyle::Modified => "并列取末位（1、3、3、4）",
        RankStyle::Fractional => "并列取平均（1、2.5、2.5、4）",
    };
    let on = match a.beyond.rank_on {
        RankOn::Rounded => "舍入后",
        RankOn::Exact => "未舍入",
    };
    let ties = told.ties.iter().map(|one| key(Lang::Zh, one)).collect::<Vec<_>>().join("、");
    let ties = if ties.is_empty() { "不再比较".to_owned() } else { format!("依次比较 {ties}") };
    let pass = match (told.pass_total, told.pass_share) {
        (None, None) => String::new(),
        (total, share) => {
            let total = total.map(|t| format!("总分 {t}")).unwrap_or_default();
            let share = share.map(|s| format!("每个一级指标不低于满分的 {s} 倍")).unwrap_or_default();
            format!(
                "；及格线：{}",
                [total, share].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
            )
        }
    };
    format!(
        "{drop}；少于 {} 份不出结果；{rounding}到 {} 位小数，按{on}的得分排名，{style}；同分{ties}，仍相同的由会议表决{pass}{}。空白不算 0 分。",
        a.min_sheets,
        a.places,
        beyond_in_words(&a.beyond)
    )
}

fn english(told: &Told<'_>) -> String {
    let a = told.aggregation;
    let (of, added) = match a.scope {
        Scope::ExpertTotal => ("the experts' totals", ""),
        Scope::Criterion => ("the experts' marks for each criterion", ", added over all criteria"),
    };
    let statistic = match a.statistic {
        Statistic::Mean => "mean",
        Statistic::Median => "median",
        Statistic::Sum => "sum",
    };
    let mut out = format!("The score is the {statistic} of {of}{added}");
    if a.drop_high + a.drop_low > 0 {
        let below = match a.below {
            Below::Plain => "nothing is dropped and a note says so",
            Below::Median => "it is the median and a note says so",
            Below::NoResult => "there is no result",
        };
        out.push_str(&format!(
            ", without the {} highest and the {} lowest (from {} valid sheets on; with fewer {below})",
            a.drop_high, a.drop_low, a.drop_from
        ));
    }
    let rounding = match a.rounding {
        Rounding::HalfUp => "half up",
        Rounding::HalfEven => "half to even",
        Rounding::Down => "cut off",
    };
    let style = match a.rank_style {
        RankStyle::Competition => "1, 2, 2, 4",
        RankStyle::Dense => "1, 2, 2, 3",
        RankStyle::Modified => "1, 3, 3, 4",
        RankStyle::Fractional => "1, 2.5, 2.5, 4",
    };
    let on = match a.beyond.rank_on {
        RankOn::Rounded => "as rounded",
        RankOn::Exact => "by what it is before that",
    };
    out.push_str(&format!(
        ". Fewer than {} sheets give no result. The score is rounded {rounding} to {} places and ranked {on}; equals are numbered {style}.",
        a.min_sheets, a.places
    ));
    let keys = told.ties.iter().map(|one| key(Lang::En, one)).collect::<Vec<_>>().join(", ");
    if keys.is_empty() {
        out.push_str(" Equal scores are left to the meeting's vote.");
    } else {
        out.push_str(&format!(
            " Equal scores are compared by {keys} in this order; what is still equal is left to the meeting's vote."
        ));
    }
    let share = |share: Points| Points::from_units(share.units().saturating_mul(100));
    match (told.pass_total, told.pass_share.map(share)) {
        (None, None) => {}
        (Some(total), None) => out.push_str(&format!(" The pass line is {total}.")),
        (None, Some(share)) => out.push_str(&format!(" The pass line is {share}% of each dimension.")),
        (Some(total), Some(share)) => {
            out.push_str(&format!(" The pass line is {total} in total and {share}% of each dimension."));
        }
    }
    out.push_str(&beyond_in_english(&a.beyond));
    out.push_str(" A blank is not 0.");
    out
}
