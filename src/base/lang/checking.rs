//! Words of the check of applications: what was found, one sentence each, and
//! the words of its reports.

use super::Lang;

/// What is found, as a key; the figures come with it.
macro_rules! remarks {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        /// What a check says of an application. Its figures fill the places in order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "a remark says what it is")]
        pub enum Remark { $($name,)* }

        impl Remark {
            /// The sentence.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }

            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

remarks! {
    TotalDiffers: "各年之和为{}，合计写{}，相差{}；请核对各年数和合计", "the years add up to {}, the total says {}, a difference of {}; check both";
    TotalRounds: "各年之和为{}，合计写{}，相差{}，可能是四舍五入；请核对", "the years add up to {}, the total says {}, a difference of {}, perhaps from rounding; check";
    TotalTooSmall: "读出的年份之和{}已大于合计{}；请核对", "the years that were read add up to {}, more than the total {}; check";
    ReceivedOverContract: "{}年实际到账额{}万元大于合同额{}万元；属以前年度合同到账的请写明，填错的请更正", "{}: received {} is above the contract amount {}; explain money of earlier contracts, or correct";
    ReceivedOverTotal: "三年实际到账额合计{}万元大于合同额合计{}万元；属以前年度合同到账的请写明，填错的请更正", "received in all {} is above the contracts {}; explain money of earlier contracts, or correct";
    OpenOverPublished: "{}年开放许可实施数{}大于发布数{}；请核对，属以前年度发布或一对多的请写明", "{}: open licences done {} are more than published {}; check, or explain (published earlier, one to many)";
    OpenOverPublishedSoFar: "截至{}年开放许可累计实施数{}大于累计发布数{}；请核对，属一对多的请写明", "until {} open licences done {} are more than published {}; check, or explain (one to many)";
    MoneyWithoutPieces: "{}年件数为0，金额为{}万元；请核对", "{}: no pieces, and an amount of {}; check";
    PiecesWithoutMoney: "{}年有{}件，金额为0；请核对，确无金额的请写明", "{}: {} pieces and no amount; check, or explain";
    NegativeFigure: "填写{}，不能小于0", "{} is below zero";
    StockSmall: "累计有效专利{}件，不到近三年授权{}件的30%；请核对", "{} patents in force, less than 30 % of the {} granted in three years; check";
    RequestOverCap: "拟申请项目经费{}万元，超过上限{}万元；请调整预算", "{} requested, above the cap of {}; change the budget";
    BudgetTotalDiffers: "各行之和为{}万元，合计写{}万元，相差{}万元；请核对", "the rows add up to {}, the total says {}, a difference of {}; check";
    BudgetTotalTooSmall: "已读出各行之和{}万元已大于合计{}万元；请核对", "the rows that were read add up to {}, more than the total {}; check";
    BudgetPartDiffers: "各行之和为{}万元，小计写{}万元；请核对", "the rows add up to {}, the subtotal says {}; check";
    BudgetNoSource: "第{}行“{}”没有填“拟定申请”或“拟定配套”", "row {} “{}” does not say whether it is requested or matched";
    BudgetNoAmount: "第{}行“{}”的预算金额没有读出；请核对", "row {} “{}”: the amount was not read; check";
    ForbiddenRequested: "第{}行“{}”（{}）属于拟申请项目经费，含“{}”：申请经费不得用于征地拆迁、人员经费及专利管理等经常性开支；请调整", "row {} “{}” ({}) is requested money and says “{}”: not for land, staff costs or running costs of patents; change it";
    ForbiddenMatched: "第{}行“{}”（{}）为配套经费，含“{}”；限制只针对申请经费，请留意", "row {} “{}” ({}) is matched money and says “{}”; the ban is on requested money only";
    ForbiddenUnknown: "第{}行“{}”（{}）含“{}”，未写明申请还是配套；请补填", "row {} “{}” ({}) says “{}”, and not whether it is requested or matched; fill it in";
    DoubtfulRequested: "第{}行“{}”（{}）属于拟申请项目经费，含“{}”；请说明不是人员经费或经常性开支", "row {} “{}” ({}) is requested money and says “{}”; explain that it is no staff or running cost";
    CoverDiffers: "封面写“{}”，{}写“{}”；请核对并统一", "the cover says “{}”, {} says “{}”; make them agree";
    CoverPhoneDiffers: "封面写{}，正文的固定电话、手机是{}；请核对并统一", "the cover says {}, the form's telephones are {}; make them agree";
    Late: "日期{}晚于截止日期{}", "the date {} is after the deadline {}";
    RuleLate: "发文日期{}晚于申报截止日期{}；请核对", "issued {}, after the deadline {}; check";
    BadDate: "“{}”不是日期；请更正", "“{}” is no date; correct it";
    CodeLength: "“{}”为{}位，统一社会信用代码应为18位；请更正", "“{}” has {} signs, a credit code has 18; correct it";
    CodeSign: "“{}”中第{}位“{}”不是统一社会信用代码的字符；请更正", "in “{}” sign {} “{}” occurs in no credit code; correct it";
    CodeCheck: "“{}”校验码不符，按前17位算应为“{}”；请对照证书更正", "“{}”: the check sign is wrong, the first 17 ask for “{}”; compare with the certificate";
    CodeInner: "“{}”中的组织机构代码校验码不符，第17位应为“{}”；请对照证书更正", "“{}”: the organisation code within does not check, sign 17 should be “{}”; compare with the certificate";
    CodeRegion: "登记管理机关行政区划码为{}，不是本省（{}）；请核对注册地", "the code was given out in division {}, not in the province ({}); check where it is registered";
    CodeTwice: "与受理号{}的统一社会信用代码相同", "the same credit code as {}";
    NameTwice: "与受理号{}的单位名称相同", "the same applicant's name as {}";
    FileTwice: "与受理号{}的文件完全相同", "the very same file as {}";
    StandardKind: "单位类型为“{}”，勾选的管理规范是“{}”；请核对", "the applicant is “{}”, the standard ticked is “{}”; check";
    StaffOver: "从事专利转化工作的专职人员{}人，多于知识产权管理专职人员{}人；请核对口径", "{} conversion staff, more than the {} full-time IP staff; check what is counted";
    AttorneysOver: "具备专利代理师资格{}人，多于专职、兼职人员之和{}人；请核对口径", "{} attorneys, more than the {} staff in all; check what is counted";
    OpenBeyondPieces: "{}年开放许可实施数{}大于许可件数{}：开放许可是否含在许可件数内，须由评审办定明；本次按许可件数计，不另加开放许可", "{}: open licences done {} are more than licences {}: whether they are part of these is for the office to say; licences are counted here, open ones not added";
    OpenBeyondAmount: "{}年开放许可金额{}万元大于许可合同额{}万元：是否含在合同额内，须由评审办定明；本次按合同额计，不另加", "{}: open licence money {} is above the licence contracts {}: whether it is part of these is for the office to say; contracts are counted here, nothing added";
    PriceHigh: "{}年{}件共{}万元，平均每件超过1000万元，疑似把元填成万元；请核对", "{}: {} pieces for {}, over 1,000 a piece (万元): perhaps yuan were entered; check";
    PriceLow: "{}年{}件共{}万元，平均每件不到0.01万元；请核对单位", "{}: {} pieces for {}, under 0.01 a piece (万元); check the unit";
    YearOutOfScale: "{}年为{}万元，是其他年份（{}万元）的100倍以上，疑似把元填成万元；请核对", "{}: {}, over 100 times another year's {}: perhaps yuan were entered; check";
    AmountHuge: "填写{}万元，数额过大，疑似把元填成万元；请核对", "{} (万元) is very much: perhaps yuan were entered; check";
    MagnitudeDoubt: "写的是“{}”，与相邻数据相差过大，疑似把元填成万元；请核对", "“{}” stands there, far off its neighbours: perhaps yuan were entered; check";
    ForeignYears: "表中年度为{}，应填{}；请按规定年度重填", "the tables give the years {}, asked for are {}; fill in those";
    YearMissing: "表中没有{}年；请补填", "the tables lack {}; fill it in";
    NarrativeDiffers: "文中写“{}”，表内为{}；请核对并统一", "the text says “{}”, the table {}; make them agree";
    NarrativesDiffer: "文中一处写{}，另一处写“{}”；请核对并统一", "one place of the text says {}, another “{}”; make them agree";
    BothTicked: "同时勾选了几项（“{}”），只能选一项；请更正", "more than one is ticked (“{}”), one only may be; correct it";
    NoneTicked: "没有勾选（“{}”）；请补填", "nothing is ticked (“{}”); fill it in";
    Unread: "写的是“{}”，不能确定：{}；请核对", "“{}” stands there and is not certain: {}; check";
    MissingField: "没有填写；请补填", "not filled in; supply it";
    MissingNoBox: "申报书没有此栏，申报条件要用；请书面补充", "the form has no box for it and the conditions need it; supply it in writing";
    MissingPaper: "电子文件中未见；请以签字盖章的扫描件提供", "not in the file; to be given on the signed and sealed scan";
    KindOther: "单位类型为“其他”（{}），申报主体应为高等学校或科研院所；请说明", "the kind is “other” ({}); applicants are universities and research institutes; explain";
    KindEnterprise: "“{}”像是企业，申报主体应为高等学校或科研院所；请说明", "“{}” looks like an enterprise; applicants are universities and research institutes; explain";
    ProvinceDiffers: "地址“{}”不像在{}；请核对注册地", "the address “{}” does not look like {}; check where it is registered";
    SectionMissing: "三年建设方案缺少这一部分；请补写", "the three-year plan lacks this part; write it";
    SectionEmpty: "这一部分只写了“{}”；请补写", "this part only says “{}”; write it";
    BadPhone: "“{}”不像电话号码；请核对", "“{}” does not look like a telephone number; check";
    BadMobile: "“{}”不是11位手机号；请核对", "“{}” is no mobile number of 11 digits; check";
    BadEmail: "“{}”不像邮箱地址；请核对", "“{}” does not look like an address of mail; check";
    BadPostcode: "“{}”不是6位邮编；请核对", "“{}” is no post code of 6 digits; check";
    PostcodeElsewhere: "邮编{}不是本省的（11、12开头）；请核对", "the post code {} is not the province's (11, 12); check";
    ConditionNotMet: "填写{}，条件为{}", "{} is given, the condition is {}";
    ConditionShort: "已读出的只有{}，条件为{}；没有读出的请补正", "what was read comes to {} only, the condition is {}; supply what was not read";
}

/// Why a value is not certain, from its word in files.
#[must_use]
pub fn doubt(lang: Lang, word: &str) -> &'static str {
    let (zh, en) = match word {
        "about" => ("约数", "an approximate figure"),
        "mark" => ("用符号或“无”代替数字", "a mark in place of a figure"),
        "not_a_value" => ("不是这一栏的内容", "not a value of this kind"),
        "several" => ("一格内有几个数", "several values in one cell"),
        "both_ticked" => ("同时勾选几项", "several ticked"),
        "none_ticked" => ("没有勾选", "none ticked"),
        "unit" => ("单位不符", "another unit"),
        "magnitude" => ("数量级可疑", "of a doubtful magnitude"),
        "place" => ("栏目名称对不上，只按位置找到", "found by its place only"),
        "differs" => ("两处写法不一致", "two places differ"),
        "narrative" => ("只在叙述中提到，不在表格栏目内", "only in running text"),
        "double_row" => ("同一年度有两行", "two rows for one year"),
        "entered" => ("两次录入不一致", "entered twice and differing"),
        "too_long" => ("数字过长", "too long a number"),
        _ => ("无法确定", "not certain"),
    };
    lang.pick(zh, en)
}

super::texts! { /// Words of the check's reports.
Checking {
    about: "申报条件、交叉核对和补正通知", "Check applications: eligibility, cross-checks, letters to the applicants";
    arg_letters: "写补正通知（docx 和 md），每个要补正的单位一份", "Write letters (docx and md) to those with something to mend";
    arg_output: "写到这个文件夹（默认 exports/letters）", "Into this folder (else exports/letters)";
    arg_by: "补正截止日期，如 2023-06-07", "To be mended by this day, such as 2023-06-07";
    bad_day: "不是日期", "no date";
    arg_supply: "秘书补充的数据（csv：no,field,value）", "What the secretary supplies (csv: no,field,value)";
    arg_files: "不建轮次，直接核对这些申报书（文件或文件夹）", "Without a round: application forms, or folders of them";
    arg_template: "不在轮次里时用的模板", "The template, without a round";
    column_severity: "程度", "severity";
    column_check: "核对", "check";
    column_place: "栏目", "field";
    column_what: "内容", "what";
    met: "符合", "met";
    not_met: "不符合", "not met";
    unknown: "待补正", "unknown";
    error: "错误", "error";
    warn: "提示", "warn";
    eligibility: "条件", "eligibility";
    config: "口径", "config";
    overall: "{}  {}：{}", "{}  {}: {}";
    rule_line: "  {}：{}  依据：{}", "  {}: {}  clause: {}";
    figure_line: "    {}  {}：{}（{}）{}", "    {}  {}: {} ({}){}";
    over: "超过{}", "over {}";
    at_least: "{}以上", "at least {}";
    not_after: "不晚于{}", "not after {}";
    registered_in: "登记地以{}开头", "registered in a division beginning with {}";
    legal_person: "独立法人", "a legal person";
    one_of: "{}之一", "one of {}";
    of_field: "{}：{}", "{}: {}";
    of_year: "{}年{}", "{}: {}";
    of_total: "{}合计", "{}, total";
    nothing_read: "（未读出）", "(not read)";
    sum: "共 {} 份：符合 {}，不符合 {}，待补正 {}；错误 {} 处，提示 {} 处", "{} applications: met {}, not met {}, unknown {}; errors {}, warnings {}";
    basis: "金额口径：{}（指引未定，由模板 amount_basis 写明）", "Amounts: {} (the guideline leaves it open; amount_basis of the template says)";
    basis_contract: "合同额", "contract amount";
    basis_received: "实际到账额", "amount received";
    not_met_how: "不符合条件的由评审办研究决定；不予受理的撤出本轮：{}", "What becomes of those that do not meet the conditions is for the office to decide; one that is not taken up goes out of the round: {}";
    none_yet: "本轮还没有申报材料", "There are no applications in this round yet";
    letters_written: "补正通知 {} 份；{} 份没有要补正的", "{} letters written; {} applications have nothing to mend";
    again: "每次都重新核对，不改动申报材料", "it checks anew each time and changes no application";
    supply_unknown_no: "补充数据里的受理号 {} 不在本轮", "{} in the supplied data is no application here";
    supply_kept: "{} {}：申报书已写 {}，补充的 {} 未采用", "{} {}: the form says {}, so that {} was not taken";
} }

#[cfg(test)]
mod remark_tests {
    use super::*;

    #[test]
    fn every_remark_has_the_same_places_in_both_languages() {
        for remark in Remark::ALL {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| remark.text(lang));
            assert!(!zh.is_empty() && !en.is_empty());
            assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{remark:?}");
        }
    }
}
