//! What stands beside a standing, as json: a figure is a number, or an object
//! that says why there is none.

use serde_json::{Number, Value, json};

use crate::domain::doubt::Undefined;
use crate::domain::doubt::left_out::{Side, Without};
use crate::domain::doubt::report::{
    Agreement, Employed, Employers, Figure, Line, Model, Pair, Panel, Place, Report, Scale, SecondLook, Severity,
    Shrunken, Why, share,
};
use crate::domain::doubt::resampled::{Draws, NotDrawn, Resampled};
use crate::domain::doubt::shown::Shown;
use crate::domain::tallied::Rank;

/// The report, two blanks a level, a new line at the end.
#[must_use]
pub fn write(report: &Report) -> Vec<u8> {
    let mut file = json!({ "panels": report.panels.iter().map(panel).collect::<Vec<_>>() });
    if let (Some(employers), Some(file)) = (&report.employers, file.as_object_mut()) {
        let value = match employers {
            Ok(employers) => employers_of(employers),
            Err(reason) => why(*reason),
        };
        file.insert("employers".to_owned(), value);
    }
    let mut out = format!("{file:#}").into_bytes();
    out.push(b'\n');
    out
}

/// What is said of employers and of experts two by two.
#[must_use]
pub fn screen(report: &Report) -> Vec<u8> {
    let employers = match &report.employers {
        None => Value::Null,
        Some(Ok(employers)) => employers_of(employers),
        Some(Err(reason)) => why(*reason),
    };
    let pairs: Vec<Value> = report.panels.iter().flat_map(|panel| &panel.pairs).map(pair).collect();
    let mut out = format!("{:#}", json!({ "employers": employers, "pairs": pairs })).into_bytes();
    out.push(b'\n');
    out
}

fn number(shown: Shown) -> Value {
    shown.shortest().parse::<Number>().map_or(Value::Null, Value::Number)
}

fn why(reason: Undefined) -> Value {
    json!({ "undefined": reason.code() })
}

fn figure(figure: &Figure) -> Value {
    match figure {
        Ok(shown) => number(*shown),
        Err(reason) => why(*reason),
    }
}

fn rank(rank: Option<Rank>) -> Value {
    rank.and_then(|rank| rank.to_string().parse::<Number>().ok()).map_or(Value::Null, Value::Number)
}

fn agreement(of: &Agreement) -> Value {
    let icc = match &of.icc {
        Err(reason) => why(*reason),
        Ok(icc) => {
            let [one, two, three] = &icc.single;
            let [one_k, two_k, three_k] = &icc.mean;
            let [bms, wms, jms, ems] = icc.squares;
            json!({
                "icc_1_1": figure(one), "icc_2_1": figure(two), "icc_3_1": figure(three),
                "icc_1_k": figure(one_k), "icc_2_k": figure(two_k), "icc_3_k": figure(three_k),
                "cronbach_alpha": figure(three_k),
                "bms": number(bms), "wms": number(wms), "jms": number(jms), "ems": number(ems),
                "applications": icc.applications, "left_out": icc.left_out,
            })
        }
    };
    let concordance = match &of.concordance {
        Err(reason) => why(*reason),
        Ok(w) => json!({
            "w": figure(&w.corrected), "w_uncorrected": figure(&w.uncorrected), "s": number(w.scatter),
            "sum_t": w.ties.to_string().parse::<Number>().ok(), "chi2": figure(&w.chi_square), "df": w.freedom,
            "p": figure(&w.chance),
        }),
    };
    json!({
        "krippendorff_alpha": {
            "interval": figure(&of.alpha), "nominal": figure(&of.nominal), "ordinal": figure(&of.ordinal),
            "ratio": figure(&of.ratio), "pairable": of.pairable,
        },
        "icc": icc,
        "kendall_w": concordance,
    })
}

