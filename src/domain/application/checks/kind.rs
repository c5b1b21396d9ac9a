//! Who applies (申报主体): universities and research institutes of the province,
//! not enterprises.

use crate::base::lang::Remark;
use crate::domain::identifiers::credit_code::{self, Class};
use crate::domain::provinces::PROVINCES;

use super::finding::{Case, Finding, Severity};

/// Words of an enterprise's name or kind.
const ENTERPRISE: [&str; 5] = ["企业", "公司", "集团", "工厂", "合作社"];

/// Kind, name, class of the credit code, address.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let kind = case.text("unit.kind").unwrap_or_default();
    let other = case.text("unit.kind_other").unwrap_or_default();
    let name = case.text("unit.name").unwrap_or_default();
    let says = |text: &str| ENTERPRISE.iter().any(|word| text.contains(word));
    let company = case.text("unit.uscc").is_some_and(|text| {
        let code = credit_code::normal(text);
        matches!(credit_code::class(&code), Some(Class::Company | Class::SoleTrader | Class::Cooperative))
            && credit_code::check(&code).is_ok()
    });
    let clause = case.rules.and_then(|rules| rules.rules.first()).map_or("", |rule| rule.clause.as_str());
    let is_other = kind == "其他" || (kind.is_empty() && !other.is_empty());
    // A research institute may be a company by law (转制院所); that alone is no fault.
    let enterprise = [other, kind, name].into_iter().find(|text| says(text)).filter(|text| *text != name || is_other);
    if let Some(text) = enterprise.or_else(|| (company && is_other).then_some(name)) {
        let finding =
            Finding::new("X-KIND", Severity::Eligibility, "unit.kind", Remark::KindEnterprise, vec![text.into()]);
        out.push(finding.of(case.app).value(text).clause(clause));
    } else if is_other {
        let finding = Finding::new("X-KIND", Severity::Eligibility, "unit.kind", Remark::KindOther, vec![other.into()]);
        out.push(finding.of(case.app).clause(clause));
    } else if says(name) || (company && kind == "高等学校") {
        let finding = Finding::new("X-KIND", Severity::Warn, "unit.name", Remark::KindEnterprise, vec![name.into()]);
        out.push(finding.of(case.app).clause(clause));
    }
    province(case, out);
}

fn province(case: Case<'_>, out: &mut Vec<Finding>) {
    let (Some(address), Some(rules)) = (case.text("unit.address"), case.rules) else { return };
    // Only what the address begins with: 沈阳市北京街 is a street. Cities of other
    // provinces are not listed; a province's own name is enough to ask.
    let begins = PROVINCES.iter().find(|name| address.starts_with(*name));
    if begins.is_some_and(|name| !rules.province.starts_with(name)) {
        let args = vec![address.into(), rules.province.as_str().into()];
        out.push(Finding::new("X-KIND", Severity::Warn, "unit.address", Remark::ProvinceDiffers, args).of(case.app));
    }
}
