//! The report in words, as parts that a terminal or a screen lays out.

use crate::base::Lang;
use crate::base::lang::{Weighing, fill};

use super::Undefined;
use super::left_out::{Crossing, Side};
use super::report::{Agreement, Employed, Employers, Figure, Panel, Report, SecondLook, Why, share};
use super::resampled::{Draws, NotDrawn};
use super::shown::Shown;

/// Residuals of two experts that go together so far are worth a line.
const CLOSE: &str = "0.9";

/// A named part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub title: String,
    /// What stands under it.
    pub parts: Vec<Part>,
}

/// Some lines, or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A line to be broken where it must.
    Text(String),
    /// A table: header, rows, and which columns are figures.
    Table {
        /// Titles.
        header: Vec<&'static str>,
        /// Cells.
        rows: Vec<Vec<String>>,
        /// Columns aligned at the right.
        right: Vec<usize>,
    },
}

/// What is said of all panels together.
#[must_use]
pub fn of_all(report: &Report, lang: Lang) -> Vec<Section> {
    let Some(employers) = &report.employers else { return Vec::new() };
    vec![section(lang.texts().doubting.employers, of_employers(employers, lang))]
}

/// What is said of a panel where the meeting looks on: nothing of how strict
/// anybody is.
#[must_use]
pub fn of_meeting(panel: &Panel, lang: Lang) -> Vec<Section> {
    let w = &lang.texts().weighing;
    let mut out = vec![
        section(w.line, of_line(panel, lang)),
        section(w.places, of_places(panel, w)),
        section(lang.texts().doubting.agreement, of_agreement(panel, lang)),
    ];
    if !panel.criteria.is_empty() {
        out.push(section(w.by_criterion, of_criteria(panel, lang)));
    }
    out
}

/// What is said of a panel.
#[must_use]
pub fn of_panel(panel: &Panel, lang: Lang) -> Vec<Section> {
    let w = &lang.texts().weighing;
    let mut out = of_meeting(panel, lang);
    out.push(section(w.look, of_looks(panel, w)));
    out.push(section(w.strictness, of_strictness(panel, lang)));
    if let Some(shrunken) = &panel.shrunken {
        let parts = match shrunken {
            Err(why) => vec![Part::Text(why.said(lang).to_owned())],
            Ok(shrunken) => {
                let experts =
                    shrunken.experts.iter().map(|(name, mean)| vec![name.clone(), signed(*mean), String::new()]);
                let applications = shrunken
                    .applications
                    .iter()
                    .map(|(name, mean, variance)| vec![name.clone(), mean.fixed(2), variance.fixed(2)]);
                vec![Part::Table {
                    header: vec![w.column_code, w.column_estimate, w.column_variance],
                    rows: experts.chain(applications).collect(),
                    right: vec![1, 2],
                }]
            }
        };
        out.push(section(w.shrunken, parts));
    }
    out.push(section_of_pairs(panel, lang));
    out
}

/// What is said of a panel's experts two by two.
#[must_use]
pub fn section_of_pairs(panel: &Panel, lang: Lang) -> Section {
    section(lang.texts().weighing.pairs, of_pairs(panel, lang))
}

fn section(title: &str, parts: Vec<Part>) -> Section {
    Section { title: title.to_owned(), parts }
}

/// A figure to so many places, or why there is none.
fn figure(figure: &Figure, places: u32, lang: Lang) -> String {
    match figure {
        Ok(shown) => shown.fixed(places),
        Err(why) => fill(lang.texts().doubting.undefined, &[&why.said(lang)]),
    }
}

fn short(figure: &Figure, places: u32) -> String {
    figure.map_or_else(|_| "-".to_owned(), |shown| shown.fixed(places))
}

fn signed(shown: Shown) -> String {
    let text = shown.fixed(2);
    if shown.is_above_zero() && text.bytes().any(|sign| matches!(sign, b'1'..=b'9')) {
        format!("+{text}")
    } else {
        text
    }
}

fn joined(names: &[String], lang: Lang) -> String {
    names.join(lang.pick("、", ", "))
}

