//! Stand-in.
#![allow(missing_docs)]
use super::{Budget, Intervention, Progress, Scenario, Seed, SimTime};
use crate::mesh_view::MeshView;

#[derive(Clone, Debug)]
pub struct Timeline {
    scenario: Scenario,
    seed: Seed,
    log: Vec<Intervention>,
    undone: Vec<Intervention>,
    now: SimTime,
}
impl Timeline {
    pub fn new(scenario: Scenario, seed: Seed, log: Vec<Intervention>) -> Self {
        Self { scenario, seed, log, undone: Vec::new(), now: SimTime::ZERO }
    }
    pub fn advance(&mut self, to: SimTime, _budget: Budget) -> Progress {
        self.now = to.max(self.now);
        Progress::Reached
    }
    pub fn now(&self) -> SimTime {
        self.now
    }
    pub fn intervene(&mut self, intervention: Intervention) {
        self.undone.clear();
        self.log.push(intervention);
    }
    pub fn undo(&mut self) -> bool {
        self.log.pop().map(|i| self.undone.push(i)).is_some()
    }
    pub fn redo(&mut self) -> bool {
        self.undone.pop().map(|i| self.log.push(i)).is_some()
    }
    pub fn seek(&mut self, to: SimTime, _budget: Budget) -> Progress {
        self.now = to;
        Progress::Reached
    }
    pub fn log(&self) -> &[Intervention] {
        &self.log
    }
    pub fn view(&self, shown: SimTime, into: &mut MeshView) {
        into.clear();
        into.scenario = self.scenario.name().to_owned();
        into.seed = self.seed.0.to_string();
        into.at = shown.nanos();
        for name in self.scenario.regions() {
            into.regions.push(crate::mesh_view::RegionView { name: name.to_owned(), ..Default::default() });
        }
    }
    pub fn command(&self) -> String {
        format!("eastwest sim {}", self.scenario.name())
    }
}
#[derive(Debug, Default)]
pub struct Report {
    pub requests: Requests,
    pub calls: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Calls>>,
}
#[derive(Debug, Default)]
pub struct Requests {
    pub ok: u64,
    pub failed: u64,
}
#[derive(Debug, Default)]
pub struct Calls {
    pub to: std::collections::BTreeMap<String, u64>,
}
impl Timeline {
    pub fn report(&self) -> Report {
        Report::default()
    }
}
