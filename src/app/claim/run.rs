//! A claim that needs a run.

use std::collections::BTreeMap;

use crate::course::claim::Run;
use crate::sim::Scenario;

/// A run under way to one number of its report.
#[derive(Debug)]
pub struct ClaimRun;

impl ClaimRun {
    pub fn start(run: &Run, _scenarios: &BTreeMap<String, Scenario>) -> Result<Self, String> {
        Err(format!("{} is not run yet", run.scenario))
    }
    pub fn step(&mut self, _budget: u32) -> Option<Result<f64, String>> {
        None
    }
}
