//! Organisations by context: a kind of organisation with a head before it that
//! is no ordinary word. 各学院 is none, 星河机电学院 is one.

use crate::domain::leak::LeakKind;
use crate::domain::provinces::PROVINCES;

use super::super::found::Found;
use super::super::view::View;
use super::super::words::{CITIES, is_han};
use super::{found, matches, pattern, stands_alone};

pattern!(
    KIND = r"大学|学院|学校|研究总院|研究院|研究所|设计院|科学院|医院|实验室|有限公司|股份公司|总公司|集团|附属中学|高等专科学校"
);
pattern!(
    ENGLISH = r"(?:[A-Z][A-Z&'\-]+ ){1,6}(?:UNIVERSITY|INSTITUTE|COLLEGE|ACADEMY|HOSPITAL|LABORATORY)(?: OF(?: [A-Z&'\-]+){1,6})?|(?:UNIVERSITY|INSTITUTE|COLLEGE|ACADEMY) OF(?: [A-Z&'\-]+){1,6}"
);
pattern!(LETTERS = r"(?P<it>[A-Z]{3,8}) ?(?:大学|学院|研究院|研究所|模式|经验|知识产权|运营中心|特色)");
pattern!(COINED = r"[“‘「『](?P<it>[\p{Han}]{2,6}(?:大|院|所|校)?)[”’」』](?:模式|经验|做法|样板|方案|品牌)");

pattern!(
    CALLED = r"(?:以下简称|简称|又称|俗称|曾用名|原名)(?:为|是)?[:：]?[“‘「『]?(?P<it>[\p{Han}]{1,7}(?:大|院|所|校))[”’」』，,。；;、）)\s]"
);

/// Longest head before a kind, in characters.
const LONGEST_HEAD: usize = 16;

/// Words after which a head begins.
const STOPS: &str = "与 和 及 同 由 在 对 向 从 为 是 的 了 将 把 被 给 按 以 经 到 至 于 并 或 含 等 跟 就 使 让 有 设 建 办 邀 赴 去 来 请 选 取 比 比照 对照 学习 借鉴 参照 联合 依托 委托 许可 转让 合作 建立 组建 成立 设立 拥有 建有 建成 拟建 共建 牵头 负责 参加 走访 对接 支持 服务 面向 分为 派驻 引进 推动 组织 通过 覆盖 涉及 其中 分别 以及 包括 属于 提供 签订 授权 转给 作价 入股 开展 协助 协同 原 由于 后 前 中 内 外 时 每 各 本 该 我 其 某 几 多 全 两 一 二 三 四 五 六 七 八 九 十 这 那 另 他 所 家 个 名 位 项 件 类 级 省级 市级 校级 国家级";

/// Words a generic head is made of: with these taken away nothing is left of it.
const GENERIC: &str = "大学 药科 医科 农业 林业 科技 财经 政法 阶段 实施 表面 高等 职业 普通 重点 二级 一级 所属 省属 市属 部属 本科 专科 高职 民办 公办 工科 理工科 理工 综合性 综合 国内外 国内 国外 海外 境外 省内 省外 市内 本地 当地 地方 其他 相关 有关 主要 优势 特色 知名 龙头 骨干 目标 下游 上游 合作 参与 承担 相应 国家 全国 全省 全市 省 市 县 区 校 院 系 所 国有 企业 行业 产业 集团 科研 科学 研究 技术 工程 应用 开放 联合 共享 公共 开放式 中试 检测 测试 校企 产学研 医学 教学 实践 实训 培训 人才 创新 创业 大学科技园 科技 信息 数据 管理 知识产权 专利 运营 转移 转化 服务 法学 商学 机械 材料 化工 化学 电气 电子 计算机 软件 自动化 能源 动力 土木 建筑 交通 环境 生物 食品 农学 农业 林学 动物 植物 园艺 水产 海洋 船舶 航空 航天 物理 数学 经济 经管 外国语 马克思主义 临床 基础 公共卫生 药学 护理 口腔 中医 继续教育 研究生 国际 体育 艺术 设计 新 老 大型 中型 小型 中小 附属 三甲 三级 人民 中心 社区 乡镇 县级 市级 省级 试点 示范 培育 成果 需求 承办 主办 牵头 各 等 内 外 上 下 中 负责 完成 人 由 部门 与 和 及 或 工业 机器人 智能 制造 装备 控制 仪器 光电 通信 网络 安全 冶金 矿业 石油 纺织 轻工 城乡 规划 测绘 地质 资源 环保 汽车 车辆 焊接 铸造 力学 热能 核 电力 水利 港口 气象 畜牧 兽医 植保 园林 粮食 烹饪 旅游 酒店 财经 会计 金融 国贸 法律 人文 新闻 传媒 音乐 美术 师范 教育 心理 特教 学前 民族 军工 国防 高校 院校 单位 本 校内 校外 院内 产业化 现代 先进 高新 东部 西部 基地 平台 站 团队 学科 专业 实体 独立 法人 股份 有限 责任 控股 投资 资产 经营 总 分 子 母 全资 下属 挂靠 直属 主管";