fn of_line(panel: &Panel, lang: Lang) -> Vec<Part> {
    let w = &lang.texts().weighing;
    let line = &panel.line;
    let mut out = Vec::new();
    if panel.of_raw {
        return vec![Part::Text(w.of_raw.to_owned()), Part::Text(w.line_of_raw.to_owned())];
    }
    if line.quota.is_none() {
        out.push(Part::Text(w.no_quota.to_owned()));
        return out;
    }
    if !line.tied.is_empty() {
        out.push(Part::Text(fill(w.tied, &[&joined(&line.tied, lang), &line.seats_left])));
    }
    let mut holds = true;
    for without in &panel.left_out.experts {
        let codes = |which: &dyn Fn(&Crossing) -> bool| -> Vec<String> {
            without.crossings.iter().filter(|one| which(one)).map(|one| one.application.clone()).collect()
        };
        let enters = codes(&|one| one.enters());
        let leaves = codes(&|one| one.leaves() && one.to != Side::Tied);
        let ties = codes(&|one| one.to == Side::Tied);
        let said = [(&enters, w.enters), (&leaves, w.leaves), (&ties, w.ties), (&without.no_result, w.loses)];
        let said: Vec<String> = said
            .into_iter()
            .filter(|(codes, _)| !codes.is_empty())
            .map(|(codes, words)| fill(words, &[&joined(codes, lang)]))
            .collect();
        if !said.is_empty() {
            holds = false;
            out.push(Part::Text(fill(w.line_without, &[&without.expert, &said.join(lang.pick("，", ", "))])));
        }
    }
    if holds && !panel.left_out.experts.is_empty() {
        out.push(Part::Text(w.line_holds.to_owned()));
    }
    let drawn = match &panel.resampled {
        Ok(drawn) => drawn,
        Err(why) => {
            if *why == NotDrawn::TooLarge {
                out.push(Part::Text(w.not_resampled.to_owned()));
            }
            return out;
        }
    };
    let total = drawn.draws.total();
    let how = match drawn.draws {
        Draws::All { .. } => fill(w.resampled, &[&total]),
        Draws::Seeded { seed, .. } => fill(w.resampled_some, &[&total, &seed.receipt()]),
    };
    let shares: Vec<String> = panel
        .places
        .iter()
        .filter_map(|place| drawn.members.iter().find(|member| member.application == place.code))
        .filter(|member| member.inside > 0 && member.inside < total)
        .filter_map(|member| Some(fill(w.share_one, &[&member.application, &share(member.inside, total)?.percent()])))
        .collect();
    let said = if shares.is_empty() { w.share_all.to_owned() } else { shares.join(lang.pick("；", "; ")) };
    out.push(Part::Text(format!("{how}{}{said}", lang.pick("", " "))));
    out
}

fn of_places(panel: &Panel, w: &Weighing) -> Vec<Part> {
    let all = panel.left_out.experts.len();
    let inside = |code: &str| {
        let drawn = panel.resampled.as_ref().ok()?;
        let member = drawn.members.iter().find(|member| member.application == code)?;
        Some(share(member.inside, drawn.draws.total())?.percent())
    };
    let rows = panel.places.iter().map(|place| {
        let replayed = panel.left_out.places.iter().find(|replayed| replayed.application == place.code);
        let times = |count: Option<usize>| count.map_or_else(|| "-".to_owned(), |count| format!("{count}/{all}"));
        let (low, high) = place.ends.clone().unwrap_or_default();
        let (best, worst) = replayed
            .and_then(|replayed| replayed.best_worst)
            .map_or_else(Default::default, |(best, worst)| (best.to_string(), worst.to_string()));
        vec![
            place.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()),
            place.code.clone(),
            place.score.clone().unwrap_or_else(|| "-".to_owned()),
            times(replayed.map(|replayed| replayed.same_rank)),
            times(replayed.filter(|_| panel.line.quota.is_some()).map(|replayed| replayed.same_side)),
            best,
            worst,
            inside(&place.code).unwrap_or_default(),
            low,
            high,
            short(&place.deviation, 2),
        ]
    });
    let header = [
        w.column_rank,
        w.column_code,
        w.column_score,
        w.column_same,
        w.column_side,
        w.column_best,
        w.column_worst,
        w.column_share,
        w.column_low,
        w.column_high,
        w.column_sd,
    ];
    // Without a line there are no sides of it; without standings nothing stays.
    let kept = |at: &usize| match at {
        4 | 7 => panel.line.quota.is_some(),
        3 | 5 | 6 => !panel.of_raw,
        _ => true,
    };
    let narrow = |row: Vec<String>| row.into_iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, cell)| cell);
    let header: Vec<&str> = header.into_iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, title)| title).collect();
    let right = (0..header.len()).filter(|at| *at != 1).collect();
    let note = if panel.of_raw { w.of_raw } else { w.places_note };
    vec![
        Part::Text(note.to_owned()),
        Part::Table { header, rows: rows.map(|row| narrow(row).collect()).collect(), right },
    ]
}

