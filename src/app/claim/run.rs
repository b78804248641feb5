//! A claim that needs a run: all that decides it read from words, then as many events as it takes.

use std::collections::BTreeMap;

use crate::course::claim::Run;
use crate::sim::{Budget, Engine, Intervention, Progress, Scenario, Seed, SimSpan, SimTime};

/// A run under way to one number of its report.
#[derive(Debug)]
pub struct ClaimRun {
    engine: Engine,
    end: SimTime,
    measure: String,
}

impl ClaimRun {
    /// The run before its first event, or one sentence on what in its words is wrong.
    pub fn start(run: &Run, scenarios: &BTreeMap<String, Scenario>) -> Result<Self, String> {
        let scenario = scenario(&run.scenario, &run.pattern, &run.set, scenarios)?;
        let mut engine = Engine::new(&scenario, Seed(run.seed), interventions(run, &scenario)?);
        engine.measure_from(moment(&run.from)?);
        Ok(Self { engine, end: moment(&run.duration)?, measure: run.measure.clone() })
    }

    /// Takes at most `budget` events; the number at the end.
    pub fn step(&mut self, budget: u32) -> Option<Result<f64, String>> {
        match self.engine.run_until(self.end, &mut Budget(budget)) {
            Progress::Behind => None,
            Progress::Reached => {
                let number = self.engine.report().number(&self.measure);
                Some(number.ok_or_else(|| format!("the report of the run has no number '{}'", self.measure)))
            }
        }
    }
}

/// A known scenario with assignments made.
pub(super) fn scenario(
    name: &str,
    pattern: &str,
    set: &[String],
    scenarios: &BTreeMap<String, Scenario>,
) -> Result<Scenario, String> {
    let Some(known) = scenarios.get(name) else {
        let names: Vec<&str> = scenarios.keys().map(String::as_str).collect();
        return Err(format!("there is no scenario '{name}'; there are {}", names.join(", ")));
    };
    let mut scenario = known.clone();
    scenario.set_pattern(pattern.parse()?);
    for assignment in set {
        scenario.set(assignment).map_err(|error| error.to_string())?;
    }
    scenario.validate().map_err(|error| error.to_string())?;
    Ok(scenario)
}

pub(super) fn interventions(run: &Run, scenario: &Scenario) -> Result<Vec<Intervention>, String> {
    let mut interventions = Vec::with_capacity(run.actions.len());
    for action in &run.actions {
        let intervention: Intervention = action.parse().map_err(|error| format!("{error}"))?;
        scenario.check(&intervention).map_err(|error| error.to_string())?;
        interventions.push(intervention);
    }
    Ok(interventions)
}

fn moment(span: &str) -> Result<SimTime, String> {
    let span: SimSpan = span.parse().map_err(|error| format!("{error}"))?;
    Ok(SimTime::ZERO + span)
}
