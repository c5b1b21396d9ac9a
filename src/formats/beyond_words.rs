//! What a rule says beyond the usual one, in Chinese, for every document that
//! prints the rule. Of a rule that says nothing more, nothing is said.

use crate::base::decimal::shortest;
use crate::domain::across::{Across, LEAST_OF_A_GROUP};
use crate::domain::rubric::beyond::{Beyond, Direction, FACTOR_PLACES, VALUE_PLACES};

/// Clauses, each with its semicolon before it.
#[must_use]
pub fn beyond_in_words(beyond: &Beyond) -> String {
    let mut said: Vec<String> = Vec::new();
    let list = |parts: Vec<String>| parts.join("、");
    if !beyond.mark_values.is_empty() {
        let values = beyond.mark_values.iter();
        let values = values.map(|(mark, value)| format!("{mark} 计 {}", shortest(*value, VALUE_PLACES))).collect();
        said.push(format!("各分先折算：{}", list(values)));
    }
    if !beyond.factors.is_empty() {
        let factors = beyond.factors.iter();
        let factors = factors.map(|(id, factor)| format!("{id}×{}", shortest(*factor, FACTOR_PLACES))).collect();
        said.push(format!("系数：{}", list(factors)));
    }
    let round = &beyond.round;
    let steps = [
        (round.mark, "每个分数"),
        (round.expert_total, "每位专家的总分"),
        (round.criterion, "每项指标的统计值"),
        (round.factored, "每项指标乘系数以后"),
        (round.group, "各组小计"),
    ];
    for (places, what) in steps {
        said.extend(places.map(|places| format!("{what}先舍入到 {places} 位小数")));
    }
    for carry in &beyond.carries {
        let factor = shortest(carry.factor, FACTOR_PLACES);
        said.push(format!("{} 带入 {} 的得分×{factor}", carry.to, carry.from));
    }
    if beyond.direction == Direction::Ascending {
        said.push("低者为先".to_owned());
    }
    if !beyond.place_points.is_empty() {
        let points = beyond.place_points.iter().map(ToString::to_string).collect();
        said.push(format!("按名次计分：{}，其余 0", list(points)));
    }
    let across = match beyond.across {
        Across::None => None,
        Across::TScore => Some("组间标准化：50＋10×（原始分－本组平均）÷本组标准差（总体）"),
        Across::ZScore => Some("组间标准化：（原始分－本组平均）÷本组标准差（总体）"),
        Across::Ratio => Some("组间修正：原始分×全体平均÷本组平均"),
    };
    if let Some(across) = across {
        said.push(format!(
            "{across}，只在随机分组、各组都有 {LEAST_OF_A_GROUP} 份以上结果且得分不全相同时用，否则全部用原始分；跨组同分的由会议表决"
        ));
    }
    said.into_iter().flat_map(|clause| ["；".to_owned(), clause]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_unusual_is_said() {
        assert_eq!(beyond_in_words(&Beyond::default()), "");
        let mut beyond = Beyond { direction: Direction::Ascending, ..Beyond::default() };
        beyond.factors.insert("A1".to_owned(), 300_000);
        beyond.round.criterion = Some(2);
        assert_eq!(beyond_in_words(&beyond), "；系数：A1×0.3；每项指标的统计值先舍入到 2 位小数；低者为先");
    }
}
