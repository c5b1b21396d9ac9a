//! Mail addresses, sites, network addresses and accounts, also where somebody
//! wrote “(at)” for @ or 点 for a dot.

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::{found, matches, pattern, stands_alone};

pattern!(
    MAIL = r"[A-Z0-9][A-Z0-9._%+\-]*[ ]{0,2}(?:@|[\(\[\{<#] ?(?:AT|艾特) ?[\)\]\}>#]|艾特)[ ]{0,2}[A-Z0-9\-]+(?:[ ]{0,2}(?:\.|。|点|[\(\[\{] ?(?:DOT|点) ?[\)\]\}])[ ]{0,2}[A-Z0-9\-]+)*"
);
pattern!(
    MAIL_IN_WORDS =
        r"[A-Z0-9][A-Z0-9._%+\-]* AT [A-Z0-9\-]+(?: ?(?:\.|。|点| DOT |[\(\[\{] ?(?:DOT|点) ?[\)\]\}]) ?[A-Z0-9\-]+)+"
);
pattern!(SITE = r#"(?:HTTPS?|FTP) ?[:：] ?/ ?/ ?[^\s，,。；;、）)】》”"'<>\p{Han}]+(?: ?[。点] ?[A-Z0-9\-]+)*"#);
pattern!(WWW = r"WWW ?[.。点] ?[A-Z0-9\-]+(?: ?[.。点] ?[A-Z0-9\-]+)*(?:/[A-Z0-9._/\-?=&%]*)?");
pattern!(
    BARE = r"[A-Z0-9][A-Z0-9\-]+(?: ?[.。点] ?[A-Z0-9\-]+)* ?[.。点] ?(?:COM|CN|NET|ORG|EDU|GOV|AC|TOP|INFO|CLUB|XYZ|CC|SITE|ONLINE|EXAMPLE|TEST|INVALID)(?:/[A-Z0-9._/\-?=&%]*)?"
);
pattern!(ADDRESS = r"[0-9]{1,3} ?\. ?[0-9]{1,3} ?\. ?[0-9]{1,3} ?\. ?[0-9]{1,3}");
pattern!(QQ = r"QQ ?(?:群|号|群号|号码)?[ :：]{0,3}[1-9][0-9]{4,10}");
pattern!(
    WECHAT = r"(?:微信公众平台|微信公众号|公众号|微信号|微信|视频号|抖音号|抖音|快手号|微博|WECHAT|VX|WX)(?:账号|名称|名为|名|为|是|叫)?[ :：]{0,3}[“「『《]?(?P<name>[A-Z0-9][A-Z0-9_\-]{4,29})"
);
pattern!(
    NAMED = r#"(?:微信公众平台|微信公众号|公众号|视频号|抖音号|官方微博|微博|小程序|头条号|百家号|[B哔]站(?:账号)?|哔哩哔哩)(?:名称|名为|名|为|是|叫)?[ :：]{0,3}[“"「『《][^”"」』》\n]{2,24}[”"」』》]"#
);
pattern!(QUOTED = r#"[“"「『《][^”"」』》\n]{2,24}[”"」』》](?:官方)?(?:微信公众号|公众号|视频号|抖音号|微博|小程序)"#);
pattern!(COLON = r"(?:微信公众号|公众号|视频号|抖音号|微博)(?:名称)?[:：] ?[\p{Han}A-Z0-9_]{2,20}");

/// Platforms of the state that every application may name.
const STATE: [&str; 4] = ["LNZHJR.CN", "PATENTNAVI.ORG.CN", "ZLCP.ORG.CN", "CNIPA.GOV.CN"];

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for pattern in [&MAIL, &MAIL_IN_WORDS] {
        for (bytes, _) in matches(pattern, view) {
            out.push(found(view, bytes, LeakKind::Email, true));
        }
    }
    for (pattern, sure) in [(&SITE, true), (&WWW, true), (&BARE, false)] {
        for (bytes, _) in matches(pattern, view) {
            let text: String = view.text().get(bytes.clone()).unwrap_or_default().replace([' ', '\n'], "");
            let dotted = text.replace(['。', '点'], ".");
            let state = STATE.iter().any(|known| dotted.contains(known));
            let ends = view.right(bytes.end, 1).chars().next().is_none_or(|c| !c.is_ascii_alphanumeric());
            if !state && (sure || (ends && stands_alone(view, &bytes))) {
                out.push(found(view, bytes, LeakKind::Url, true));
            }
        }
    }
    for (bytes, _) in matches(&ADDRESS, view) {
        let text = view.text().get(bytes.clone()).unwrap_or_default();
        let parts: Vec<u32> = text.split('.').filter_map(|part| part.trim().parse().ok()).collect();
        let fits = parts.len() == 4 && parts.iter().all(|part| *part < 256) && parts.iter().any(|part| *part > 99);
        if fits && stands_alone(view, &bytes) {
            out.push(found(view, bytes, LeakKind::Url, true));
        }
    }
    for pattern in [&QQ, &WECHAT, &NAMED, &QUOTED, &COLON] {
        for (bytes, _) in matches(pattern, view) {
            out.push(found(view, bytes, LeakKind::Wechat, true));
        }
    }
    out
}
