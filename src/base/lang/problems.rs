//! Problems in words: what is wrong, and how to mend it.

use crate::base::points::NotPoints;
use crate::base::problem::{BadSigns, Fault, Problem};

use super::Lang;

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Where: file, line, field; empty where there is no place.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it, where there is a way.
    pub mend: Option<String>,
}

/// A fault in words.
#[must_use]
pub fn problem(lang: Lang, fault: &Fault) -> Said {
    let (what, mend) = words(lang, &fault.problem);
    let place = &fault.place;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(place.file.clone());
    parts.extend(place.line.map(|line| match lang {
        Lang::Zh => format!("第 {line} 行"),
        Lang::En => format!("line {line}"),
    }));
    parts.extend(place.field.clone().filter(|field| !field.is_empty()));
    let place = crate::base::clean::clean_line(&parts.join(if lang == Lang::Zh { "，" } else { ", " }));
    let clean = |text: String| crate::base::clean::clean(&text).into_owned();
    Said { place, what: clean(what), mend: (!mend.is_empty()).then(|| clean(mend)) }
}

fn like(lang: Lang, like: Option<&String>) -> String {
    match (like, lang) {
        (Some(id), Lang::Zh) => format!("是不是 {id}？"),
        (Some(id), Lang::En) => format!("Did you mean {id}?"),
        (None, Lang::Zh) => "字段名见 scoring-templates/forms/ 里的表。".to_owned(),
        (None, Lang::En) => "Field ids are listed in scoring-templates/forms/.".to_owned(),
    }
}

fn not_points(lang: Lang, why: NotPoints) -> std::borrow::Cow<'static, str> {
    let said = match (why, lang) {
        (NotPoints::FinerThan(places), Lang::Zh) => return format!("小数超过 {places} 位").into(),
        (NotPoints::FinerThan(places), Lang::En) => return format!("has more than {places} decimals").into(),
        (NotPoints::Empty, Lang::Zh) => "是空的",
        (NotPoints::Empty, Lang::En) => "is empty",
        (NotPoints::NotANumber, Lang::Zh) => "不是分数",
        (NotPoints::NotANumber, Lang::En) => "is not a number of points",
        (NotPoints::TooFine, Lang::Zh) => "小数超过四位",
        (NotPoints::TooFine, Lang::En) => "has more than four decimals",
        (NotPoints::TooLarge, Lang::Zh) => "太大",
        (NotPoints::TooLarge, Lang::En) => "is too large",
    };
    said.into()
}

fn bad_signs(lang: Lang, why: BadSigns) -> String {
    match (why, lang) {
        (BadSigns::Length { read, wanted }, Lang::Zh) => format!("应有 {wanted} 个字符，读到 {read} 个"),
        (BadSigns::Length { read, wanted }, Lang::En) => format!("it has {wanted} signs, {read} were read"),
        (BadSigns::Sign { sign }, Lang::Zh) => format!("里面不会有 {sign:?}"),
        (BadSigns::Sign { sign }, Lang::En) => format!("{sign:?} occurs in none"),
        (BadSigns::Check, Lang::Zh) => "有字符抄错了".to_owned(),
        (BadSigns::Check, Lang::En) => "a sign of it was copied wrongly".to_owned(),
    }
}

fn wanted(lang: Lang, wanted: &str) -> &str {
    match (wanted, lang) {
        ("bundle", Lang::Zh) => "评审包",
        ("sheet", Lang::Zh) => "评分表",
        ("log", Lang::Zh) => "评审轮次或草稿",
        ("age", Lang::Zh) => "加密文件",
        ("age", Lang::En) => "encrypted file",
        ("keys", Lang::Zh) => "公钥文件",
        ("keys", Lang::En) => "file of public keys",
        ("secret", Lang::Zh) => "密钥文件",
        ("secret", Lang::En) => "file of secret keys",
        ("manifest", Lang::Zh) => "评审清单",
        ("round-manifest", Lang::Zh) => "轮次清单",
        ("round-manifest", Lang::En) => "round manifest",
        ("amendment", Lang::Zh) => "变更通知",
        ("update", Lang::Zh) => "补充包",
        ("head", Lang::Zh) => "存证",
        ("head", Lang::En) => "log head",
        ("event", Lang::Zh) => "记录",
        ("event", Lang::En) => "log event",
        ("number", Lang::Zh) => "数字",
        ("bool", Lang::Zh) => "是或否",
        ("value", Lang::Zh) => "一个值",
        ("bool", Lang::En) => "yes or no",
        (other, _) => other,
    }
}

