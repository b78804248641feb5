//! A directive's TOML body to its value. What is wrong is a diagnostic that points into the Markdown file.

use serde::Deserialize;
use toml::Spanned;

use super::{Answer, Beat, Calc, Directive, Lab, Pause, Predict, PredictOption};
use crate::course::claim::read::{RawClaim, claim};
use crate::course::diagnostic::Diagnostic;
use crate::course::toml_text::Origin;

/// The directives whose body is TOML.
pub(in crate::course) const TOML_NAMES: [&str; 6] = ["predict", "lab", "recall", "calc", "beat", "pause"];
/// The other directives: their body is Markdown or verbatim text.
pub(in crate::course) const TEXT_NAMES: [&str; 3] = ["notes", "sketch", "real"];

/// Reads the body of the directive `name`, one of [`TOML_NAMES`].
pub(in crate::course) fn directive(name: &str, origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    match name {
        "predict" => predict(origin),
        "lab" => lab(origin),
        "recall" => recall(origin),
        "calc" => calc(origin),
        "beat" => beat(origin),
        "pause" => pause(origin),
        other => Err(origin.absent(format!("there is no block named '{other}'"), "")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPredict {
    id: Spanned<String>,
    ask: Spanned<String>,
    kind: Spanned<Kind>,
    tolerance: Option<Spanned<f64>>,
    why: Spanned<String>,
    card: Option<String>,
    claim: Spanned<RawClaim>,
    #[serde(default)]
    option: Vec<RawOption>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Percent,
    Choice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    text: String,
    min: f64,
    max: Spanned<f64>,
}

fn predict(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawPredict = origin.read()?;
    let claim = claim(origin, &raw.claim)?;
    let answer = match raw.kind.get_ref() {
        Kind::Percent => percent(origin, &raw)?,
        Kind::Choice => choice(origin, &raw, claim.expect)?,
    };
    Ok(Directive::Predict(Predict {
        id: name(origin, raw.id)?,
        ask: filled(origin, "ask", raw.ask)?,
        answer,
        claim,
        why: filled(origin, "why", raw.why)?,
        card: raw.card,
    }))
}

fn percent(origin: &Origin<'_>, raw: &RawPredict) -> Result<Answer, Diagnostic> {
    if !raw.option.is_empty() {
        return Err(origin.error(
            &raw.kind.span(),
            "a prediction in percent has no options",
            "kind = \"choice\"",
        ));
    }
    let Some(tolerance) = &raw.tolerance else {
        return Err(origin.error(
            &raw.kind.span(),
            "a prediction in percent needs 'tolerance'",
            "tolerance = 5",
        ));
    };
    if !(0.0..=50.0).contains(tolerance.get_ref()) {
        return Err(origin.error(&tolerance.span(), "a tolerance is 0 to 50 points", ""));
    }
    Ok(Answer::Percent { tolerance: *tolerance.get_ref() })
}

fn choice(origin: &Origin<'_>, raw: &RawPredict, expect: f64) -> Result<Answer, Diagnostic> {
    let span = raw.kind.span();
    if let Some(tolerance) = &raw.tolerance {
        let help = "its options have 'min' and 'max'";
        return Err(origin.error(&tolerance.span(), "a choice has no tolerance", help));
    }
    if raw.option.len() < 2 {
        return Err(origin.error(&span, "a choice needs at least two [[option]] tables", ""));
    }
    if let Some(option) = raw.option.iter().find(|option| option.min > *option.max.get_ref()) {
        return Err(origin.error(&option.max.span(), "an option's 'max' is below its 'min'", ""));
    }
    let options: Vec<PredictOption> = raw
        .option
        .iter()
        .map(|option| PredictOption {
            text: option.text.clone(),
            min: option.min,
            max: *option.max.get_ref(),
        })
        .collect();
    let right = options.iter().filter(|option| option.holds(expect)).count();
    if right != 1 {
        let what = format!("{right} options hold the expected {expect}; exactly one must");
        return Err(origin.error(&span, what, "mend the options' 'min' and 'max'"));
    }
    Ok(Answer::Choice(options))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLab {
    id: Spanned<String>,
    scenario: String,
    #[serde(default = "mesh")]
    pattern: String,
    #[serde(default)]
    set: Vec<String>,
    #[serde(default, rename = "do")]
    actions: Vec<String>,
    #[serde(default)]
    caption: String,
}

fn mesh() -> String {
    "mesh".to_owned()
}

fn lab(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawLab = origin.read()?;
    Ok(Directive::Lab(Lab {
        id: name(origin, raw.id)?,
        scenario: raw.scenario,
        pattern: raw.pattern,
        set: raw.set,
        actions: raw.actions,
        caption: raw.caption,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecall {
    card: Spanned<String>,
}

fn recall(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawRecall = origin.read()?;
    Ok(Directive::Recall { card: filled(origin, "card", raw.card)? })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalc {
    text: Spanned<String>,
    claim: Spanned<RawClaim>,
}

fn calc(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawCalc = origin.read()?;
    if raw.text.get_ref().matches("{}").count() != 1 {
        let what = "a calc's text has exactly one {} for its number";
        return Err(origin.error(&raw.text.span(), what, "text = \"{} % of calls stay.\""));
    }
    Ok(Directive::Calc(Calc { claim: claim(origin, &raw.claim)?, text: raw.text.into_inner() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBeat {
    text: Option<Spanned<String>>,
    show: Option<Spanned<String>>,
}

fn beat(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawBeat = origin.read()?;
    let beat = match (raw.text, raw.show) {
        (Some(text), None) => Beat::Words(filled(origin, "text", text)?),
        (None, Some(show)) => Beat::Show(filled(origin, "show", show)?),
        (Some(_), Some(show)) => {
            return Err(origin.error(&show.span(), "a beat has either 'text' or 'show', not both", ""));
        }
        (None, None) => {
            let help = "text = \"At most 25 words.\" or show = \"ID\"";
            return Err(origin.absent("a beat needs 'text' or 'show'", help));
        }
    };
    Ok(Directive::Beat(beat))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPause {
    #[serde(default)]
    say: String,
    #[serde(default)]
    seconds: u32,
}

fn pause(origin: &Origin<'_>) -> Result<Directive, Diagnostic> {
    let raw: RawPause = origin.read()?;
    Ok(Directive::Pause(Pause { say: raw.say, seconds: raw.seconds }))
}

/// A text that may not be empty.
fn filled(origin: &Origin<'_>, key: &str, text: Spanned<String>) -> Result<String, Diagnostic> {
    if text.get_ref().trim().is_empty() {
        return Err(origin.error(&text.span(), format!("'{key}' is empty"), ""));
    }
    Ok(text.into_inner())
}

/// An id: small letters, digits and hyphens, a letter first.
fn name(origin: &Origin<'_>, id: Spanned<String>) -> Result<String, Diagnostic> {
    let text = id.get_ref();
    let well_formed = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !well_formed {
        let what = format!("'{text}' is not an id");
        return Err(origin.error(
            &id.span(),
            what,
            "small letters, digits and hyphens, a letter first: \"s3-mesh\"",
        ));
    }
    Ok(id.into_inner())
}
