//! Labs that would not open: a key or an intervention that their scenario does not take.

use crate::cli::scenarios::Scenarios;
use crate::course::directive::{Directive, Lab};
use crate::course::{Course, Diagnostic};
use crate::sim::{Intervention, Scenario};

/// One finding a lab.
pub(super) fn lint(course: &Course, scenarios: &Scenarios) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in &course.lesson.sections {
        for (block, directive) in section.directives() {
            let Directive::Lab(lab) = directive else { continue };
            // That there is no such scenario has been said.
            let Some(scenario) = scenarios.get(&lab.scenario) else { continue };
            if let Err(what) = open(lab, scenario.clone()) {
                found.push(Diagnostic::error(&section.file, section.document.blocks[block].line, 1, what));
            }
        }
    }
    found
}

fn open(lab: &Lab, mut scenario: Scenario) -> Result<(), String> {
    for assignment in &lab.set {
        scenario.set(assignment).map_err(|error| error.to_string())?;
    }
    scenario.validate().map_err(|error| error.to_string())?;
    for action in &lab.actions {
        let intervention: Intervention = action.parse().map_err(|error| format!("{error}"))?;
        scenario.check(&intervention).map_err(|error| error.to_string())?;
    }
    Ok(())
}
