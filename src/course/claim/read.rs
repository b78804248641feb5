//! A `[claim]` table as an author writes it, checked and turned into a [`Claim`].

use serde::Deserialize;
use toml::Spanned;

use super::{Claim, Cost, How, Run};
use crate::course::diagnostic::Diagnostic;
use crate::course::toml_text::Origin;

/// Two decimals are what a report shows, so this is "the same number".
const TOLERANCE_DEFAULT: f64 = 0.01;
/// As `eastwest calc cost` without `--scenario`.
const COST_SCENARIO: &str = "two-regions";
pub(in crate::course) const PATTERN_DEFAULT: &str = "mesh";
/// As `eastwest sim` without `--seed` and `--duration`.
const SEED_DEFAULT: u64 = 7;
const DURATION_DEFAULT: &str = "4m";
const FROM_DEFAULT: &str = "0s";

/// All keys a claim may have; which ones go together is checked afterwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::course) struct RawClaim {
    spill: Option<Spanned<Vec<String>>>,
    priority: Option<Spanned<usize>>,
    cost: Option<Spanned<Vec<String>>>,
    scenario: Option<String>,
    pattern: Option<String>,
    set: Option<Vec<String>>,
    #[serde(rename = "do")]
    actions: Option<Vec<String>>,
    seed: Option<u64>,
    duration: Option<String>,
    from: Option<String>,
    measure: Option<String>,
    expect: f64,
    tolerance: Option<Spanned<f64>>,
}

/// The claim, or what is wrong with it.
pub(in crate::course) fn claim(origin: &Origin<'_>, raw: &Spanned<RawClaim>) -> Result<Claim, Diagnostic> {
    let span = raw.span();
    let raw = raw.get_ref();
    let how = match (&raw.spill, &raw.cost, &raw.scenario) {
        (Some(levels), None, None) => spill(origin, raw, levels)?,
        (None, Some(options), _) => How::Cost(cost(origin, raw, options)?),
        (None, None, Some(scenario)) => How::Run(run(raw, scenario).map_err(|key| {
            origin.error(
                &span,
                format!("a claim from a run needs '{key}'"),
                "such as measure = \"success_percent\"",
            )
        })?),
        (Some(_), Some(_), _) => {
            let what = "a claim has either 'spill' or 'cost', not both";
            return Err(origin.error(&span, what, "write two claims, or take one of them out"));
        }
        (Some(_), None, Some(_)) => {
            let what = "a claim has either 'spill' or 'scenario', not both";
            return Err(origin.error(&span, what, "write two claims, or take one of them out"));
        }
        (None, None, None) => {
            let what = "a claim needs 'spill', 'cost' or 'scenario'";
            return Err(origin.error(
                &span,
                what,
                "spill = [\"2/4\", \"4/4\"], cost = [\"rps=360\"] or scenario = \"two-regions\"",
            ));
        }
    };
    let tolerance = match &raw.tolerance {
        Some(given) if given.get_ref().is_nan() || *given.get_ref() < 0.0 => {
            return Err(origin.error(&given.span(), "a tolerance is 0 or more", ""));
        }
        Some(given) => *given.get_ref(),
        None => TOLERANCE_DEFAULT,
    };
    Ok(Claim { how, expect: raw.expect, tolerance })
}

fn spill(origin: &Origin<'_>, raw: &RawClaim, levels: &Spanned<Vec<String>>) -> Result<How, Diagnostic> {
    let run_only = [
        ("pattern", raw.pattern.is_some()),
        ("set", raw.set.is_some()),
        ("do", raw.actions.is_some()),
        ("seed", raw.seed.is_some()),
        ("duration", raw.duration.is_some()),
        ("from", raw.from.is_some()),
        ("measure", raw.measure.is_some()),
    ];
    if let Some((key, _)) = run_only.iter().find(|(_, given)| *given) {
        let what = format!("'{key}' belongs to a claim with 'scenario', not to one with 'spill'");
        return Err(origin.error(&levels.span(), what, ""));
    }
    let levels_given = levels.get_ref();
    if let Some(level) = levels_given.iter().find(|level| !is_level(level)) {
        let what = format!("'{level}' is not a priority level");
        return Err(origin.error(
            &levels.span(),
            what,
            "write healthy/total, such as \"2/4\" or \"2+1/4-1\"",
        ));
    }
    let priority = raw.priority.as_ref().map_or(0, |priority| *priority.get_ref());
    if priority >= levels_given.len() {
        let what = format!("there is no priority {priority} among {} levels", levels_given.len());
        return Err(origin.error(&levels.span(), what, "priorities count from 0"));
    }
    Ok(How::Spill { levels: levels_given.clone(), priority })
}

/// `healthy[+degraded]/total[-excluded]`, as `eastwest calc spill` takes it.
fn is_level(text: &str) -> bool {
    let Some((healthy, total)) = text.split_once('/') else { return false };
    let number = |part: &str| part.parse::<u32>().is_ok();
    let pair = |side: &str, sign: char| match side.split_once(sign) {
        Some((first, second)) => number(first) && number(second),
        None => number(side),
    };
    pair(healthy, '+') && pair(total, '-')
}

/// The bills, whose options are `OPTION=VALUE`; only the simulator knows which there are.
fn cost(origin: &Origin<'_>, raw: &RawClaim, options: &Spanned<Vec<String>>) -> Result<Cost, Diagnostic> {
    let others = [
        ("priority", raw.priority.is_some()),
        ("pattern", raw.pattern.is_some()),
        ("do", raw.actions.is_some()),
        ("seed", raw.seed.is_some()),
        ("duration", raw.duration.is_some()),
        ("from", raw.from.is_some()),
    ];
    if let Some((key, _)) = others.iter().find(|(_, given)| *given) {
        let what = format!("'{key}' does not belong to a claim with 'cost', which is a formula");
        return Err(origin.error(&options.span(), what, ""));
    }
    if let Some(option) = options.get_ref().iter().find(|option| !option.contains('=')) {
        let what = format!("'{option}' is no option of a cost");
        return Err(origin.error(&options.span(), what, "write OPTION=VALUE, such as \"rps=360\""));
    }
    let measure = raw.measure.clone().ok_or_else(|| {
        let help = "such as measure = \"bills.mesh.transfer\"";
        origin.error(&options.span(), "a claim with 'cost' needs 'measure'", help)
    })?;
    Ok(Cost {
        options: options.get_ref().clone(),
        scenario: raw.scenario.clone().unwrap_or_else(|| COST_SCENARIO.to_owned()),
        set: raw.set.clone().unwrap_or_default(),
        measure,
    })
}

/// The run, or the key it lacks.
fn run(raw: &RawClaim, scenario: &str) -> Result<Run, &'static str> {
    let measure = raw.measure.clone().ok_or("measure")?;
    let text = |given: &Option<String>, default: &str| given.clone().unwrap_or_else(|| default.to_owned());
    Ok(Run {
        scenario: scenario.to_owned(),
        pattern: text(&raw.pattern, PATTERN_DEFAULT),
        set: raw.set.clone().unwrap_or_default(),
        actions: raw.actions.clone().unwrap_or_default(),
        seed: raw.seed.unwrap_or(SEED_DEFAULT),
        duration: text(&raw.duration, DURATION_DEFAULT),
        from: text(&raw.from, FROM_DEFAULT),
        measure,
    })
}
