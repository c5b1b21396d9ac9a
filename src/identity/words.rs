//! Lists that names are told from ordinary words by (词表): surnames, titles,
//! places, kinds of organisations, and words that only look like a name.

/// Surnames of one character.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐\
     费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭\
     梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓\
     牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑\
     桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙\
     乜养鞠丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫仝岳楚迟初隋佟谌亓战修佘钦南门代肇";

/// Surnames of two characters.
const COMPOUND: [&str; 28] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "轩辕", "端木", "独孤", "南宫", "百里", "呼延", "拓跋", "闻人", "申屠", "钟离", "赫连", "澹台", "公羊", "第五",
];

/// Surnames that are far more often something else: a name with one of them is
/// believed only where something before it introduces a person.
const DOUBTFUL: &str = "任高方周时向单全于和平常明成计安元华路应经管解项万通公文广东国关相权党水能从都后益容易满终步居家农双支别连越利丰简空代初战修南门强富阴索充养红包干于尚师充花云山谷车石金白古田林江海强封温";

/// Words of two characters that begin like a name and are none.
const ORDINARY: &str = "许可 许多 高校 高级 高新 高等 高端 高效 高质 高度 高强 高峰 高位 高层 高价 安全 安排 安装 常规 常务 常态 常设 常用 成果 成效 成立 成员 成熟 成功 成本 成交 \
     应用 应当 应急 关键 关于 关注 关系 关联 管理 管控 方法 方式 方向 方案 方面 方正 方可 方便 计划 计算 计入 项目 项下 平台 平均 平时 平稳 平等 金额 金融 金属 金牌 全面 全部 全程 全校 全国 全省 全院 全流 全体 \
     水平 水利 水产 水质 时间 时代 时限 和谐 相关 相应 相互 相对 相比 向上 向外 华东 华北 华南 司法 司局 车间 车辆 万元 万件 任务 任职 任何 任期 单位 单独 单件 单列 解决 解读 解除 游戏 路径 路线 明确 明显 明细 \
     经费 经济 经营 经理 经过 经验 经办 经学 温度 温控 文件 文化 文本 文号 包括 包含 包装 边界 程序 程度 从事 从业 从而 党委 党政 党校 党建 东北 东部 董事 杜绝 段落 范围 范本 封面 付款 付费 公开 公司 公共 公示 公告 公平 公益 \
     顾问 顾客 谷物 古代 广泛 广东 国家 国内 国际 国有 国外 国务 海洋 韩国 何时 何种 洪水 花费 黄金 黄河 吉林 纪检 纪律 纪要 季度 江苏 江西 江浙 焦点 能力 能源 能够 能否 农业 农村 农机 农作 农产 权利 权益 权属 权威 权限 \
     通过 通信 通用 通知 通报 通道 连续 连接 利用 利益 利润 利率 满足 满意 满分 强化 强链 强度 易于 容量 容器 山东 山西 山区 师生 师资 石油 石化 石墨 双方 双向 双重 双创 双一 水泥 松散 终端 终身 终止 文献 武器 武汉 \
     项链 修改 修复 修订 尚未 尚有 申请 申报 申诉 边缘 易用 印发 印章 索引 融合 融资 隆重 简化 简易 简介 初步 初审 初期 战略 战术 南方 南部 门槛 门类 代理 代表 代码 代价 查询 查新 查看 查找 红利 红线 居民 家企 家庭 家高 家中 \
     支持 支撑 支付 支出 支部 干部 干预 干燥 章程 章节 景观 白酒 白名 怀疑 施工 施行 施策 成套 元件 元素 毕业 齐全 齐备 康复 康养 乐于 时效 时长 计量 计酬 谈判 舒适 屈服 祝贺 强企 路演 江河 童年 盛大 林业 林木 林草 林产 \
     钟表 高速 高温 高压 高分 高性 高水 高层 高产 夏季 田间 万人 支农 经纪 房屋 解析 解密 应对 宗旨 宣传 宣讲 单价 包干 包容 左右 石材 程控 曲线 曲面 储备 储能 储存 段位 富有 富集 井下 巴氏 全链 班子 班组 仲裁 宁缺 武装 符合 \
     景气 束缚 龙头 叶片 司机 薄膜 薄弱 印刷 池化 双面 闻名 党组 贡献 劳动 劳务 扶持 扶贫 通量 边远 尚需 农户 农药 农资 别人 别的 庄重 柴油 充分 充电 充足 连锁 习惯 容积 向导 古籍 慎重 居间 衡量 步骤 都市 都有 国标 国资 \
     寇 广播 东西 欧洲 欧盟 利民 越来 隆 师范 师傅 聂 融通 冷却 冷链 冷藏 辛苦 那么 空间 空白 空调 曾经 养殖 养护 丰富 丰产 关口 关税 相位 查重 查处 后续 后期 后备 后补 红外 游客 权重 盖章 益处 公布 公安 公章 公斤";

