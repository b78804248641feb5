//! Claims of the content worked out with the simulator: `eastwest check`, computed sentences and predictions all
//! come here for their number.
//!
//! A run is taken a budget of events at a time, so that a screen stays awake while it lasts.

use std::collections::BTreeMap;

use crate::course::claim::{Claim, Cost, How};
use crate::sim::cost::Question;
use crate::sim::policy::priority::{self, Level, OVERPROVISION_DEFAULT};
use crate::sim::{Pattern, Scenario};

mod command;
mod run;

pub use command::command;
pub use run::ClaimRun;

/// Events that one frame may spend on a claim.
pub const FRAME_BUDGET: u32 = 20_000;
/// Istio sets the panic threshold to 0 with outlier detection; the lesson's arithmetic is without panic.
const PANIC_THRESHOLD: u32 = 0;

/// A claim being worked out.
#[derive(Debug)]
pub enum Work {
    /// There is nothing left to do: the number, or one sentence on why there is none.
    Done(Result<f64, String>),
    Running(Box<ClaimRun>),
}

impl Work {
    /// Begins; a formula is done at once.
    #[must_use]
    pub fn start(claim: &Claim, scenarios: &BTreeMap<String, Scenario>) -> Self {
        match &claim.how {
            How::Spill { levels, priority } => Self::Done(spill(levels, *priority)),
            How::Cost(cost) => Self::Done(money(cost, scenarios)),
            How::Run(run) => match ClaimRun::start(run, scenarios) {
                Ok(run) => Self::Running(Box::new(run)),
                Err(why) => Self::Done(Err(why)),
            },
        }
    }

    /// Takes at most `budget` events; the outcome once there is one.
    pub fn step(&mut self, budget: u32) -> Option<Result<f64, String>> {
        if let Self::Running(run) = self {
            let outcome = run.step(budget)?;
            *self = Self::Done(outcome);
        }
        match self {
            Self::Done(outcome) => Some(outcome.clone()),
            Self::Running(_) => None,
        }
    }
}

/// Works a claim out to its end.
pub fn evaluate(claim: &Claim, scenarios: &BTreeMap<String, Scenario>) -> Result<f64, String> {
    let mut work = Work::start(claim, scenarios);
    loop {
        if let Some(outcome) = work.step(u32::MAX) {
            return outcome;
        }
    }
}

/// One number of three bills.
fn money(cost: &Cost, scenarios: &BTreeMap<String, Scenario>) -> Result<f64, String> {
    let number = question(cost, scenarios)?.answer()?.number(&cost.measure);
    number.ok_or_else(|| format!("the bills have no number '{}'", cost.measure))
}

/// What the bills are asked with.
fn question(cost: &Cost, scenarios: &BTreeMap<String, Scenario>) -> Result<Question, String> {
    let mut question =
        Question::new(run::scenario(&cost.scenario, Pattern::Mesh.name(), &cost.set, scenarios)?);
    for option in &cost.options {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        question.set(name.trim(), value.trim()).map_err(|what| format!("{option}: {what}"))?;
    }
    Ok(question)
}

/// Envoy's integer load of one priority.
fn spill(levels: &[String], priority: usize) -> Result<f64, String> {
    let levels: Vec<Level> = levels
        .iter()
        .map(|text| text.parse::<Level>().map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    let loads = priority::loads(&levels, OVERPROVISION_DEFAULT, PANIC_THRESHOLD);
    let load = loads.healthy_load.get(priority).zip(loads.degraded_load.get(priority));
    load.map(|(healthy, degraded)| f64::from(healthy + degraded)).ok_or_else(|| {
        format!("there is no priority {priority} among {} levels; they count from 0", levels.len())
    })
}
