use super::*;

fn kinds(text: &str) -> Vec<(LeakKind, String, bool)> {
    let view = View::of(text, Without::Nothing);
    all(text).into_iter().map(|found| (found.kind, view.original(&found.place), found.certain)).collect()
}

#[track_caller]
fn sees(text: &str, kind: LeakKind, part: &str, certain: bool) {
    let seen = kinds(text);
    let fits = seen.iter().any(|(known, found, sure)| *known == kind && found.contains(part) && *sure == certain);
    assert!(fits, "{text}: {part} of {seen:?}");
}

#[test]
fn published_numbers_by_their_check_digit() {
    for text in ["91350100M000100Y43", "11320000MB151840XJ", "９１３５ 0100 M000 100Y 43", "代码91350100-M000100Y-43。"]
    {
        sees(text, LeakKind::CreditCode, "", true);
    }
    sees("组织机构代码 M000100Y-4", LeakKind::CreditCode, "M000100Y-4", true);
    sees("身份证11010519491231002X", LeakKind::IdCard, "11010519491231002X", true);
    sees("身份证号：110105491231002", LeakKind::IdCard, "110105491231002", true);
    sees("卡号6222021234567890128", LeakKind::Bank, "6222021234567890128", true);
    sees("开户行账号 210501234567", LeakKind::Bank, "210501234567", false);
    for text in [
        "以ZL202010553174.4为核心",
        "专利号201710601862.3",
        "201310699744.2",
        "2023 1000 0002.X",
        "95115608.X（专利号）",
        "专利号97101765.4",
    ] {
        let seen = kinds(text);
        assert!(seen.iter().any(|(kind, ..)| *kind == LeakKind::PatentNo), "{text}: {seen:?}");
    }
    sees("以ZL201710601862.3为核心", LeakKind::PatentNo, "ZL201710601862.3", true);
    sees("以ZL202010553174.4为核心", LeakKind::PatentNo, "ZL202010553174.4", false);
    sees("授权公告号CN101234567B", LeakKind::PatentNo, "CN101234567B", true);
    sees("PCT/CN2021/123456已进入", LeakKind::PatentNo, "PCT/CN2021/123456", true);
    sees("WO2021/123456", LeakKind::PatentNo, "WO2021/123456", true);
}

#[test]
fn how_somebody_is_reached() {
    for (text, part) in [
        ("咨询电话19900004564", "19900004564"),
        ("+86 199-0000-4564", "199-0000-4564"),
        ("电话（0417）55503580转12", "55503580"),
        ("传真：024-5550 4348", "024-5550 4348"),
        ("热线400-123-4567", "400-123-4567"),
    ] {
        sees(text, LeakKind::Phone, part, true);
    }
    sees("联系电话：5550358", LeakKind::Phone, "5550358", false);
    sees("邮编117434", LeakKind::PostCode, "117434", false);
    for text in [
        "ip@qrut00.example",
        "ip(at)qrut00.example",
        "ip＠qrut00．example",
        "ip at qrut00 dot example",
        "ip#at#qrut00点example",
    ] {
        sees(text, LeakKind::Email, "ip", true);
    }
    for text in
        ["https://www.tlie04.example", "www . tlie04 . example", "tlie04.edu.cn", "tlie04点edu点cn", "www。tlie04。cn"]
    {
        sees(text, LeakKind::Url, "tlie04", true);
    }
    sees("内网10.16.0.254登录", LeakKind::Url, "10.16.0.254", true);
    sees("微信公众号：tlie_ip", LeakKind::Wechat, "tlie_ip", true);
    sees("QQ群：123456789", LeakKind::Wechat, "123456789", true);
    sees("关注公众号“溪山知产”", LeakKind::Wechat, "溪山知产", true);
}

