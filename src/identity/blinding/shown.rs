//! Fields of which a packet shows a part only: a post by its rank, a document's
//! number by its year, grounds for priority by their number, a plan's title
//! without the name.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::packet::Value;

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let year = r"[〔﹝\[【（(]\s*((?:19|20)\d{2})\s*年?\s*[〕﹞\]】）)]|((?:19|20)\d{2})\s*年";
    Regex::new(year).ok()
});
static YEARS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(20\d{2})\s*年?\s*[-—–－~～至]+\s*(20\d{2})").ok());

/// What is shown of a field, if anything is.
pub(super) fn part(id: &str, value: &Value, unit: Option<&str>) -> Option<Value> {
    match (id, value) {
        ("lead.title", Value::Text(post)) => Some(Value::Text(rank(post, unit).to_owned())),
        ("prio.flags", Value::List(grounds)) => {
            let count = grounds.iter().flatten().filter(|ground| !ground.trim().is_empty()).count();
            Some(Value::Text(format!("{count}项")))
        }
        ("plan.title", Value::Text(title)) => Some(Value::Text(plan_title(title))),
        (id, Value::List(cells)) if id.ends_with(".doc_no") => {
            Some(Value::List(cells.iter().map(|cell| cell.as_deref().and_then(year)).collect()))
        }
        (id, Value::Text(text)) if id.ends_with(".doc_no") => year(text).map(Value::Text),
        _ => None,
    }
}

/// The year of a document's number, as `〔2021〕`.
fn year(text: &str) -> Option<String> {
    let plain = crate::base::text::one_spelling(text);
    let captures = YEAR.as_ref()?.captures(&plain)?;
    let year = captures.get(1).or_else(|| captures.get(2))?;
    Some(format!("〔{}〕", year.as_str()))
}

fn plan_title(title: &str) -> String {
    let plain = crate::base::text::one_spelling(title);
    let years = YEARS.as_ref().and_then(|years| years.captures(&plain));
    let year = |at: usize| years.as_ref().and_then(|years| years.get(at)).map(|year| year.as_str().to_owned());
    let years = match (year(1), year(2)) {
        (Some(from), Some(to)) => format!("（{from}-{to}）"),
        _ => String::new(),
    };
    format!("【本单位】知识产权运营中心三年建设方案{years}")
}

/// The rank of a post: 校级, 处级 or 其他. Of several the highest counts; an
/// office named after a post (校长办公室) is no post.
fn rank(post: &str, unit: Option<&str>) -> &'static str {
    let plain = crate::base::text::one_spelling(post);
    let mut plain: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    for office in ["校长办公室", "院长办公室", "所长办公室", "书记办公室", "校长办", "院长办", "党委办公室"]
    {
        plain = plain.replace(office, "办公室");
    }
    let parts = plain.split(['、', '，', ',', '；', ';', '/', '兼']);
    let ranks: Vec<u8> = parts.map(|part| of_part(part, unit.unwrap_or_default())).collect();
    match ranks.into_iter().max() {
        Some(2) => "校级",
        Some(1) => "处级",
        _ => "其他",
    }
}

fn of_part(post: &str, unit: &str) -> u8 {
    // The head of the unit itself has nothing before the post but a rank.
    let own = |head: &str| {
        let before = post.split(head).next().unwrap_or_default();
        post.contains(head)
            && matches!(before, "" | "副" | "常务副" | "执行" | "名誉" | "本院" | "本所" | "我院" | "总")
    };
    let under = ["支部", "总支", "学院党委", "系", "机关"].iter().any(|word| post.contains(word));
    let academy = unit.is_empty() || unit.ends_with('院') || unit.ends_with("医院");
    if post.contains("校长")
        || (post.contains("书记") && !under)
        || (own("院长") && academy)
        || own("所长")
        || own("理事长")
    {
        return 2;
    }
    let office = ["处长", "主任", "部长", "院长", "书记", "所长", "馆长", "局长", "系主任"];
    u8::from(office.iter().any(|word| post.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_by_its_rank() {
        for (post, unit, rank_) in [
            ("副校长", "望舒大学", "校级"),
            ("党委书记", "望舒大学", "校级"),
            ("副院长", "望舒设计院", "校级"),
            ("机电学院院长", "望舒学院", "处级"),
            ("副院长", "望舒大学", "处级"),
            ("所长", "望舒研究所", "校级"),
            ("技术转移中心主任", "望舒大学", "处级"),
            ("校长办公室主任", "望舒大学", "处级"),
            ("科研处处长、教授", "望舒大学", "处级"),
            ("副校长兼科研处处长", "望舒大学", "校级"),
            ("教授", "望舒大学", "其他"),
        ] {
            assert_eq!(rank(post, Some(unit)), rank_, "{post}");
        }
    }

    #[test]
    fn a_number_by_its_year_alone() {
        for text in ["望舒农大科〔2021〕44号", "校发[2021]3号", "科（２０２１）1号", "校办 2021 年第3号"]
        {
            assert_eq!(year(text).as_deref(), Some("〔2021〕"), "{text}");
        }
        assert_eq!(year("望舒农大科44号"), None);
        assert_eq!(
            plan_title("望舒中心三年建设方案（2023—2025）"),
            "【本单位】知识产权运营中心三年建设方案（2023-2025）"
        );
        assert_eq!(plan_title("三年方案"), "【本单位】知识产权运营中心三年建设方案");
    }

    #[test]
    fn what_is_not_known_is_not_shown() {
        let list = Value::List(vec![Some("贯标单位".to_owned()), None, Some("其他".to_owned())]);
        assert_eq!(part("prio.flags", &list, None), Some(Value::Text("2项".to_owned())));
        assert_eq!(part("new.field", &Value::Text("望舒".to_owned()), None), None);
    }
}