fn of_agreement(panel: &Panel, lang: Lang) -> Vec<Part> {
    let (d, w) = (&lang.texts().doubting, &lang.texts().weighing);
    let of = &panel.agreement;
    let row = |name: String, figure: String| vec![name, figure];
    let mut rows = Vec::new();
    for (kind, value) in
        [(d.interval, &of.alpha), (d.ordinal, &of.ordinal), (d.nominal, &of.nominal), (d.ratio, &of.ratio)]
    {
        rows.push(row(fill(d.alpha, &[&kind]), figure(value, 4, lang)));
    }
    match &of.icc {
        Err(why) => rows.push(row(fill(d.icc, &[&"(2,1) (2,k)"]), fill(d.undefined, &[&why.said(lang)]))),
        Ok(icc) => {
            let [one, two, three] = &icc.single;
            let [one_k, two_k, _] = &icc.mean;
            let named = [("(2,1)", two), ("(2,k)", two_k), ("(1,1)", one), ("(1,k)", one_k), ("(3,1)", three)];
            rows.extend(named.map(|(name, value)| row(fill(d.icc, &[&name]), figure(value, 4, lang))));
            rows.push(row(d.cronbach.to_owned(), figure(&icc.mean[2], 4, lang)));
        }
    }
    match &of.concordance {
        Err(why) => rows.push(row(d.kendall.to_owned(), fill(d.undefined, &[&why.said(lang)]))),
        Ok(found) => {
            rows.push(row(d.kendall.to_owned(), figure(&found.corrected, 4, lang)));
            rows.push(row(d.kendall_plain.to_owned(), figure(&found.uncorrected, 4, lang)));
        }
    }
    if panel.votes != Err(Undefined::TooMany) {
        rows.push(row(w.votes.to_owned(), figure(&panel.votes, 4, lang)));
    }
    let mut out = vec![
        Part::Text(w.agreement_note.to_owned()),
        Part::Table { header: Vec::new(), rows, right: Vec::new() },
        Part::Text(fill(d.pairable, &[&of.pairable, &panel.places.len()])),
    ];
    if let Some(left_out) = of.icc.as_ref().ok().map(|icc| icc.left_out).filter(|left_out| *left_out > 0) {
        out.push(Part::Text(fill(d.left_out, &[&left_out])));
    }
    out
}

fn of_criteria(panel: &Panel, lang: Lang) -> Vec<Part> {
    let w = &lang.texts().weighing;
    let row = |(id, of): &(String, Agreement)| {
        let icc = of.icc.as_ref().ok().map_or_else(|| "-".to_owned(), |icc| short(&icc.single[1], 3));
        let concordance = of.concordance.as_ref().ok().map_or_else(|| "-".to_owned(), |w| short(&w.corrected, 3));
        vec![id.clone(), short(&of.alpha, 3), icc, concordance]
    };
    vec![Part::Table {
        header: vec![w.column_criterion, w.column_alpha, w.column_icc, w.column_w],
        rows: panel.criteria.iter().map(row).collect(),
        right: vec![1, 2, 3],
    }]
}

/// A mark to check, in one line.
#[must_use]
pub fn look(look: &SecondLook, w: &Weighing) -> String {
    let nobody = String::new();
    let expert = look.expert.as_ref().unwrap_or(&nobody);
    let criterion = look.criterion.as_ref().unwrap_or(&nobody);
    match &look.why {
        Why::Outlier { total, median, z } => fill(w.outlier, &[&look.application, expert, total, median, &z.fixed(1)]),
        Why::Abnormal { mark, median, max } => {
            fill(w.abnormal, &[&look.application, expert, criterion, mark, median, max])
        }
        Why::Corridor { off, allowed } => fill(w.off, &[&look.application, expert, &off.fixed(2), allowed]),
        Why::Objective { marks } => {
            let marks: Vec<String> = marks.iter().map(|(expert, mark)| format!("{expert} {mark}")).collect();
            fill(w.objective, &[&look.application, criterion, &marks.join("  ")])
        }
    }
}

fn of_looks(panel: &Panel, w: &Weighing) -> Vec<Part> {
    if panel.second_look.is_empty() {
        return vec![Part::Text(w.look_none.to_owned())];
    }
    let lines = panel.second_look.iter().map(|one| Part::Text(look(one, w)));
    std::iter::once(Part::Text(w.look_note.to_owned())).chain(lines).collect()
}