fn panel(panel: &Panel) -> Value {
    let criteria: serde_json::Map<String, Value> =
        panel.criteria.iter().map(|(id, of)| (id.clone(), agreement(of))).collect();
    let mut out = json!({
        "panel": panel.name,
        "experts": panel.experts,
        "marks": panel.marks,
        "agreement": agreement(&panel.agreement),
        "criteria": criteria,
        "fleiss_kappa": figure(&panel.votes),
        "of": if panel.of_raw { "raw" } else { "standing" },
        "cut": if panel.of_raw { comparable() } else { line(&panel.line) },
        "places": panel.places.iter().map(|one| place(panel, one)).collect::<Vec<_>>(),
        "leave_one_out": if panel.of_raw { comparable() } else { left_out(panel) },
        "resampling": resampled(&panel.resampled),
        "second_look": panel.second_look.iter().map(second_look).collect::<Vec<_>>(),
        "scales": panel.scales.iter().map(scale).collect::<Vec<_>>(),
        "severity": match &panel.severity {
            Ok(severity) => severity_of(severity),
            Err(reason) => why(*reason),
        },
        "pairs": panel.pairs.iter().map(pair).collect::<Vec<_>>(),
    });
    if let Some(Value::Object(model)) = out.pointer_mut("/severity/least_squares").filter(|_| panel.of_raw) {
        // Who would come in or go out is a matter of the line.
        model.remove("enters");
        model.remove("leaves");
    }
    if let (Some(shrunken), Some(out)) = (&panel.shrunken, out.as_object_mut()) {
        let value = match shrunken {
            Ok(shrunken) => shrunken_of(shrunken),
            Err(reason) => why(*reason),
        };
        out.insert("shrunken".to_owned(), value);
    }
    out
}

/// What is known of raw scores only, where the standing is of comparable ones.
fn comparable() -> Value {
    json!({ "undefined": "comparable-scores" })
}

fn line(line: &Line) -> Value {
    json!({ "quota": line.quota, "tied_at_line": line.tied, "seats_left": line.seats_left })
}

fn place(panel: &Panel, place: &Place) -> Value {
    let all = panel.left_out.experts.len();
    let replayed = panel.left_out.places.iter().find(|replayed| replayed.application == place.code);
    json!({
        "code": place.code,
        "rank": rank(place.rank),
        "score": place.score,
        "above_line": (!panel.of_raw).then_some(place.above),
        "lowest": place.ends.as_ref().map(|(lowest, _)| lowest),
        "highest": place.ends.as_ref().map(|(_, highest)| highest),
        "median": figure(&place.median),
        "sd": figure(&place.deviation),
        "modified_z": by_name(&place.z),
        "leave_one_out": replayed.map(|replayed| json!({
            "standings": all,
            "same_place": replayed.same_rank,
            "same_side": replayed.same_side,
            "no_result": replayed.no_result,
            "best": rank(replayed.best_worst.map(|(best, _)| best)),
            "worst": rank(replayed.best_worst.map(|(_, worst)| worst)),
        })),
    })
}

const fn side(side: Option<Side>) -> Option<&'static str> {
    match side {
        None => None,
        Some(Side::Above) => Some("above"),
        Some(Side::Tied) => Some("tied"),
        Some(Side::Below) => Some("below"),
    }
}

fn left_out(panel: &Panel) -> Value {
    let one = |(at, without): (usize, &Without)| {
        let standing: Vec<Value> = panel
            .left_out
            .places
            .iter()
            .filter_map(|place| Some((place, place.without.get(at)?)))
            .map(|(place, stand)| {
                json!({
                    "code": place.application, "rank": rank(stand.rank), "sheets": stand.sheets,
                    "score": stand.score.map(|score| score.at_least(panel.score_places)), "side": side(stand.side),
                })
            })
            .collect();
        let crossings: Vec<Value> = without
            .crossings
            .iter()
            .map(|crossing| {
                json!({ "code": crossing.application, "from": side(Some(crossing.from)), "to": side(Some(crossing.to)) })
            })
            .collect();
        json!({
            "expert": without.expert, "moved": without.moved, "above": without.above, "tied_at_line": without.tied,
            "seats_left": without.seats_left, "crossings": crossings, "no_result": without.no_result,
            "standing": standing,
        })
    };
    panel.left_out.experts.iter().enumerate().map(one).collect()
}

fn resampled(of: &Result<Resampled, NotDrawn>) -> Value {
    let drawn = match of {
        Err(NotDrawn::NoLine) => return json!({ "undefined": "no-line" }),
        Err(NotDrawn::TooFewExperts) => return json!({ "undefined": "too-few-experts" }),
        Err(NotDrawn::Comparable) => return comparable(),
        Err(NotDrawn::TooLarge) => return json!({ "undefined": "too-large" }),
        Ok(drawn) => drawn,
    };
    let total = drawn.draws.total();
    let members: serde_json::Map<String, Value> = drawn
        .members
        .iter()
        .map(|member| {
            let share = share(member.inside, total).map_or(Value::Null, number);
            let said = json!({
                "inside": count(member.inside), "share": share, "no_result": count(member.no_result),
            });
            (member.application.clone(), said)
        })
        .collect();
    let seed = match drawn.draws {
        Draws::All { .. } => None,
        Draws::Seeded { seed, .. } => Some(seed.to_string()),
    };
    json!({
        "exact": seed.is_none(), "draws": count(total), "seed": seed, "quota": drawn.quota,
        "experts": drawn.experts, "applications": members,
    })
}

