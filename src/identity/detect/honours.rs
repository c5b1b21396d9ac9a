//! What only one or a few can say of themselves: honours, awards, named
//! laboratories, and when and under whom the unit was founded.

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::super::words::is_han;
use super::organisations::last_phrase;
use super::{found, matches, pattern};

pattern!(
    HONOUR = r"国家(?:级)?知识产权(?:强国建设)?(?:试点示范|示范|试点|优势)(?:高校|院校|学校|单位|企业|科研院所)|“?(?:双一流|985工程|211工程|双高计划|双高校)”?(?:建设)?(?:高校|大学|学校|院校|单位)?|全国重点大学|省部共建|部省共建|(?:国家|全国)(?:级)?文明(?:单位|校园)|国家级?大学科技园|国防七子|(?:全国|全省|全市|国内|省内|我省|本省|我市|东北三省|东北地区|东北|我国|辽宁省?)(?:的)?(?:唯一|首家|首个|首批|第一所|第一家|最早)[^，,。；;\n]{0,16}|首批[^，,。；;\n]{2,24}(?:基地|高校|试点单位|示范单位)|国家高水平(?:大学|高职)[^，,。；;\n]{0,8}|国家(?:级)?技术转移(?:示范)?机构|(?:获批|入选|获评|获得|依托|拥有|作为|建有|承建|获建|共建|现有|认定为|评为|荣获)[^，,。；;\n]{0,12}?(?:国家|省)级?[\p{Han}]{0,14}?(?:示范机构|服务基地|培育中心|示范基地|服务中心|示范中心|工程中心|众创空间|孵化器)"
);
pattern!(
    RANK = r"(?:位居|位列|排名|排在|名列|稳居|居于?)(?:[\p{Han}]{0,4}(?:全国|全省|全市|国内|省内|我省|东北|辽宁省?|同类|高校|院校|科研)[\p{Han}]{0,8}?)(?:第 ?[0-9一二三四五六七八九十]{1,3} ?(?:名|位)?|首位|榜首|前 ?[0-9一二三四五六七八九十]{1,2} ?(?:名|位|强)?|前列)"
);
pattern!(
    AWARD = r"(?:中国|国家|全国|[\p{Han}]{1,3}省|省|市)[\p{Han}]{0,12}?(?:特等奖|一等奖|二等奖|三等奖|金奖|银奖|优秀奖|最高奖)(?:[一二三四五六七八九十0-9]{1,3}项)?"
);
pattern!(
    LABORATORY = r"(?P<head>[\p{Han}A-Z0-9与和及·“”「」『』]{0,24}?)(?:全国重点实验室|国家重点实验室|国家级重点实验室|国家实验室|国家地方联合工程(?:实验室|研究中心)|省重点实验室|市重点实验室|教育部重点实验室|重点实验室|工程实验室|工程研究中心|工程技术研究中心|技术创新中心|协同创新中心|制造业创新中心|联合实验室|产业技术研究院|院士工作站)"
);
pattern!(
    FOUNDED = r"(?:始建|创建|创办|创立|肇始|诞生|兴办|组建|成立|建校|建院|建所|建)于 ?(?:公元)?(?P<year>1[89][0-9]{2}|200[0-9]) ?年|(?:1[89][0-9]{2}|200[0-9]) ?年 ?(?:建校|建院|建所|创建|创办|始建|更名|升格|合并组建|由[\p{Han}]{2,12}(?:合并|组建|创办|创建|兴办|举办))"
);
pattern!(
    YEARS = r"(?:建校|建院|建所|建厂|办学|校庆|院庆|所庆|成立|创立|创办) ?(?:已|近|逾|迎来|历时|历经|已有|超过)? ?[0-9一二三四五六七八九十百]{1,5} ?(?:多|余)?(?:周年|年(?:以来|历史|历程)|年(?:多|余))|[0-9一二三四五六七八九十百]{1,5} ?(?:周年)?(?:校庆|院庆|所庆)|[0-9一二三四五六七八九十百]{2,5} ?周年|[0-9一二三四五六七八九十百]{1,4}(?:余|多)?年(?:的)?(?:办学|建校|建所|建院)(?:历史|历程)?|(?:建校|建院|建所|办学)(?:至今|以来) ?[，,]?(?:已有|已|近|逾|有|走过)? ?[0-9一二三四五六七八九十百]{1,4}(?:余|多)?个?(?:年|载)|[0-9一二三四五六七八九十百]{1,4} ?(?:周年|周岁)?华诞|[0-9一二三四五六七八九十百]{2,4}(?:余|多)?(?:年|载)(?:的)?(?:风雨|春秋|砥砺|征程)|(?:历史|源头|前身|渊源|办学|建校)[^，,。；;\n]{0,8}?(?:追溯|上溯)[^，,。；;\n0-9]{0,4}(?:1[89][0-9]{2}|200[0-9]) ?年|百年(?:老校|名校|学府|院校|校庆|办学)|校庆|院庆|所庆"
);
pattern!(
    UNDER = r"(?:原|曾|先后)(?:隶属|归属|直属)(?:于|的)?[\p{Han}]{2,14}|隶属于[\p{Han}]{2,14}|原[\p{Han}]{2,10}部(?:直属|所属|部属|重点)|前身(?:是|为|系|可追溯)[^，,。；;\n]{2,20}|由原?[\p{Han}]{4,20}(?:与|和|、)[\p{Han}]{2,20}合并(?:组建|而成)"
);

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (pattern, kind) in [(&HONOUR, LeakKind::Honour), (&RANK, LeakKind::Honour), (&AWARD, LeakKind::Honour)] {
        out.extend(matches(pattern, view).map(|(bytes, _)| found(view, bytes, kind, false)));
    }
    for (bytes, captures) in matches(&LABORATORY, view) {
        let head = captures.name("head").map_or(bytes.start..bytes.start, |head| head.range());
        if let Some(from) = named(view.text().get(head.clone()).unwrap_or_default()) {
            out.push(found(view, head.start.saturating_add(from)..bytes.end, LeakKind::Platform, false));
        }
    }
    for pattern in [&FOUNDED, &YEARS, &UNDER] {
        out.extend(matches(pattern, view).map(|(bytes, _)| found(view, bytes, LeakKind::Anniversary, false)));
    }
    out
}

/// What says of a laboratory which kind it is, and not which one.
const KINDS: [&str; 22] = [
    "国家级",
    "省部级",
    "省级",
    "市级",
    "校级",
    "部级",
    "各级",
    "厅局级",
    "国家",
    "省",
    "市",
    "部",
    "级",
    "个",
    "等",
    "各类",
    "重点",
    "高水平",
    "校企",
    "产学研",
    "企业",
    "科研",
];

/// What is done to a laboratory, and is no name of one.
const VERBS: [&str; 16] = [
    "完善", "加强", "推进", "强化", "深化", "优化", "提升", "发挥", "争取", "申报", "利用", "围绕", "新建", "筹建",
    "培育", "管理",
];

/// Where the name of a laboratory begins, if it has one.
fn named(head: &str) -> Option<usize> {
    // “先进焊接”国家重点实验室: the name is what stands in quotes.
    let from = match head.rfind(['“', '「', '『']) {
        Some(quote) => quote,
        None => last_phrase(head)?,
    };
    let mut rest = head.get(from..)?.to_owned();
    for kind in KINDS {
        rest = rest.replace(kind, " ");
    }
    for verb in VERBS {
        rest = rest.replace(verb, " ");
    }
    rest.split_whitespace().any(|left| left.chars().filter(|c| is_han(*c)).count() >= 2).then_some(from)
}
