//! Three bills side by side, and when a mesh pays.

use super::bill::Bill;
use super::curve::Pays;
use super::flow::deepest;
use super::impact::Impact;
use super::model::{MONTH, Model, clamped};
use super::question::Question;
use super::verdict;
use crate::sim::scenario::{Pattern, Scenario};

/// The answer to a [`Question`].
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) model: Model,
    /// In the lesson's order: dual, federation, mesh.
    pub bills: [Outcome; 3],
    /// Where a mesh costs no more than a federation, pods and all else held; `None`: at no rate.
    pub federation: Option<Pays>,
    /// Where it costs no more than two lone clusters.
    pub dual: Option<Pays>,
    /// Against a federation, were the sidecars the shares of [`USUAL_OVERHEAD`](super::USUAL_OVERHEAD).
    pub usual: [Option<Pays>; 2],
    /// Whole dollars that an hour of outage must cost for a mesh to cost no more than two lone clusters; `None`: it
    /// never does.
    pub break_even_outage: Option<u64>,
    /// The cheapest that meets the SLO, or of all where none is asked for.
    pub cheapest: Option<Pattern>,
}

/// What one pattern comes to.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub pattern: Pattern,
    /// Micro-dollars an hour.
    pub bill: Bill,
    /// Micro-dollars an hour, of incidents.
    pub outages: u64,
    /// Bytes an hour between regions, and between zones.
    pub bytes: (u64, u64),
    pub impact: Impact,
    /// Nanoseconds a month in which everything would have failed.
    pub lost: u128,
    pub meets: bool,
}

impl Outcome {
    /// Micro-dollars an hour, outages included.
    pub fn total(&self) -> u64 {
        self.bill.total().saturating_add(self.outages)
    }

    /// Percent of the month's requests that go well.
    pub fn availability_percent(&self) -> f64 {
        100.0 - 100.0 * self.lost as f64 / MONTH as f64
    }

    /// Each part's name and its micro-dollars an hour.
    pub fn parts(&self) -> [(&'static str, u64); 8] {
        let bill = &self.bill;
        [
            ("pods", bill.pods),
            ("mesh", bill.mesh),
            ("control_plane", bill.control_plane),
            ("attachments", bill.attachments),
            ("dns", bill.dns),
            ("transfer", bill.transfer),
            ("zones", bill.zones),
            ("outages", self.outages),
        ]
    }
}

impl Answer {
    pub(super) fn to(model: Model) -> Self {
        let bills = Pattern::ALL.map(|pattern| model.outcome(pattern, model.question.rate_milli));
        let meeting = bills.iter().filter(|outcome| outcome.meets);
        let cheapest = meeting.min_by_key(|outcome| outcome.total()).map(|outcome| outcome.pattern);
        let [dual, _, mesh] = &bills;
        let break_even_outage = break_even_outage(dual, mesh);
        let [dual, federation] = model.pays();
        let usual = model.usual();
        Self { model, bills, federation, dual, usual, break_even_outage, cheapest }
    }

    pub(super) fn question(&self) -> &Question {
        &self.model.question
    }

    /// The incident that outages are counted from, in words.
    pub fn incident(&self) -> String {
        let Question { incidents, incident, standby, .. } = self.question();
        let region = if standby.warm { "the region that serves" } else { "one region" };
        format!(
            "all pods of {} in {region} answer errors for {incident}, {incidents} a month, and the front door looks well",
            deepest_name(&self.question().scenario)
        )
    }

    /// What it all comes to, in one line.
    pub fn verdict(&self) -> String {
        format!("{}.", self.findings().join("; "))
    }

    /// Its parts: which is cheapest, then when a mesh pays against a federation, and against two lone clusters.
    pub fn findings(&self) -> [String; 3] {
        verdict::findings(self)
    }

    /// When a mesh would pay against a federation with the usual figure for its sidecars.
    pub fn usual_words(&self) -> String {
        verdict::usual(self)
    }
}

/// A part of [`Outcome::parts`] as people call it.
pub fn part_words(part: &str) -> &str {
    match part {
        "mesh" => "sidecars",
        "control_plane" => "control plane",
        "attachments" => "Transit Gateway",
        "dns" => "Route 53",
        "transfer" => "between regions",
        "zones" => "between zones",
        other => other,
    }
}

/// The service that an incident strikes.
fn deepest_name(scenario: &Scenario) -> &str {
    scenario.services().nth(deepest(scenario)).unwrap_or("a service")
}

/// The price of an hour of outage at which a mesh and two lone clusters cost the same.
fn break_even_outage(dual: &Outcome, mesh: &Outcome) -> Option<u64> {
    let more = mesh.bill.total().saturating_sub(dual.bill.total());
    if more == 0 {
        return Some(0);
    }
    let saved = dual.lost.checked_sub(mesh.lost).filter(|&saved| saved > 0)?;
    Some(clamped((u128::from(more) * MONTH).div_ceil(saved * 1_000_000)))
}
