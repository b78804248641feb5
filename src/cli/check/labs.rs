//! Labs that would not open: a key or an intervention that their scenario does not take.

use crate::app::lab::open::meant;
use crate::cli::scenarios::Scenarios;
use crate::course::directive::Directive;
use crate::course::{Course, Diagnostic};

/// One finding a lab.
pub(super) fn lint(course: &Course, scenarios: &Scenarios) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in &course.lesson.sections {
        for (block, directive) in section.directives() {
            let Directive::Lab(lab) = directive else { continue };
            // That there is no such scenario has been said.
            let Some(scenario) = scenarios.get(&lab.scenario) else { continue };
            if let Err(what) = meant(lab, scenario.clone()) {
                found.push(Diagnostic::error(&section.file, section.document.blocks[block].line, 1, what));
            }
        }
    }
    found
}
