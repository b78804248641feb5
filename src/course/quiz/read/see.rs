//! `[card.see]`: what plays or opens behind an answer, where it is not the run of a claim.

use serde::Deserialize;
use toml::Spanned;

use crate::course::claim::read::PATTERN_DEFAULT;
use crate::course::diagnostic::Diagnostic;
use crate::course::directive::Lab;
use crate::course::quiz::see::{Run, See};
use crate::course::toml_text::Origin;

/// All keys it may have; a run and a manifest do not go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSee {
    yaml: Option<String>,
    scenario: Option<String>,
    pattern: Option<String>,
    set: Option<Vec<String>>,
    #[serde(rename = "do")]
    actions: Option<Vec<String>>,
    seed: Option<u64>,
}

/// What the table says, or what is wrong with it.
pub(super) fn see(origin: &Origin<'_>, raw: &Spanned<RawSee>) -> Result<See, Diagnostic> {
    let span = raw.span();
    let raw = raw.get_ref();
    let of_a_run = [
        ("scenario", raw.scenario.is_some()),
        ("pattern", raw.pattern.is_some()),
        ("set", raw.set.is_some()),
        ("do", raw.actions.is_some()),
        ("seed", raw.seed.is_some()),
    ];
    match (&raw.yaml, &raw.scenario, of_a_run.iter().find(|(_, given)| *given)) {
        (Some(_), _, Some((key, _))) => {
            let what = format!("'{key}' belongs to a 'see' with 'scenario', not to one with 'yaml'");
            Err(origin.error(&span, what, "show a run or a manifest"))
        }
        (Some(yaml), ..) => Ok(See::Manifest(yaml.trim_end().to_owned())),
        (None, None, _) => {
            let help = "scenario = \"one-service\", or yaml = \"\"\"…\"\"\"";
            Err(origin.error(&span, "a 'see' needs 'scenario' or 'yaml'", help))
        }
        (None, Some(scenario), _) => {
            let lab = Lab {
                id: String::new(),
                scenario: scenario.clone(),
                pattern: raw.pattern.clone().unwrap_or_else(|| PATTERN_DEFAULT.to_owned()),
                set: raw.set.clone().unwrap_or_default(),
                actions: raw.actions.clone().unwrap_or_default(),
                caption: String::new(),
            };
            Ok(See::Run(Run { lab, seed: raw.seed }))
        }
    }
}
