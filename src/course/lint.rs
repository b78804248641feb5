//! What a course must hold to beyond being readable: the rules an author can break without a typing error. Each
//! finding is a [`Diagnostic`]; the rules are written out in `docs/authors.md`.

mod cards;
mod lesson;
mod prose;
mod section;

use std::collections::BTreeSet;

pub use section::BEAT_WORDS_MAX;

use super::claim::{Claim, How};
use super::diagnostic::Diagnostic;
use super::quiz::{Run, See};
use super::{Card, Course};

/// Rules of the course whose feature does not exist yet.
pub const NOT_CHECKED_YET: [&str; 2] = ["missions", "manifests"];

/// The routing patterns there are.
const PATTERNS: [&str; 3] = ["dual", "federation", "mesh"];

/// All rules. `scenarios` are the names of those that exist.
#[must_use]
pub fn lint(course: &Course, scenarios: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut findings = lesson::lint(course);
    let mut ids = BTreeSet::new();
    for section in &course.lesson.sections {
        findings.extend(section::lint(course, section, scenarios, &mut ids));
        findings.extend(prose::lint_section(section));
    }
    findings.extend(cards::lint(course));
    for card in &course.cards {
        for claim in card.all_claims() {
            findings.extend(check_claim(&claim, scenarios).map(|what| at_card(card, what)));
        }
        if let Some(See::Run(Run { lab, .. })) = &card.shows {
            let what = check_run(&lab.scenario, &lab.pattern, &lab.set, &lab.actions, scenarios);
            findings.extend(what.map(|what| at_card(card, what)));
        }
        findings.extend(prose::lint_card(card));
    }
    findings.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    findings
}

/// What is wrong with a claim that only a course can know.
fn check_claim(claim: &Claim, scenarios: &BTreeSet<String>) -> Option<String> {
    match &claim.how {
        How::Spill { .. } => None,
        How::Cost(cost) => check_run(&cost.scenario, PATTERNS[0], &cost.set, &[], scenarios),
        How::Run(run) => check_run(&run.scenario, &run.pattern, &run.set, &run.actions, scenarios),
    }
}

/// What is wrong with the names a run is described with.
fn check_run(
    scenario: &str,
    pattern: &str,
    set: &[String],
    actions: &[String],
    scenarios: &BTreeSet<String>,
) -> Option<String> {
    if !scenarios.contains(scenario) {
        let known: Vec<&str> = scenarios.iter().map(String::as_str).collect();
        return Some(format!("there is no scenario '{scenario}'; there are {}", known.join(", ")));
    }
    if !PATTERNS.contains(&pattern) {
        return Some(format!("there is no pattern '{pattern}'; there are {}", PATTERNS.join(", ")));
    }
    if let Some(setting) = set.iter().find(|setting| !setting.contains('=')) {
        return Some(format!("'{setting}' sets nothing; write KEY=VALUE"));
    }
    let action = actions.iter().find(|action| action.split_whitespace().count() < 3)?;
    Some(format!("'{action}' is no intervention; write \"TIME TARGET EFFECT\""))
}

fn at_card(card: &Card, what: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&card.file, card.line, 1, what)
}
