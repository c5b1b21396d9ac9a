//! What a rule says beyond the usual one, for every screen and document that
//! tells the rule. Of a rule that says nothing more, nothing is said.

use crate::base::Lang;
use crate::base::decimal::shortest;
use crate::domain::across::{Across, LEAST_OF_A_GROUP};
use crate::domain::rubric::beyond::{Beyond, Direction, FACTOR_PLACES, Group, VALUE_PLACES};

/// Chinese clauses, each with its semicolon before it.
#[must_use]
pub fn beyond_in_words(beyond: &Beyond) -> String {
    clauses(Lang::Zh, beyond).into_iter().flat_map(|clause| ["；".to_owned(), clause]).collect()
}

/// English sentences, each with a blank before it.
#[must_use]
pub fn beyond_in_english(beyond: &Beyond) -> String {
    clauses(Lang::En, beyond).into_iter().flat_map(|clause| [" ".to_owned(), clause, ".".to_owned()]).collect()
}

fn clauses(lang: Lang, beyond: &Beyond) -> Vec<String> {
    let zh = lang == Lang::Zh;
    let mut said: Vec<String> = Vec::new();
    let list = |parts: Vec<String>| parts.join(if zh { "、" } else { ", " });
    if !beyond.mark_values.is_empty() {
        let worth = if zh { "计" } else { "is worth" };
        let values = beyond.mark_values.iter();
        let values = values.map(|(mark, value)| format!("{mark} {worth} {}", shortest(*value, VALUE_PLACES))).collect();
        let head = if zh { "各分先折算：" } else { "Marks are exchanged first: " };
        said.push(format!("{head}{}", list(values)));
    }
    if beyond.negative {
        said.push(if zh { "分数可以是负数" } else { "Marks may be below zero" }.to_owned());
    }
    if !beyond.factors.is_empty() {
        let factors = beyond.factors.iter();
        let factors = factors.map(|(id, factor)| format!("{id}×{}", shortest(*factor, FACTOR_PLACES))).collect();
        said.push(format!("{}{}", if zh { "系数：" } else { "Factors: " }, list(factors)));
    }
    let round = &beyond.round;
    let steps = [
        (round.mark, "每个分数", "each mark"),
        (round.expert_total, "每位专家的总分", "each expert's total"),
        (round.criterion, "每项指标的统计值", "each criterion's statistic"),
        (round.factored, "每项指标乘系数以后", "each criterion after its factor"),
        (round.group, "各组小计", "each group's sum"),
    ];
    for (places, chinese, english) in steps {
        said.extend(places.map(|places| {
            if zh {
                format!("{chinese}先舍入到 {places} 位小数")
            } else {
                format!("Before that {english} is rounded to {places} places")
            }
        }));
    }
    if beyond.own_criteria {
        said.push(
            if zh {
                "各申报只计自己有分的指标"
            } else {
                "An application counts by the criteria it has marks for"
            }
            .to_owned(),
        );
    }
    said.extend(beyond.groups.iter().map(|one| group(zh, one)));
    for carry in &beyond.carries {
        let (from, to, factor) = (&carry.from, &carry.to, shortest(carry.factor, FACTOR_PLACES));
        said.push(if zh {
            format!("{to} 带入 {from} 的得分×{factor}")
        } else {
            format!("{to} takes over the scores of {from} times {factor}")
        });
    }
    if beyond.direction == Direction::Ascending {
        said.push(if zh { "低者为先" } else { "The lowest is first" }.to_owned());
    }
    if !beyond.place_points.is_empty() {
        let points = list(beyond.place_points.iter().map(ToString::to_string).collect());
        said.push(if zh {
            format!("按名次计分：{points}，其余 0")
        } else {
            format!("Places are worth {points}, all others 0")
        });
    }
    if !beyond.grades.is_empty() {
        let grades = beyond.grades.iter().map(|grade| match (grade.from, zh) {
            (Some(from), true) => format!("{from} 起{}", grade.name),
            (None, true) => format!("其余{}", grade.name),
            (Some(from), false) => format!("{} from {from} on", grade.name),
            (None, false) => format!("{} for the rest", grade.name),
        });
        said.push(format!("{}{}", if zh { "分等：" } else { "Grades: " }, list(grades.collect())));
    }
    said.extend(across(zh, beyond.across));
    said
}

/// How groups are made comparable.
fn across(zh: bool, across: Across) -> Option<String> {
    let how = match (across, zh) {
        (Across::None, _) => return None,
        (Across::TScore, true) => "50＋10×（原始分－本组平均）÷本组标准差（总体）",
        (Across::ZScore, true) => "（原始分－本组平均）÷本组标准差（总体）",
        (Across::Ratio, true) => "原始分×全体平均÷本组平均",
        (Across::TScore, false) => "50 + 10 x (raw - mean of the group) / standard deviation of the group",
        (Across::ZScore, false) => "(raw - mean of the group) / standard deviation of the group",
        (Across::Ratio, false) => "raw x mean of all / mean of the group",
    };
    Some(if zh {
        format!(
            "组间标准化：{how}，只在随机分组、各组都有 {LEAST_OF_A_GROUP} 份以上结果且得分不全相同时用，否则全部用原始分；跨组同分的由会议表决"
        )
    } else {
        format!(
            "Groups are made comparable by {how}, only where they were drawn at random, each has {LEAST_OF_A_GROUP} results or more and they are not all equal; else all scores are raw; equals of different groups go to the meeting"
        )
    })
}

fn group(zh: bool, group: &Group) -> String {
    let criteria = group.criteria.join("+");
    match (zh, group.additions) {
        (true, false) => format!("小计 {}={criteria}", group.id),
        (true, true) => format!("小计 {}={criteria}，连同加分", group.id),
        (false, false) => format!("Sum {} = {criteria}", group.id),
        (false, true) => format!("Sum {} = {criteria}, with additions", group.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_unusual_is_said() {
        assert_eq!(beyond_in_words(&Beyond::default()), "");
        assert_eq!(beyond_in_english(&Beyond::default()), "");
        let mut beyond = Beyond { direction: Direction::Ascending, ..Beyond::default() };
        beyond.factors.insert("A1".to_owned(), 300_000);
        beyond.round.criterion = Some(2);
        let (id, criteria) = ("P".to_owned(), vec!["A1".to_owned(), "B*".to_owned()]);
        beyond.groups.push(Group { id, criteria, max: None, additions: false });
        assert_eq!(
            beyond_in_words(&beyond),
            "；系数：A1×0.3；每项指标的统计值先舍入到 2 位小数；小计 P=A1+B*；低者为先"
        );
        assert_eq!(
            beyond_in_english(&beyond),
            " Factors: A1×0.3. Before that each criterion's statistic is rounded to 2 places. Sum P = A1+B*. The lowest is first."
        );
    }
}
