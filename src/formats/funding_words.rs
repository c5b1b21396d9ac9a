//! The rule of an allotment in one Chinese sentence, as it stands on every form
//! of it, and why an amount is what it is.

use crate::base::clean::clean;
use crate::base::{Money, decimal};
use crate::domain::funding::{
    Allotment, Bound, Funding, Gives, Last, MatchShort, Matching, Method, Missing, RATIO_PLACES, SHARE_PLACES, Short,
};

/// What is known of an allotment when its rule is told.
struct Known {
    total: String,
    /// Whether there is a total, or may be.
    ends: bool,
    /// How what is asked for is an end, where it is.
    requested: Option<&'static str>,
}

/// The rule as applied, so that a person can follow it with a calculator.
#[must_use]
pub fn rule_in_words(rule: &Funding, made: &Allotment) -> String {
    let known = Known {
        total: made.total.map_or_else(|| "未设总额".to_owned(), |total| format!("总额 {}", total.zh())),
        ends: made.total.is_some(),
        requested: made.up_to_requested.then_some("不超过申请额"),
    };
    tell(rule, known)
}

/// The rule by itself, before anybody is on a list.
#[must_use]
pub fn funding_in_words(rule: &Funding) -> String {
    let needed = match &rule.method {
        Method::Equal | Method::ByScore | Method::ByRequested => true,
        Method::Tiers(tiers) => tiers.iter().any(|tier| matches!(tier.gives, Gives::Share(_))),
        Method::Fixed(_) | Method::Requested => false,
    };
    let open = if needed { "总额在分配时写明" } else { "总额在分配时写明，不写就没有总额" };
    let known = Known {
        total: rule.total.map_or_else(|| open.to_owned(), |total| format!("总额 {}", total.zh())),
        ends: true,
        requested: rule.up_to_requested.then_some(match rule.method {
            Method::ByRequested => "不超过申请额",
            _ => "有申请额的不超过申请额",
        }),
    };
    tell(rule, known)
}

fn tell(rule: &Funding, known: Known) -> String {
    let mut parts = vec![known.total, method(&rule.method)];
    let requested = known.requested.filter(|_| rule.method != Method::Requested);
    let limits = [
        rule.unit_cap.map(|cap| format!("每家不超过 {}", cap.zh())),
        requested.map(str::to_owned),
        rule.unit_floor.map(|floor| format!("不足 {}的不予分配", floor.zh())),
    ];
    parts.extend(limits.into_iter().flatten());
    parts.extend(rule.matching.map(matching));
    let shared = matches!(rule.method, Method::Equal | Method::ByScore | Method::ByRequested);
    if shared && (rule.unit_cap.is_some() || requested.is_some() || rule.matching.is_some()) {
        parts.push("到上限的单位不能再分的，由其余单位按同一办法分".to_owned());
    }
    parts.extend(rule.step.map(|step| format!("按 {}取整，零头舍去", step.zh())));
    if !shared && known.ends {
        parts.push(short(rule));
    }
    let divided = shared || rule.short == Short::Scale && known.ends;
    if divided && rule.step.is_none() {
        parts.push("计算到分，尾差按最大余数补足，余数相同的都不补".to_owned());
    }
    parts.push(
        match rule.missing {
            Missing::Refuse => "金额缺失不当作 0，补齐前不分配",
            Missing::List => "金额缺失不当作 0，列为待补，不参与分配",
        }
        .to_owned(),
    );
    if known.ends {
        parts.push("没有分出的列为未分配".to_owned());
    }
    let clause = if rule.clause.is_empty() { String::new() } else { format!("（依据：{}）", clean(&rule.clause)) };
    format!("{}{clause}。", parts.join("；"))
}

fn method(method: &Method) -> String {
    match method {
        Method::Fixed(amount) => format!("每家 {}", amount.zh()),
        Method::Equal => "总额由各单位均分".to_owned(),
        Method::Requested => "按申请额".to_owned(),
        Method::ByScore => "总额按得分比例分".to_owned(),
        Method::ByRequested => "总额按申请额比例分".to_owned(),
        Method::Tiers(tiers) => {
            let mut from = 1;
            let each = tiers.iter().map(|tier| {
                let gives = match tier.gives {
                    Gives::Amount(amount) => format!("每家 {}", amount.zh()),
                    Gives::Share(share) => {
                        format!("每家为总额的 {} 倍，计算到分，零头舍去", decimal::shortest(share, SHARE_PLACES))
                    }
                };
                let places =
                    if from == tier.to { format!("第 {from} 名") } else { format!("第 {from} 至 {} 名", tier.to) };
                from = tier.to.saturating_add(1);
                format!("{places}{gives}")
            });
            format!("按名次分档：{}，以后的不分配", each.collect::<Vec<_>>().join("，"))
        }
    }
}

fn matching(matching: Matching) -> String {
    let Matching { own, grant, short } = matching;
    let side = |units: i64| decimal::shortest(units, RATIO_PLACES);
    let short = match short {
        MatchShort::Lower => "自筹不足的按自筹折减，计算到分，零头舍去",
        MatchShort::Nothing => "自筹不足的不予分配",
        MatchShort::Refuse => "有自筹不足的就不分配",
    };
    format!("自筹与资助不低于 {}:{}，{short}", side(own.get()), side(grant.get()))
}

fn short(rule: &Funding) -> String {
    match (rule.short, rule.last) {
        (Short::Refuse, _) => "总额不够时不分配".to_owned(),
        (Short::Scale, _) => "总额不够时都按同一比例折减".to_owned(),
        (Short::InOrder, last) => {
            let last = match last {
                Last::Part => "最后一家余多少给多少",
                Last::Nothing => "余款不足一家应得的不再分",
            };
            format!("总额不够时按名次先后，直至用完，{last}，资金止于同名次之间的都不分配（上限为 0 的不算）")
        }
    }
}

/// Why an amount is what it is, in Chinese.
#[must_use]
pub fn bound_in_words(bounds: &[Bound]) -> String {
    let t = &crate::base::Lang::Zh.texts().funding;
    bounds.iter().map(|bound| bound_text(t, *bound)).collect::<Vec<_>>().join("、")
}

/// The same in the words of a table.
#[must_use]
pub const fn bound_text(t: &crate::base::lang::Funding, bound: Bound) -> &'static str {
    match bound {
        Bound::Amount => t.bound_amount,
        Bound::UnitCap => t.bound_unit_cap,
        Bound::Requested => t.bound_requested,
        Bound::Match => t.bound_match,
        Bound::Share => t.bound_share,
        Bound::Rest => t.bound_rest,
        Bound::Floor => t.bound_floor,
        Bound::Step => t.bound_step,
        Bound::MatchShort => t.bound_match_short,
        Bound::Ended => t.bound_ended,
        Bound::Tied => t.bound_tied,
        Bound::NoTier => t.bound_no_tier,
        Bound::NoRank => t.bound_no_rank,
        Bound::NoScore => t.bound_no_score,
        Bound::NoRequest => t.bound_no_request,
        Bound::NoOwn => t.bound_no_own,
    }
}

/// An amount of a table; a missing one is blank.
#[must_use]
pub fn cell(amount: Option<Money>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}
