//! Labs that would not open, in the text and behind cards: a key or an intervention that their scenario does not take.

use crate::app::lab::open::meant;
use crate::cli::scenarios::Scenarios;
use crate::course::directive::{Directive, Lab};
use crate::course::quiz::{Run, See};
use crate::course::{Course, Diagnostic};

/// One finding a lab.
pub(super) fn lint(course: &Course, scenarios: &Scenarios) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in &course.lesson.sections {
        for (block, directive) in section.directives() {
            let Directive::Lab(lab) = directive else { continue };
            let line = section.document.blocks[block].line;
            found.extend(wrong(lab, scenarios).map(|what| Diagnostic::error(&section.file, line, 1, what)));
        }
    }
    for card in &course.cards {
        let Some(See::Run(Run { lab, .. })) = &card.shows else { continue };
        found.extend(wrong(lab, scenarios).map(|what| Diagnostic::error(&card.file, card.line, 1, what)));
    }
    found
}

/// What its scenario does not take. That there is no such scenario has been said.
fn wrong(lab: &Lab, scenarios: &Scenarios) -> Option<String> {
    meant(lab, scenarios.get(&lab.scenario)?.clone()).err()
}