/// The step or state a word of the data stands for.
fn step(lang: Lang, word: &'static str) -> &'static str {
    match (word, lang) {
        ("packets", Lang::Zh) => "先收材料：pingshen packets 文件夹",
        ("packets", Lang::En) => "Bring in packets first: pingshen packets FOLDER",
        ("intake", Lang::Zh) => "先收申报材料：pingshen intake 文件夹",
        ("intake", Lang::En) => "Take applications in first: pingshen intake FOLDER",
        ("panel", Lang::Zh) => "先登记专家：pingshen panel 专家.csv",
        ("panel", Lang::En) => "Set the panel first: pingshen panel PANEL.csv",
        ("assign", Lang::Zh) => "先分配：pingshen assign",
        ("assign", Lang::En) => "Assign first: pingshen assign",
        ("issue", Lang::Zh) => "先发评审包：pingshen issue",
        ("issue", Lang::En) => "Issue bundles first: pingshen issue",
        ("sheets", Lang::Zh) => "先收评分表：pingshen collect inbox/*.sheet",
        ("sheets", Lang::En) => "Collect sheets first: pingshen collect inbox/*.sheet",
        ("open", Lang::Zh) => "先开启评分表：pingshen open",
        ("open", Lang::En) => "Open the sheets first: pingshen open",
        ("issued", Lang::Zh) => "评审包已经发出",
        ("issued", Lang::En) => "Bundles have been issued",
        ("collected", Lang::Zh) => "已经收到评分表",
        ("collected", Lang::En) => "Sheets have been collected",
        ("stale", Lang::Zh) => "先就更正认可评分表，或收专家的更正件：pingshen amend accept 专家 --reason 理由",
        ("stale", Lang::En) => {
            "Accept sheets that came before an amendment, or collect revisions: pingshen amend accept EXPERT --reason WHY"
        }
        ("partial", Lang::Zh) => "先决定没评完的评分表：pingshen collect 文件 --partial count|void --reason 理由",
        ("partial", Lang::En) => {
            "Decide on the incomplete sheet first: pingshen collect FILE --partial count|void --reason WHY"
        }
        (other, _) => other,
    }
}

#[expect(clippy::too_many_lines, reason = "one arm a problem; splitting it would scatter the table")]
fn words(lang: Lang, problem: &Problem) -> (String, String) {
    let zh = lang == Lang::Zh;
    macro_rules! say {
        ($zh:expr, $zh_mend:expr; $en:expr, $en_mend:expr) => {
            if zh { (format!($zh), format!($zh_mend)) } else { (format!($en), format!($en_mend)) }
        };
    }
    match problem {
        Problem::NotFound => {
            say!("没有这个文件", "看看路径和文件名"; "There is no such file", "Check the path and the name")
        }
        Problem::CannotRead(why) => say!("读不了：{why}", ""; "Cannot be read: {why}", ""),
        Problem::CannotWrite(why) => {
            say!("写不了，没有存上：{why}", "换一个能写的位置"; "Cannot be written; nothing was saved: {why}", "Use another place")
        }
        Problem::DiskFull => {
            say!("磁盘满了，没有存上", "腾出空间后再做一次；已存的都在"; "The disk is full; nothing was saved", "Free some space and try again; what was saved is still there")
        }
        Problem::ReadOnly => {
            say!("这里只能读，没有存上", "换到能写的文件夹，或用 --draft 另指一处"; "This place is read-only; nothing was saved", "Use a folder that can be written, or --draft PATH")
        }
        Problem::TooBig { limit } => say!("太大：最多 {limit} 字节", ""; "Too large: at most {limit} bytes", ""),
        Problem::TooMany { what, limit } => (super::limits::at_most(lang, *what, *limit), String::new()),
        Problem::BadEncoding { at } => {
            say!("第 {at} 字节起不是 UTF-8 也不是 GB18030", "用 WPS 或记事本另存为 UTF-8 再来"; "Neither UTF-8 nor GB18030 from byte {at} on", "Save it as UTF-8 and try again")
        }
        Problem::BadJson(why) => say!("不是合格的 JSON：{why}", ""; "Not JSON of the kind expected: {why}", ""),
        Problem::BadToml(why) => {
            say!("读不通：{why}", "看这一行的键名和引号"; "Cannot be read: {why}", "Look at the keys and quotes of that line")
        }
        Problem::BadCsv(why) => {
            say!("表格读不通：{why}", "看这一行的逗号和引号"; "The table cannot be read: {why}", "Look at the commas and quotes of that row")
        }
        Problem::NotOurs { wanted: kind } => {
            let kind = wanted(lang, kind);
            say!("不是{kind}", "看看是不是选错了文件"; "Not a {kind}", "Check that it is the right file")
        }
        Problem::Altered => {
            say!("内容被改动过，或没有拷贝完整", "请重新拷贝一份；原件不要动"; "Altered, or not copied whole", "Copy it again from the original")
        }
        Problem::BadArchive(why) => {
            say!("评审包的内部结构不对：{why}", "请重新拷贝一份"; "The bundle's inside is broken: {why}", "Copy it again")
        }
        Problem::Unreadable(why) => super::unreadable::words(lang, why),
        Problem::Misassigned(why) => super::assigning::words(lang, why),
        Problem::Unfunded(why) => super::funding::words(lang, why),
        Problem::NotInManifest { name } => {
            say!("{name} 不在评审清单里", "请向秘书要原来的评审包"; "{name} is not in the manifest", "Ask the secretary for the original bundle")
        }
        Problem::SlipWanted => {
            say!("第一次打开这个评审包，要输入开包条", "开包条在签到时领取；脚本用 --slip 或环境变量 PINGSHEN_SLIP"; "This bundle wants its one-time slip", "Slips are handed out at sign-in; for scripts: --slip CODE or PINGSHEN_SLIP")
        }
        Problem::OtherSlip => {
            say!("这张开包条不是这个评审包的", "核对条上的专家代号和评审包的文件名"; "This slip does not open this bundle", "Compare the expert's code on the slip with the bundle's name")
        }
        Problem::SpareWanted => {
            say!("发评审包以前，要照信封里的卡片输入一次备用码", "确认卡片抄对了再封好；脚本用 --spare-file 文件 或 PINGSHEN_SPARE"; "Before bundles go out, the spare code must be typed in from its card", "So that the envelope is known to hold the right code; for scripts: --spare-file FILE or PINGSHEN_SPARE")
        }
        Problem::OtherSpare => {
            say!("备用码本身没有抄错，但不是这一轮（这一位）的", "找到对应的卡片再输入"; "A sound spare code, but another round's or expert's", "Find the card that belongs here")
        }
        Problem::SupervisorWanted => {
            say!("这一轮要由秘书和监督两人同时开启", "pingshen open --supervisor-key 监督的密钥.key"; "This round is opened by the secretary and the supervisor together", "pingshen open --supervisor-key SUPERVISOR.key")
        }
        Problem::OtherKeys { expert } => {
            say!("签名用的不是 {expert} 已登记的密钥", "请 {expert} 本人核对；不能计入"; "Not signed with the keys known to be {expert}'s", "Ask {expert}; it cannot count")
        }
        Problem::PracticeOnly => {
            say!("这是演示或演练，没有口令", "正式评审请另建一轮"; "A demonstration or practice round has no passphrase", "Make another round for a real review")
        }
        Problem::PassphrasesDiffer => {
            say!("两次输入的口令不一样", "再输一遍"; "The two passphrases differ", "Type it again")
        }
        Problem::CodeNotCompared { expert, code } => {
            say!("{expert} 的核对码还没有和签到表对过：{code}", "对过以后再收一次：在终端里收会逐个询问；脚本用 --codes 文件（每行：代号,核对码）"; "{expert}'s check code has not been compared with the sign-in sheet: {code}", "Collect again once it has: at a terminal you are asked; for scripts: --codes FILE (lines: expert,code)")
        }
        Problem::SealedForOthers => {
            say!("不是封给这一轮的，本轮的密钥打不开", "看看是不是另一轮的评分表"; "Not sealed for this round: its key does not open it", "Check whether it is another round's sheet")
        }
        Problem::KeptSealed => {
            say!("已登记，还没有开启", "pingshen open"; "Listed and kept sealed", "pingshen open")
        }
        Problem::BadHead { text } => {
            say!("“{text}”不是存证码", "写 8 位存证码（如 7F3K-22QD），或完整摘要（64 位）、它的前 16 位"; "“{text}” is no head of a log", "Give the 8 signs (such as 7F3K-22QD), or the digest's 64 or first 16 hex digits")
        }
        Problem::ReportInside { dir } => {
            say!("报告不能写进被核查的文件夹 {dir}：那里只放日志记下的文件", "写到别处，如 --report ../核查报告.md"; "The report can't be written into the folder audited, {dir}: it holds what the log knows and nothing else", "Write it elsewhere, such as --report ../audit.md")
        }
        Problem::LateSheet => {
            say!("开启以后才交来，是迟到的评分表", "写明理由再收：--reason 理由"; "This sheet came after the opening", "Collect it with its reason: --reason WHY")
        }
        Problem::MissingColumn { name } => {
            say!("缺少一列：{name}", "在第一行补上这个列名"; "A column is missing: {name}", "Add it to the first row")
        }
        Problem::UnknownColumn { name, known } => {
            say!("不认识的列：{name}", "可用的列：{known}"; "Unknown column: {name}", "Known columns: {known}")
        }
        Problem::Duplicate { what } => say!("重复：{what}", "只留一个"; "Twice: {what}", "Keep one of them"),
        Problem::MissingValue { name } => say!("没有填：{name}", "补上"; "Missing: {name}", "Fill it in"),
        Problem::BadCode { text } => {
            say!("不能作代号：{text:?}", "用字母数字开头，可含 - _ . ，最多 32 个字符"; "Not a code: {text:?}", "Begin with a letter or digit; then letters, digits, - _ . ; 32 at most")
        }
        Problem::BadChoice { text, choices } => {
            say!("不能写 {text:?}", "可以写：{choices}"; "{text:?} is not a choice", "Choose one of: {choices}")
        }
        Problem::NotNumber { text } => say!("不是数：{text:?}", "写成数字"; "Not a number: {text:?}", "Write a number"),
        Problem::NotWhole { text } => {
            say!("不是整数：{text:?}", "写成不小于 0 的整数"; "Not a whole number: {text:?}", "Write a whole number, 0 or more")
        }
        Problem::NotQuoted { text } => {
            say!("分值没有加引号：{text}", "写成 \"{text}\"；不加引号的小数会走样"; "A mark or weight without quotes: {text}", "Write \"{text}\"; a bare decimal is not exact")
        }
        Problem::BadPoints { text, why } => {
            let why = not_points(lang, *why);
            say!("{text:?} {why}", "写成 3 或 3.5 这样的数"; "{text:?} {why}", "Write it like 3 or 3.5")
        }
        Problem::BadName { text } => {
            say!("不能作名称：{text:?}", "去掉引号、换行和看不见的字符；最长 256 字节"; "Not a name: {text:?}", "Take out quotes, line ends and hidden characters; 256 bytes at most")
        }
        Problem::NoMarks => {
            say!("这些文件里一个分数也没有", "看看是不是选错了文件"; "There is not one mark in these files", "Check that they are the right ones")
        }
        Problem::NoScores => {
            say!("文件夹里没有 csv 打分表", "看看是不是选错了文件夹"; "No csv file of marks in this folder", "Check that it is the right folder")
        }
        Problem::DoesNotFit => {
            say!("数太大，超出可以精确计算的范围", "看看是不是多写了几位"; "Too large to be counted exactly", "Check for digits too many")
        }
        Problem::TooLarge { code } => {
            say!("{code} 的得分太大，超出可以精确计算的范围", "看看分值和系数"; "The score of {code} is too large to be counted exactly", "Check its marks and factors")
        }
        Problem::CarryCircle { panels } => {
            say!("各阶段互相带入成绩：{panels}", "改规则里的 carry"; "Stages take their scores over from one another: {panels}", "Mend the rule's carry")
        }
        Problem::SumDiffers { of, parts, stated } => {
            say!("{of} 加起来不对：{parts}，写的是 {stated}", "改其中的分值，或把 {stated} 改成合计"; "{of} does not add up: {parts}, stated {stated}", "Change a part, or state the sum")
        }
        Problem::ZeroWeight { of } => {
            say!("{of} 的分值是 0", "写一个大于 0 的分值，或删去"; "{of} is worth nothing", "Give it a value above 0, or remove it")
        }
        Problem::BandOverlap { upper, lower } => {
            say!("{upper} 与 {lower} 两档重叠", "让 {lower} 档的上限比 {upper} 档的下限小一格"; "Levels {upper} and {lower} overlap", "Let {lower} end one step below {upper}")
        }
        Problem::BandGap { upper, lower, from, to } => {
            say!("{upper} 与 {lower} 两档之间有空档：{from} 到 {to}", "让两档正好相差一格"; "A gap between levels {upper} and {lower}: {from} to {to}", "Let them differ by exactly one step")
        }
        Problem::OffGrid { value, step } => {
            say!("{value} 不在 {step} 分一格的格子上", "改成 {step} 的整数倍"; "{value} is not on the grid of {step}", "Use a multiple of {step}")
        }
        Problem::BandReversed { level } => {
            say!("{level} 档的下限高于上限", "两个数对调"; "Level {level} begins above its end", "Exchange the two")
        }
        Problem::BandTop { level, max, reached } => {
            say!("最高的 {level} 档只到 {reached}，满分是 {max}", "把它的 max 写成 \"{max}\""; "The top level {level} reaches {reached}, the maximum is {max}", "Write max = \"{max}\" there")
        }
        Problem::BandBottom { level, from } => {
            say!("最低的 {level} 档从 {from} 起，0 分没有档", "把它的 min 写成 \"0\""; "The lowest level {level} begins at {from}; 0 has no level", "Write min = \"0\" there")
        }
        Problem::TooFewLevels => say!("少于两档", "至少写两档"; "Fewer than two levels", "Write two at least"),
        Problem::UnknownEvidence { id, like: near } => {
            let near = like(lang, near.as_ref());
            say!("申报书里没有这个字段：{id}", "{near}"; "The form has no field {id}", "{near}")
        }
        Problem::UnknownDerived { id } => {
            say!("没有定义 [[derived]]：{id}", "补上定义，或删去"; "No [[derived]] of id {id}", "Define it, or remove it")
        }
        Problem::UnknownTieKey { id, known } => {
            say!("同分次序里的 {id} 既不是维度也不是指标", "可用的有：{known}"; "Tie key {id} is neither dimension nor criterion", "Known: {known}")
        }
        Problem::UnknownForm { id, known } => {
            say!("没有这种申报书：{id}", "可用的有：{known}"; "No such form: {id}", "Known: {known}")
        }
        Problem::ItemIsCriterion => {
            say!("旧写法 [[dimension.item]]", "改成 [[dimension.criterion]] 和 [[dimension.criterion.level]]"; "The old word [[dimension.item]]", "Write [[dimension.criterion]] and [[dimension.criterion.level]]")
        }
        Problem::DropTooMany { dropped, from } => {
            say!("从 {from} 个分起就去掉 {dropped} 个，剩不下", "让 trim_min_scores 大于去掉的个数"; "{dropped} are dropped from {from} marks on, and none is left", "Let trim_min_scores be larger than what is dropped")
        }
        Problem::LeakUndecided { number } => {
            say!("第 {number} 号泄露线索会说出申报单位，还没有处理", "看 pingshen blind --review，遮去：blind --mask {number}，或写明理由放行：blind --release {number} --reason 理由"; "Leak {number} says whose packet it is, and nobody decided on it", "See pingshen blind --review; mask it: blind --mask {number}, or release it: blind --release {number} --reason WHY")
        }
        Problem::UnknownLeak { number } => {
            say!("没有第 {number} 号泄露线索", "编号见 pingshen blind 的第一栏"; "There is no leak {number}", "Numbers are in the first column of pingshen blind")
        }
        Problem::NotBlinded => {
            say!("申报材料或处理有变动，匿名材料还是旧的", "再做一次：pingshen blind"; "Applications or decisions changed since the packets were made", "Make them again: pingshen blind")
        }
        Problem::ReasonNames => {
            say!("理由里写出了申报单位或人名；理由会记入日志", "换一个不出现名称的说法"; "The reason names an applicant or a person, and reasons go into the log", "Say it without the name")
        }
        Problem::Undecided { what } => {
            say!("还没有定：{what}", "开评前由评审办决定并写进模板"; "Still undecided: {what}", "The office decides before opening and writes it here")
        }
        Problem::UnknownSchema { version } => {
            say!("不认识的版本：{version}", "本程序读 schema = 1"; "Unknown schema version: {version}", "This program reads schema = 1")
        }
        Problem::UnknownField { id, like: near } => {
            let near = like(lang, near.as_ref());
            say!("申报书里没有这个字段：{id}", "{near}"; "The form has no field {id}", "{near}")
        }
        Problem::IdentifyingField { id } => {
            say!("{id} 会说出申报单位，匿名材料里不能有", "从材料里删去这个字段"; "{id} names the applicant and may not be in a packet", "Remove the field")
        }
        Problem::WrongKind { id, wanted: kind, text } => {
            let kind = wanted(lang, kind);
            say!("{id} 应是{kind}，写的是 {text:?}", "照申报书的栏目填"; "{id} should be a {kind}, not {text:?}", "Fill it in as the form asks")
        }
        Problem::RaggedTable { group } => {
            say!("{group} 各列的行数不一样", "每列行数补齐，空格写 null"; "The columns of {group} differ in length", "Pad them, with null for an empty cell")
        }
        Problem::PacketDiffers { code } => {
            say!("{code} 已经有了，内容不一样", "编号不能重复使用；先收的那份没有动"; "{code} is there already, with other content", "A code is used once; the first packet was left as it is")
        }
        Problem::EmptyPacket => say!("里面没有内容", ""; "There is nothing in it", ""),
        Problem::NoForms => say!(
            "里面没有申报书", "收 docx、xlsx、csv、json 文件；只有扫描件的，用 intake --form 写出录入表，填好再收";
            "No application form in it", "Forms are docx, xlsx, csv or json; where there is only a scan, write a sheet to fill with intake --form"
        ),
        Problem::TooManyFiles { limit } => {
            say!("文件多于 {limit} 个", "分几个文件夹收"; "More than {limit} files", "Take them in folder by folder")
        }
        Problem::ScanOnly { files } => say!(
            "只有扫描件（{files} 个），没有能读的申报书", "用 intake --form 写出录入表，由两个人各填一份，放进同一个文件夹再收";
            "Only scans ({files}), no form that can be read", "Write a sheet with intake --form, let two people fill one each, and take in the folder again"
        ),
        Problem::NothingDeclared => say!(
            "没有写声明的内容", "没有回避情形写 --none；有的写 --recuse \"单位名称 事由序号\"";
            "Nothing declared", "Write --none where there is no ground, else --recuse \"applicant number-of-the-ground\""
        ),
        Problem::BadAnswer { text } => say!(
            "看不懂的声明：{text}", "写成“单位名称 事由序号”，如 \"青岚理工大学 1\"，序号 1–9 见声明表";
            "Not a declaration: {text}", "Write \"applicant number\", such as \"青岚理工大学 1\"; numbers 1–9 are on the paper"
        ),
        Problem::ProvedAlready { id, there } => say!(
            "{id} 在申报书里已经读准：{there}", "这里只补没读到或没读准的；申报书有变，请收改过的申报书";
            "{id} was read for certain in the form: {there}", "Supply what is missing or uncertain; where the form changed, take in the changed form"
        ),
        Problem::UnknownApplication { no, known } => {
            say!("没有这个受理号：{no}", "现有：{known}"; "No such application: {no}", "There are: {known}")
        }
        Problem::UnknownPacket { code, known } => {
            say!("没有这份材料：{code}", "现有：{known}"; "No such packet: {code}", "There are: {known}")
        }
        Problem::UnknownExpert { code, known } => {
            say!("没有这位专家：{code}", "现有：{known}"; "No such expert: {code}", "There are: {known}")
        }
        Problem::UnknownCriterion { id } => {
            say!("没有这个指标：{id}", "用 pingshen score 评审包 --list 看全部"; "No such criterion: {id}", "See them with: pingshen score BUNDLE --list")
        }
        Problem::AboveMax { value, max } => {
            say!("{value} 超过满分 {max}", "0 到 {max}"; "{value} is above the maximum {max}", "0 to {max}")
        }
        Problem::NotOnGrid { value, step } => {
            say!("{value} 不合 {step} 分一格", "写成 {step} 的整数倍"; "{value} is not a multiple of {step}", "Use multiples of {step}")
        }
        Problem::NoMark => say!("没有写分数（空白不算 0 分）", ""; "No mark (blank is not 0)", ""),
        Problem::NotAssigned { code } => {
            say!("{code} 没有分给您", "用 --list 看分给您的材料"; "{code} is not among your packets", "See yours with --list")
        }
        Problem::Recused { code } => {
            say!("{code} 已申请回避，不能打分", "先撤销回避"; "You are recused from {code}", "Withdraw the recusal first")
        }
        Problem::BadLine { wanted } => say!("这一行应写成：{wanted}", ""; "Write the line as: {wanted}", ""),
        Problem::NoRound { dir } => {
            say!("{dir} 里没有评审轮次", "用 -C 指到轮次的文件夹，或新建：pingshen new 文件夹 --template ln-pilot-selection"; "There is no round in {dir}", "Name its folder with -C, or make one: pingshen new DIR --template ln-pilot-selection")
        }
        Problem::NotEmpty { dir } => {
            say!("{dir} 已经有了", "换一个名字；原来的没有动"; "{dir} is there already", "Use another name; nothing was touched")
        }
        Problem::TooEarly { first } => {
            let first = step(lang, first);
            say!("还不能做这一步", "{first}"; "Not yet", "{first}")
        }
        Problem::TooLate { because } => {
            let because = step(lang, because);
            say!("已经不能做这一步：{because}", ""; "Not any more: {because}", "")
        }
        Problem::QuotaOpen => {
            say!("模板没有定名额", "新建轮次时写：pingshen new 文件夹 --template … --quota 6"; "The template leaves the quota open", "Say it when making the round: pingshen new DIR --template … --quota 6")
        }
        Problem::QuotaFixed => {
            say!("模板已经定了名额，或不设名额", "去掉 --quota；要改名额，改模板"; "The template fixes the quota, or has none", "Leave out --quota; to change it, change the template")
        }
        Problem::UnknownTemplate { id, known } => {
            say!("没有这个模板：{id}", "现有：{known}；也可写 .toml 文件的路径"; "No such template: {id}", "There are: {known}; or give a .toml file")
        }
        Problem::TooFewExperts { given, least } => {
            say!("专家 {given} 位，模板要求至少 {least} 位", ""; "{given} experts; the template wants {least} at least", "")
        }
        Problem::Held { by } => {
            say!("另一个窗口正开着它：{by}", "关掉那个窗口再来；在这里可以看，不能改"; "Another window has it open: {by}", "Close that one first; here you can look but not change")
        }
        Problem::OtherDraft { file } => {
            say!("草稿 {file} 是另一个评审包的", "用 --draft 另指一份，或拿回原来的评审包"; "The draft {file} belongs to another bundle", "Name another with --draft, or use its own bundle")
        }
        Problem::BrokenLog { seq, why } => {
            say!("记录第 {seq} 条对不上（{why}），后面的不能信", "不要再写；拿备份来核对"; "Entry {seq} of the log does not fit ({why}); nothing after it can be trusted", "Do not write to it; compare with a copy")
        }
        Problem::BadStore { why } => {
            say!("存储出错，没有存上：{why}", "检查磁盘；已存的都在"; "The store failed; nothing was saved: {why}", "Check the disk; what was saved is still there")
        }
        Problem::OtherRound { round } => {
            say!("是另一轮评审的（{round}）", "交给那一轮的秘书"; "Of another round ({round})", "Give it to that round's secretary")
        }
        Problem::OtherTemplate => {
            say!("是用另一份模板打的分", "请专家用本轮的评审包重新打分"; "Scored by another template", "The expert has to score with this round's bundle")
        }
        Problem::OtherPacket { code } => {
            say!("{code} 的材料与本轮发出的不一样", "请专家用本轮的评审包重新打分"; "{code} is not the packet this round issued", "The expert has to score with this round's bundle")
        }
        Problem::NotOurEncoding => {
            say!("不是本程序写出的样子", "请交原来的文件，不要改动"; "Not as this program writes it", "Hand in the original file, unchanged")
        }
        Problem::Incomplete { packets, missing, first } => {
            say!("还有 {packets} 份没评完，缺 {missing} 个分，第一处是 {first}", "补齐，或先交评完的：--partial --reason 理由"; "{packets} packets are not complete, {missing} marks are missing, the first is {first}", "Complete them, or hand in what is complete: --partial --reason WHY")
        }
        Problem::NothingComplete => {
            say!("还没有一份评完", "至少评完一份再交"; "No packet is complete yet", "Complete one at least")
        }
        Problem::NeedsReason => say!("要写理由", "加上 --reason 理由"; "A reason is needed", "Add --reason WHY"),
        Problem::Conflict { expert } => {
            say!("{expert} 有两份互不替代的评分表", "问清专家以哪份为准，另一份作废：pingshen collect 文件 --void --reason 理由"; "{expert} has two sheets, neither correcting the other", "Ask the expert which one holds and void the other: pingshen collect FILE --void --reason WHY")
        }
        Problem::MovedOn => {
            say!("另一个程序刚写过，这一步没有存上", "再做一次"; "Another process wrote first; nothing was saved", "Try again")
        }
        Problem::BadSpare(why) => {
            let why = bad_signs(lang, *why);
            say!("备用码不对：{why}", "照纸上重新输入，共六组、每组五个；没有 0、O、1、I，大小写和横线不计"; "Not a paper code: {why}", "Type it again from the paper, six groups of five; it has no 0 O 1 I; case and hyphens do not matter")
        }
        Problem::BadSlip(why) => {
            let why = bad_signs(lang, *why);
            say!("开包条不对：{why}", "照纸条重新输入，共四组、每组四个；没有 0、O、1、I，大小写和横线不计"; "Not a one-time slip: {why}", "Type it again from the slip, four groups of four; it has no 0 O 1 I; case and hyphens do not matter")
        }
        Problem::WrongPassphrase => {
            say!("口令不对", "看看大写锁定和输入法，再输一次；忘了口令，用信封里的备用码"; "Wrong passphrase", "Look at Caps Lock and the input method and type it again; if it is forgotten, use the paper code in the envelope")
        }
        Problem::NeedsPassphrase => {
            say!("需要口令", "在终端里输入，或设 PINGSHEN_PASSPHRASE，或用 --passphrase-file 文件"; "A passphrase is needed", "Type it at a terminal, or set PINGSHEN_PASSPHRASE, or use --passphrase-file FILE")
        }
        Problem::ChinesePassphrase => {
            say!("口令里有汉字或中文标点", "切换到英文输入再来；中文输入法在别的电脑上会打出别的字符"; "Chinese text or punctuation in the passphrase", "Switch to English input; a Chinese input method may give other characters on another computer")
        }
        Problem::HiddenInPassphrase => {
            say!("口令里有看不见的字符（制表符、换行等）", "只用看得见的字符和空格，自己键入，不要粘贴"; "A character in the passphrase can't be seen (a tab, a new line)", "Use visible characters and blanks only; type it instead of pasting")
        }
        Problem::WeakPassphrase { least } => {
            say!("口令太容易猜到", "至少 {least} 个字符，不要连号、同一个字符或常见口令；几个不相干的英文词就好"; "The passphrase is too easy to guess", "At least {least} characters, no runs, no single repeated sign, no common password; a few unrelated words will do")
        }
        Problem::NoKeyFits => {
            say!("不是加密给这把密钥的，打不开", "看看是不是别人的文件，或换上收件人的密钥"; "It is encrypted to other keys and can't be opened", "Check that it is meant for you, or use the keys it is meant for")
        }
        Problem::BadPublicKey { key } => {
            say!("公钥不对：{key}", "请对方重新导出公钥文件，不要手抄"; "Not a public key: {key}", "Ask its owner to export it again; do not copy it by hand")
        }
        Problem::BadSignature => {
            say!("签名对不上，内容不能信", "请签名人重新交一份原件；改动过的不能用"; "The signature does not fit; the content can't be trusted", "Ask the signer for the original; an altered file is of no use")
        }
        Problem::OtherSigner => {
            say!("签名是真的，但签的人不对", "看看是不是别人的文件；公钥换过的，先登记新公钥"; "Rightly signed, but by somebody else", "Check whose file it is; if keys were replaced, register the new ones first")
        }
        Problem::UnknownAmendment { number } => {
            say!("本轮没有第 {number} 号更正", "请交用本轮的评审包和补充包打的分"; "This round has no amendment {number}", "Hand in what was scored with this round's bundle and updates")
        }
        Problem::AmendedAlready { number } => {
            say!("第 {number} 号更正已经这样改过，理由不同", "用 pingshen amend list 看；同一件事不改第二次"; "Amendment {number} made this change already, for another reason", "See pingshen amend list; the same thing is not changed twice")
        }
        Problem::Withdrawn { code } => {
            say!("{code} 已经撤回", "用 pingshen amend list 看是哪一号"; "{code} is withdrawn", "See by which amendment: pingshen amend list")
        }
        Problem::VoidCriterion { id } => {
            say!("指标 {id} 已经作废", "用 pingshen amend list 看是哪一号"; "Criterion {id} is void", "See by which amendment: pingshen amend list")
        }
        Problem::LastCriterion { id } => {
            say!("{id} 是最后一项指标，作废后就没有可以打的分了", "指标都不能用，应当另开一轮"; "{id} is the last criterion; without it there is nothing to mark", "Make another round instead")
        }
        Problem::Replaced { expert } => {
            say!("{expert} 已经更换", "用 pingshen amend list 看换成了谁"; "{expert} was replaced", "See by whom: pingshen amend list")
        }
        Problem::NothingChanges => say!("与现在的一样，没有要改的", ""; "As it is already; nothing would change", ""),
        Problem::OneRow { rows } => {
            say!("有 {rows} 行，只要一行", "表头加一行：code,name,employer,aliases,specialty,group,recuse"; "{rows} rows where one is wanted", "The header and one row: code,name,employer,aliases,specialty,group,recuse")
        }
        Problem::NothingToReview { expert } => {
            say!("{expert} 没有要就更正确认的评分表", "用 pingshen status 看各人的评分表"; "No sheet of {expert} waits because of an amendment", "See the sheets with pingshen status")
        }
        Problem::NothingToConfirm { code, id } => {
            say!("{code} 的 {id} 没有待复核的分", ""; "{code} {id} has no mark to be confirmed", "")
        }
        Problem::NeedsReview { code, id, number } => {
            say!("材料更正后待复核：{code} 的 {id}（第 {number} 号更正）", "确认或重打：confirm {code} {id}；或先交评完的：--partial --reason 理由"; "To be confirmed after an amendment: {code} {id} (amendment {number})", "Confirm or change it: confirm {code} {id}; or hand in what is complete: --partial --reason WHY")
        }
        Problem::OtherBundle => {
            say!("是另一个评审包的补充包", "请秘书给您自己的补充包"; "An update of another bundle", "Ask the secretary for your own")
        }
        Problem::BrokenChain => {
            say!("里面的更正前后接不上", "请秘书重新给一份：pingshen issue --update"; "The amendments in it do not follow each other", "Ask the secretary for another: pingshen issue --update")
        }
        Problem::OldUpdate { number, merged } => {
            say!("只到第 {number} 号更正，已经并入到第 {merged} 号", "用最新的补充包"; "It goes up to amendment {number}; up to {merged} is merged already", "Use the latest update")
        }
        Problem::DraftsPart { sides, common } => {
            let [(here, mine, at), (there, its, then)] = sides.as_ref();
            say!("本机的草稿和优盘上的副本各有各的改动，不能自动合并：前 {common} 笔相同；本机 {here} 共 {mine} 笔，最后一笔 {at}；优盘 {there} 共 {its} 笔，最后一笔 {then}", "看清楚哪一份是要的，再用 --draft 指明：--draft \"{here}\" 或 --draft \"{there}\"；另一份改名留着，不会删"; "The draft here and its copy on the stick each went their own way after {common} entries: here {here}, {mine} entries, the last at {at}; on the stick {there}, {its} entries, the last at {then}", "Say which one to go on with: --draft \"{here}\" or --draft \"{there}\"; the other is renamed and kept")
        }
        Problem::ReceiptWanted => {
            say!("清除以前要输入回执码", "照签到表上抄的输入；脚本用 --receipt 回执码"; "Clearing wants the receipt code", "Type it from the sign-in sheet; for scripts: --receipt CODE")
        }
        Problem::OtherReceipt => {
            say!("回执码不是最后一份评分表的", "再看一遍签到表；什么也没有清除"; "Not the receipt code of the last sheet handed in", "Look at the sign-in sheet again; nothing was cleared")
        }
        Problem::NotHandedIn => {
            say!("这份草稿还没有交卷，不能清除", "先交卷；确实不要了，写明理由：--reason 理由"; "Nothing was handed in from this draft, so it is not cleared", "Hand in first; if it is really not wanted: --reason WHY")
        }
        Problem::ChangedSince => {
            say!("交卷以后又改过，不能清除", "先交更正件；确实不要了，写明理由：--reason 理由"; "Something was changed after the hand-in, so it is not cleared", "Hand in a correction first; if it is really not wanted: --reason WHY")
        }
        Problem::PartFile => {
            say!("这是没有写完的文件（.part），不能用", "用写完的那一份；没有的话请重新写一次"; "A file that was never finished (.part); it is of no use", "Use the finished one, or have it written again")
        }
        Problem::NoTerminal { instead } => {
            say!("这里不是可以画屏幕的终端", "改用：{instead}"; "This is not a terminal a screen can be drawn on", "Use instead: {instead}")
        }
        Problem::Internal(why) => {
            say!("程序自己的问题：{why}", "请把这句话告诉我们；已存的都在"; "Our own fault: {why}", "Please tell us; what was saved is still there")
        }
    }
}