/// Posts and titles that stand behind a name.
pub(super) const TITLES: [&str; 46] = [
    "副教授",
    "教授",
    "研究员",
    "副研究员",
    "老师",
    "院士",
    "博士",
    "副校长",
    "校长",
    "副院长",
    "院长",
    "副所长",
    "所长",
    "副书记",
    "书记",
    "副处长",
    "处长",
    "副部长",
    "部长",
    "副主任",
    "主任",
    "主席",
    "工程师",
    "高工",
    "先生",
    "女士",
    "同志",
    "团队",
    "课题组",
    "课题",
    "等人",
    "总工",
    "董事长",
    "总经理",
    "经理",
    "科长",
    "秘书长",
    "理事长",
    "会长",
    "首席",
    "牵头",
    "领衔",
    "带头",
    "负责",
    "名师",
    "工作室",
];

/// Posts and words that stand before a name.
pub(super) const INTRODUCES: [&str; 30] = [
    "负责人",
    "联系人",
    "发明人",
    "法定代表人",
    "法人代表",
    "校长",
    "院长",
    "所长",
    "书记",
    "处长",
    "主任",
    "部长",
    "教授",
    "研究员",
    "院士",
    "带头人",
    "完成人",
    "专家",
    "博士",
    "老师",
    "理事长",
    "董事长",
    "工程师",
    "首席",
    "经办人",
    "代理人",
    "承办人",
    "咨询人",
    "秘书长",
    "姓名",
];

/// Whether a two-character word is an ordinary one.
pub(super) fn is_ordinary(word: &str) -> bool {
    ORDINARY.split_whitespace().any(|known| known == word)
}

/// The surname a name begins with: its characters, and whether it is doubtful.
pub(super) fn surname(name: &str) -> Option<(usize, bool)> {
    if COMPOUND.iter().any(|known| name.starts_with(known)) {
        return Some((2, false));
    }
    let first = name.chars().next()?;
    SURNAMES.contains(first).then(|| (1, DOUBTFUL.contains(first)))
}

/// Cities of the province (辽宁各市), without 市.
pub(super) const CITIES: [&str; 14] =
    ["沈阳", "大连", "鞍山", "抚顺", "本溪", "丹东", "锦州", "营口", "阜新", "辽阳", "盘锦", "铁岭", "朝阳", "葫芦岛"];

/// Regions, directions and other words that many names begin with: by
/// themselves they name nobody.
const COMMON: &str = "中国 中华 全国 国家 东北 华北 华东 华南 华中 西北 西南 东方 北方 南方 西部 东部 中央 中原 北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙 香港 澳门 台湾 \
     哈尔 长春 大庆 青岛 济南 南京 杭州 武汉 成都 西安 深圳 广州 苏州 渤海 黄海 辽东 辽西 辽南 辽北 辽河 \
     农业 理工 工业 医科 海洋 科技 工程 化工 材料 自动 林业 师范 财经 机械 电力 石油 建筑 交通 航空 航天 信息 电子 生物 环境 水利 地质 矿业 冶金 金属 轻工 纺织 食品 畜牧 水产 药科 药物 中医 外国 民族 政法 体育 音乐 美术 艺术 科学 技术 经济 城市 国际 现代 第一 第二 第三 人民 中心 能源 船舶 装备 测绘 气象 通信 光电 智能 数据 软件 网络 核工 稀土 有色 钢铁 焦化 橡胶 塑料 陶瓷 造纸 玻璃 催化";

/// Whether a stem is one that many names begin with.
pub(super) fn is_common(stem: &str) -> bool {
    let two: String = stem.chars().take(2).collect();
    COMMON.split_whitespace().any(|known| known == two) || CITIES.iter().any(|city| city.starts_with(&two))
}

/// A Chinese character.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// Whether a text is made of Chinese characters alone.
pub(super) fn all_han(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        assert_eq!(surname("诸葛文博"), Some((2, false)));
        assert_eq!(surname("孔磊"), Some((1, false)));
        assert_eq!(surname("高校"), Some((1, true)));
        assert_eq!(surname("的"), None);
        assert!(is_ordinary("许可") && !is_ordinary("孔磊"));
        assert!(is_common("东北") && is_common("葫芦岛") && !is_common("望舒"));
    }
}