fn of_strictness(panel: &Panel, lang: Lang) -> Vec<Part> {
    let (w, d) = (&lang.texts().weighing, &lang.texts().doubting);
    let severity = match &panel.severity {
        Err(why) => return vec![Part::Text(fill(d.undefined, &[&why.said(lang)]))],
        Ok(severity) => severity,
    };
    let mut out = Vec::new();
    let model = severity.model.as_ref();
    let lenient = |expert: &str| {
        let found = model.ok().and_then(|model| model.experts.iter().find(|(name, _)| name == expert));
        found.map_or_else(|| "-".to_owned(), |(_, shown)| signed(*shown))
    };
    let rows = panel.scales.iter().map(|scale| {
        vec![scale.expert.clone(), lenient(&scale.expert), short(&scale.mean, 2), short(&scale.deviation, 2)]
    });
    if model.is_ok() {
        out.push(Part::Text(w.strict_note.to_owned()));
    }
    out.push(Part::Table {
        header: vec![w.column_expert, w.column_lenient, w.column_mean, w.column_sd],
        rows: rows.collect(),
        right: vec![1, 2, 3],
    });
    match model {
        Err(Undefined::Disconnected) => {
            let parts: Vec<String> = severity.parts.iter().map(|part| part.join(" ")).collect();
            out.push(Part::Text(fill(w.strict_parts, &[&parts.len(), &parts.join(lang.pick("；", "; "))])));
        }
        Err(why) => out.push(Part::Text(fill(d.undefined, &[&why.said(lang)]))),
        Ok(_) if panel.line.quota.is_none() => {}
        Ok(model) => {
            let changes: Vec<String> = [(&model.enters, w.enters), (&model.leaves, w.leaves)]
                .into_iter()
                .filter(|(codes, _)| !codes.is_empty())
                .map(|(codes, words)| fill(words, &[&joined(codes, lang)]))
                .collect();
            out.push(Part::Text(if changes.is_empty() {
                w.strict_same.to_owned()
            } else {
                fill(w.strict_change, &[&changes.join(lang.pick("，", ", "))])
            }));
        }
    }
    for application in &severity.fragile {
        out.push(Part::Text(fill(d.fragile_application, &[application])));
    }
    for (application, expert) in &severity.fragile_marks {
        out.push(Part::Text(fill(d.fragile_mark, &[expert, application])));
    }
    out
}

fn of_pairs(panel: &Panel, lang: Lang) -> Vec<Part> {
    let w = &lang.texts().weighing;
    let close = Shown::parse(CLOSE);
    let mut out = Vec::new();
    for pair in &panel.pairs {
        let (first, second) = &pair.experts;
        if pair.identical {
            out.push(Part::Text(fill(w.pair_same, &[first, second])));
        } else if let Some(r) = pair.residuals.ok().filter(|r| Some(*r) >= close && pair.applications > 4) {
            out.push(Part::Text(fill(w.pair_close, &[first, second, &r.fixed(2), &pair.applications])));
        }
    }
    if out.is_empty() {
        out.push(Part::Text(w.pairs_none.to_owned()));
    }
    out
}

fn of_employers(employers: &Result<Employers, Undefined>, lang: Lang) -> Vec<Part> {
    let w = &lang.texts().weighing;
    let employers = match employers {
        Err(why) => return vec![Part::Text(fill(lang.texts().doubting.undefined, &[&why.said(lang)]))],
        Ok(employers) => employers,
    };
    if employers.experts.is_empty() && employers.employers.is_empty() {
        return vec![Part::Text(w.own_unknown.to_owned())];
    }
    let mut out = Vec::new();
    let row = |of: &Employed| {
        vec![
            of.expert.clone().unwrap_or_default(),
            of.employer.clone(),
            of.marks.0.to_string(),
            of.own.map_or_else(|_| "-".to_owned(), signed),
            of.marks.1.to_string(),
            of.others.map_or_else(|_| "-".to_owned(), signed),
            of.difference.map_or_else(|_| "-".to_owned(), signed),
        ]
    };
    let rows: Vec<Vec<String>> = employers.experts.iter().filter(|of| of.marks.0 > 0).map(row).collect();
    if rows.is_empty() && !employers.reciprocal.iter().any(|pair| pair.mutual) {
        out.push(Part::Text(w.own_none.to_owned()));
    }
    if !rows.is_empty() {
        let header = vec![
            w.column_expert,
            w.column_employer,
            w.column_own,
            w.column_own_dev,
            w.column_others,
            w.column_others_dev,
            w.column_difference,
        ];
        out.push(Part::Table { header, rows, right: vec![2, 3, 4, 5, 6] });
    }
    for pair in employers.reciprocal.iter().filter(|pair| pair.mutual) {
        let [first, second] = &pair.employers;
        let favours: Vec<String> =
            pair.favours.iter().map(|favour| favour.map_or_else(|_| "-".to_owned(), signed)).collect();
        let [favour, back] = favours.as_slice() else { continue };
        out.push(Part::Text(fill(w.mutual, &[first, second, &pair.marks[0], &pair.marks[1], favour, back])));
    }
    out
}