/// A number of any size.
fn count(number: u128) -> Value {
    number.to_string().parse::<Number>().map_or_else(|_| Value::String(number.to_string()), Value::Number)
}

fn second_look(look: &SecondLook) -> Value {
    let mut out = json!({ "application": look.application, "expert": look.expert, "criterion": look.criterion });
    let said = match &look.why {
        Why::Outlier { total, median, z } => {
            json!({ "why": "outlier", "total": total, "median": median, "modified_z": number(*z) })
        }
        Why::Abnormal { mark, median, max } => {
            json!({ "why": "abnormal", "mark": mark.to_string(), "median": median, "max": max.to_string() })
        }
        Why::Corridor { off, allowed } => json!({ "why": "corridor", "off": number(*off), "allowed": allowed }),
        Why::Objective { marks } => {
            let marks: serde_json::Map<String, Value> =
                marks.iter().map(|(expert, mark)| (expert.clone(), Value::String(mark.to_string()))).collect();
            json!({ "why": "objective", "marks": marks })
        }
    };
    if let (Value::Object(out), Value::Object(said)) = (&mut out, said) {
        out.extend(said);
    }
    out
}

fn by_name(figures: &[(String, Shown)]) -> Value {
    figures.iter().map(|(name, shown)| (name.clone(), number(*shown))).collect()
}

fn severity_of(severity: &Severity) -> Value {
    let means: serde_json::Map<String, Value> = severity
        .means
        .iter()
        .map(|(name, mean, place)| (name.clone(), json!({ "mean": mean, "rank": place })))
        .collect();
    let pairs: Vec<Value> = severity.fragile_marks.iter().map(|(a, e)| json!([a, e])).collect();
    json!({
        "components": severity.parts.len(),
        "parts": severity.parts,
        "fragile_applications": severity.fragile,
        "fragile_marks": pairs,
        "raw": means,
        "least_squares": match &severity.model {
            Ok(model) => model_of(model),
            Err(reason) => why(*reason),
        },
    })
}

fn model_of(model: &Model) -> Value {
    let applications: serde_json::Map<String, Value> = model
        .applications
        .iter()
        .map(|(name, quality, place)| (name.clone(), json!({ "quality": number(*quality), "rank": place })))
        .collect();
    json!({
        "experts": by_name(&model.experts),
        "applications": applications,
        "enters": model.enters,
        "leaves": model.leaves,
        "rest_sd": figure(&model.rest),
    })
}

fn scale(scale: &Scale) -> Value {
    json!({
        "expert": scale.expert,
        "mean": figure(&scale.mean),
        "sd": figure(&scale.deviation),
        "few": scale.few,
        "z": match &scale.z {
            Ok(z) => by_name(z),
            Err(reason) => why(*reason),
        },
    })
}

fn shrunken_of(shrunken: &Shrunken) -> Value {
    let applications: serde_json::Map<String, Value> = shrunken
        .applications
        .iter()
        .map(|(name, mean, variance)| (name.clone(), json!({ "mean": number(*mean), "variance": number(*variance) })))
        .collect();
    json!({ "experts": by_name(&shrunken.experts), "applications": applications })
}

fn pair(pair: &Pair) -> Value {
    json!({
        "experts": [pair.experts.0, pair.experts.1],
        "applications": pair.applications,
        "identical": pair.identical,
        "residual_correlation": figure(&pair.residuals),
    })
}

fn employers_of(of: &Employers) -> Value {
    let reciprocal: Vec<Value> = of
        .reciprocal
        .iter()
        .map(|pair| {
            let [first, second] = &pair.favours;
            json!({
                "employers": pair.employers, "marks": pair.marks,
                "favours": [figure(first), figure(second)], "mutual": pair.mutual,
            })
        })
        .collect();
    json!({
        "experts": of.experts.iter().map(employed).collect::<Vec<_>>(),
        "employers": of.employers.iter().map(employed).collect::<Vec<_>>(),
        "reciprocal": reciprocal,
    })
}

fn employed(of: &Employed) -> Value {
    json!({
        "expert": of.expert,
        "employer": of.employer,
        "own_marks": of.marks.0,
        "other_marks": of.marks.1,
        "own": figure(&of.own),
        "others": figure(&of.others),
        "difference": figure(&of.difference),
    })
}