/// Names beside those of provinces that, before a kind, make it one of a kind.
const REGIONS: [&str; 6] = ["东北", "西安", "哈尔滨", "南京", "武汉", "清华"];

/// The round's own province: its name before a kind is any applicant's.
const HOME: &str = "辽宁";

/// Kinds that are words of every application: they name one only behind a region.
const VAGUE: [&str; 3] = ["学校", "实验室", "医院"];

/// Organisations that name no applicant.
const OFFICES: [&str; 6] = ["中国科学院", "中国工程院", "国务院", "中国社会科学院", "中央党校", "国家电网"];

/// Whether a name begins with a region's.
fn of_a_region(name: &str) -> bool {
    let provinces = PROVINCES.iter().filter(|province| **province != HOME);
    provinces.chain(&REGIONS).chain(&CITIES).any(|region| name.starts_with(region))
}

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (bytes, _) in matches(&KIND, view) {
        let left = view.left(bytes.start, LONGEST_HEAD);
        let head: String =
            left.chars().rev().take_while(|c| is_han(*c)).collect::<Vec<_>>().into_iter().rev().collect();
        let Some(from) = proper_head(&head) else { continue };
        let start = bytes.start.saturating_sub(head.len()).saturating_add(from);
        let kind = view.text().get(bytes.clone()).unwrap_or_default();
        if VAGUE.contains(&kind) && !of_a_region(head.get(from..).unwrap_or_default()) {
            continue;
        }
        let text = view.text().get(start..bytes.end).unwrap_or_default();
        if !OFFICES.iter().any(|office| text.contains(office)) {
            out.push(found(view, start..bytes.end, LeakKind::Organisation, false));
        }
    }
    for (bytes, _) in matches(&ENGLISH, view).filter(|(bytes, _)| stands_alone(view, bytes)) {
        out.push(found(view, bytes, LeakKind::Organisation, false));
    }
    for (bytes, _) in matches(&LETTERS, view) {
        let before = view.left(bytes.start, 1).chars().next();
        let letters = view.text().get(bytes.clone()).unwrap_or_default();
        let usual =
            ["PCT", "IPC", "TRIZ", "ISO", "WIPO", "CNIPA", "FTO", "SEP", "PPP", "MBA", "STEM"].contains(&letters);
        if !usual && before.is_none_or(|c| !c.is_ascii_alphanumeric()) {
            out.push(found(view, bytes, LeakKind::Abbreviation, false));
        }
    }
    out.extend(matches(&CALLED, view).map(|(bytes, _)| found(view, bytes, LeakKind::Abbreviation, false)));
    for (bytes, _) in matches(&COINED, view) {
        let text = view.text().get(bytes.clone()).unwrap_or_default();
        if text.ends_with(['大', '院', '所', '校']) {
            out.push(found(view, bytes, LeakKind::Abbreviation, false));
        }
    }
    out
}

/// Where the last phrase of a head begins, in bytes: behind the last word that
/// ends one. Nothing where it ends in one.
pub(super) fn last_phrase(head: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(rest) = head.get(from..) {
        let ends = STOPS.split_whitespace().filter_map(|stop| rest.find(stop).map(|at| at.saturating_add(stop.len())));
        match ends.min() {
            Some(at) if at < rest.len() => from = from.saturating_add(at),
            Some(_) => return None,
            None => break,
        }
    }
    Some(from)
}

/// Where the proper name in a head begins, in bytes, if there is one.
fn proper_head(head: &str) -> Option<usize> {
    let from = last_phrase(head)?;
    let name = head.get(from..)?;
    if of_a_region(name) {
        return Some(from);
    }
    let mut words: Vec<&str> = GENERIC.split_whitespace().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.into_iter().fold(name.to_owned(), |rest, word| rest.replace(word, " "));
    rest.split_whitespace().any(|left| left.chars().filter(|c| is_han(*c)).count() >= 2).then_some(from)
}
