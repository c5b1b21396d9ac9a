//! Why there is no assignment: the packets, the experts, the figures, and what
//! can be done.

use crate::base::Lang;
use crate::base::lang::fill;
use crate::domain::assignment::{Block, Member, Rule, Side, Ways};
use crate::workflow::report::{self, Value};

use super::super::super::args::Format;
use super::super::super::{Context, table};
use super::report::{count, list, rule as rule_value};

/// Most blocks shown one by one.
const MOST: usize = 10;

/// Says it.
pub(super) fn say(context: &mut Context, format: Format, rule: &Rule, blocks: &[Block], ways: Ways) {
    match format {
        Format::Csv => context.out.bytes(&report::csv(&rows(blocks))),
        Format::Json => context.out.bytes(&report::json(&value(rule, blocks, ways))),
        Format::Table => {
            context.out.line(&rule.words(context.lang));
            context.out.line(context.lang.texts().assigning.impossible);
            for block in blocks.iter().take(MOST) {
                print(context, rule, block);
            }
            if blocks.len() > MOST {
                let rest = names(blocks.iter().skip(MOST).flat_map(|block| &block.packets), context.lang);
                let said = fill(context.lang.texts().assigning.more_blocks, &[&(blocks.len() - MOST), &rest]);
                context.out.line(&said);
            }
            context.out.line(&enough(context.lang, ways));
        }
    }
}

fn names<'a, C: ToString + 'a>(members: impl IntoIterator<Item = &'a Member<C>>, lang: Lang) -> String {
    let names: Vec<String> = members.into_iter().map(|member| member.code.to_string()).collect();
    names.join(lang.pick("、", ", "))
}

fn print(context: &mut Context, rule: &Rule, block: &Block) {
    let lang = context.lang;
    let (t, words) = (context.t, &lang.texts().assigning);
    let group = block.group.as_ref().map(|group| fill(words.in_group, &[group])).unwrap_or_default();
    let row = |code: String, may: u32, count: u32| vec![code, may.to_string(), count.to_string()];
    let (said, header, rows): (String, _, Vec<Vec<String>>) = match block.side {
        Side::Packets => (
            fill(
                words.packets_want,
                &[&names(&block.packets, lang), &rule.per.unwrap_or(0), &block.wanted, &block.room],
            ),
            [t.column_expert, words.column_may, words.column_room],
            block.experts.iter().map(|member| row(member.code.to_string(), member.may, member.count)).collect(),
        ),
        Side::Experts => (
            fill(
                words.experts_want,
                &[&names(&block.experts, lang), &rule.least.unwrap_or(0), &block.wanted, &block.room],
            ),
            [t.column_code, words.column_may_packet, words.column_room],
            block.packets.iter().map(|member| row(member.code.to_string(), member.may, member.count)).collect(),
        ),
    };
    context.out.line(&format!("{group}{said}"));
    if rows.is_empty() {
        let none = if block.side == Side::Packets { words.nobody } else { words.nothing };
        context.out.line(&format!("  {none}"));
    } else {
        context.out.lines(table::lay(&header, &rows, &[1, 2]).iter().map(|line| format!("  {line}")));
    }
    if !block.recused.is_empty() {
        let one = |(expert, codes): &(crate::base::ExpertCode, Vec<_>)| format!("{expert} {}", super::codes(codes));
        let all = block.recused.iter().map(one).collect::<Vec<_>>().join(lang.pick("；", "; "));
        context.out.line(&format!("  {}", fill(words.recused, &[&all])));
    }
    let mut help = Vec::new();
    if block.side == Side::Packets {
        help.push(fill(words.mend_experts, &[&block.more]));
    }
    if block.by_recusal {
        help.push(words.mend_recusal.to_owned());
    }
    if !help.is_empty() {
        context.out.line(&format!("  {}", fill(words.mend, &[&help.join(lang.pick("；或", "; or "))])));
    }
}

/// What is enough for everything, one figure changed.
fn enough(lang: Lang, ways: Ways) -> String {
    let t = &lang.texts().assigning;
    if ways.none() {
        return t.enough_none.to_owned();
    }
    let ways = [(ways.most, t.mend_most), (ways.per, t.mend_per), (ways.least, t.mend_least)];
    let ways = ways.into_iter().filter_map(|(figure, said)| Some(fill(said, &[&figure?])));
    fill(t.enough, &[&ways.collect::<Vec<_>>().join(lang.pick("；或", "; or "))])
}

fn side(block: &Block) -> &'static str {
    match block.side {
        Side::Packets => "packets",
        Side::Experts => "experts",
    }
}

/// One row a packet, expert or recusal: `block,group,wants,kind,code,may,count`.
fn rows(blocks: &[Block]) -> Vec<Vec<String>> {
    let mut rows = vec![["block", "group", "wants", "kind", "code", "may", "count"].map(str::to_owned).to_vec()];
    for (number, block) in (1..).zip(blocks) {
        let mut row = |kind: &str, code: &dyn ToString, may: String, count: String| {
            let group = block.group.clone().unwrap_or_default();
            let number: i32 = number;
            rows.push(vec![
                number.to_string(),
                group,
                side(block).to_owned(),
                kind.to_owned(),
                code.to_string(),
                may,
                count,
            ]);
        };
        for member in &block.packets {
            row("packet", &member.code, member.may.to_string(), member.count.to_string());
        }
        for member in &block.experts {
            row("expert", &member.code, member.may.to_string(), member.count.to_string());
        }
        for (expert, codes) in &block.recused {
            for code in codes {
                row("recused", &format!("{expert} {code}"), String::new(), String::new());
            }
        }
    }
    rows
}

fn members<C: ToString>(members: &[Member<C>]) -> Value {
    let one = |member: &Member<C>| {
        Value::object([
            ("code", Value::text(&member.code.to_string())),
            ("may", count(member.may)),
            ("count", count(member.count)),
        ])
    };
    Value::List(members.iter().map(one).collect())
}

fn value(rule: &Rule, blocks: &[Block], ways: Ways) -> Value {
    let block = |block: &Block| {
        let recused = block
            .recused
            .iter()
            .map(|(expert, codes)| Value::object([("expert", Value::text(expert)), ("codes", list(codes))]));
        Value::object([
            ("wants", Value::text(side(block))),
            ("group", Value::maybe(block.group.as_ref())),
            ("wanted", count(block.wanted)),
            ("room", count(block.room)),
            ("packets", members(&block.packets)),
            ("experts", members(&block.experts)),
            ("recused", Value::List(recused.collect())),
            ("more_experts", count(block.more)),
        ])
    };
    let figure = |figure: Option<u32>| figure.map_or(Value::Nothing, count);
    let enough = Value::object([("most", figure(ways.most)), ("per", figure(ways.per)), ("least", figure(ways.least))]);
    Value::object([
        ("possible", Value::Bool(false)),
        ("rule", rule_value(rule)),
        ("blocks", Value::List(blocks.iter().map(block).collect())),
        ("enough", enough),
    ])
}
