//! The line that works a claim's number out again, for those who have the program and not the lesson.

use std::collections::BTreeMap;

use super::{question, run};
use crate::course::claim::{Claim, How, Run};
use crate::sim::{CommandLine, Scenario, Seed, SimSpan};

/// The `eastwest …` line of a claim, or one sentence on what in its words is wrong.
pub fn command(claim: &Claim, scenarios: &BTreeMap<String, Scenario>) -> Result<String, String> {
    match &claim.how {
        How::Spill { levels, .. } => Ok(format!("eastwest calc spill {}", levels.join(" "))),
        How::Cost(cost) => Ok(question(cost, scenarios)?.command()),
        How::Run(run) => of_run(run, scenarios),
    }
}

fn of_run(run: &Run, scenarios: &BTreeMap<String, Scenario>) -> Result<String, String> {
    let scenario = run::scenario(&run.scenario, &run.pattern, &run.set, scenarios)?;
    let duration: SimSpan = run.duration.parse().map_err(|error| format!("{error}"))?;
    let line = CommandLine {
        scenario: &scenario,
        seed: Seed(run.seed),
        interventions: &run::interventions(run, &scenario)?,
        duration,
        all_patterns: false,
        seeds: None,
    };
    Ok(line.to_string())
}