#[test]
fn names_by_what_stands_around_them() {
    sees("由孔磊教授团队牵头", LeakKind::Person, "孔磊", false);
    sees("负责人：魏一鸣，", LeakKind::Person, "魏一鸣", false);
    sees("诸葛文博研究员主持", LeakKind::Person, "诸葛文博", false);
    sees("校长魏一鸣介绍", LeakKind::Person, "魏一鸣", false);
    sees("关注“溪山知产”微信公众号", LeakKind::Wechat, "溪山知产", true);
    sees("是全省首家此类中心", LeakKind::Honour, "全省首家", false);
    sees("与溪山机电学院共建", LeakKind::Organisation, "溪山机电学院", false);
    sees("北京大学", LeakKind::Organisation, "北京大学", false);
    sees("Xishan University of Technology", LeakKind::Organisation, "Xishan", false);
    sees("形成QRUT模式", LeakKind::Abbreviation, "QRUT", false);
    sees("依据溪山科〔2019〕44号", LeakKind::DocNo, "溪山科〔2019〕44号", false);
    sees("服务鞍山钢铁产业", LeakKind::Place, "鞍山", false);
    sees("办公地点在求索路226号", LeakKind::Address, "求索路226号", false);
    sees("依托溪山智能焊接国家重点实验室", LeakKind::Platform, "国家重点实验室", false);
    sees("入选国家知识产权示范高校", LeakKind::Honour, "国家知识产权示范高校", false);
    sees("获中国专利金奖", LeakKind::Honour, "中国专利金奖", false);
    sees("依托“先进焊接”国家重点实验室", LeakKind::Platform, "先进焊接", false);
    sees("依托国家技术转移示范机构", LeakKind::Honour, "国家技术转移示范机构", false);
    sees("获批省级高价值专利培育中心", LeakKind::Honour, "高价值专利培育中心", false);
    sees("承建教育部高校国家知识产权信息服务中心", LeakKind::Honour, "信息服务中心", false);
    sees("我校王明教授获奖", LeakKind::Person, "王明", false);
    sees("（以下简称“溪大”）", LeakKind::Abbreviation, "溪大", false);
    sees("B站账号“知产课堂”直播", LeakKind::Wechat, "知产课堂", true);
    sees("是我省唯一的海洋类高校", LeakKind::Honour, "唯一", false);
    sees("授权量位居全省高校第2名", LeakKind::Honour, "第2名", false);
    for text in
        ["办学历史可追溯至1949年", "恰逢学校七十华诞", "1958年由原机械部创办", "建校至今已有71年", "历经七十余载风雨"]
    {
        let seen = kinds(text);
        assert!(seen.iter().any(|(kind, ..)| *kind == LeakKind::Anniversary), "{text}: {seen:?}");
    }
    for text in
        ["建校120周年", "始建于1923年", "原隶属于冶金工业部", "学校1958年建校", "前身为溪山专科学校", "百年老校"]
    {
        let seen = kinds(text);
        assert!(seen.iter().any(|(kind, ..)| *kind == LeakKind::Anniversary), "{text}: {seen:?}");
    }
}

#[test]
fn what_every_application_says_is_no_leak() {
    for text in [
        "贯彻《高等学校知识产权管理规范》，已完成12轮内部审核",
        "坚持“产学研一体、服务地方”，打造区域枢纽",
        "转让许可备案率达到85%，三年累计评估27件，2020—2022年",
        "举办对接会10场，达成意向15项，合同金额1072.30万元，GB/T 33251—2016",
        "本单位已形成“领导小组—管理部门—学院”三级管理架构",
        "经批准设立运营中心，实行主任负责制，配备12名技术经理人",
        "规模扩大。连续三年；经营口径一致；朝阳产业；专利许可教授担任主任单位",
        "在国家知识产权局开放许可平台ad.lnzhjr.cn发布，国知办发运字〔2021〕25号",
        "共5人，其中高级职称0人，硕士及以上1人",
        "（以下简称“中心”），完善工程研究中心管理，发挥重点实验室作用，学校教授、博士",
        "建设高价值专利培育中心2个，完善“产学研”重点实验室管理，位居前列的项目优先支持，成立至今三年",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_masking_put_in_is_passed_over() {
    assert_eq!(kinds("【另一申报单位】与【某研究院】"), []);
}
