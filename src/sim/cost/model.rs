//! What a pattern comes to at a rate of requests: the formulae, over flows that are worked out once.

use super::MONTH_HOURS;
use super::answer::Outcome;
use super::bill::{Bill, cpu_milli};
use super::flow::{Flow, WHOLE};
use super::impact::{Incident, impact};
use super::question::Question;
use crate::sim::scenario::{Locality, Pattern};

/// Nanoseconds of a month.
pub(super) const MONTH: u128 = MONTH_HOURS as u128 * 3_600_000_000_000;

/// A question whose regions serve or stand by as it says, and where its calls go.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub question: Question,
    /// In the order of [`Pattern::ALL`].
    flows: [Flow; 3],
}

impl Model {
    pub fn of(question: Question) -> Self {
        let question = question.standing_by();
        let flows = Pattern::ALL.map(|pattern| Flow::of(&question.scenario, pattern));
        Self { question, flows }
    }

    /// Where the calls of a pattern go; it does not hang on the rate.
    pub fn flow(&self, pattern: Pattern) -> Flow {
        let place = Pattern::ALL.iter().position(|known| *known == pattern);
        self.flows[place.unwrap_or(0)]
    }

    /// What a pattern comes to at this rate.
    pub fn outcome(&self, pattern: Pattern, rate_milli: u64) -> Outcome {
        let question = &self.question;
        let (bill, bytes) = self.bill(pattern, rate_milli);
        let standby = question.standby;
        let incident = Incident {
            lasts: question.incident,
            check: question.check,
            rate_milli,
            scale_up: standby.warm.then_some(standby.scale_up),
        };
        let impact = impact(&question.scenario, pattern, incident);
        let lost = u128::from(impact.lost.nanos()) * u128::from(question.incidents);
        let meets =
            question.slo.is_none_or(|slo| lost * u128::from(WHOLE) <= u128::from(WHOLE - slo) * MONTH);
        let outages = (u128::from(question.outage_hour) * lost / MONTH) as u64;
        Outcome { pattern, bill, outages, bytes, impact, lost, meets }
    }

    /// Micro-dollars an hour, outages included.
    pub fn total(&self, pattern: Pattern, rate_milli: u64) -> u64 {
        self.outcome(pattern, rate_milli).total()
    }

    /// The bill by formula: rates times prices.
    fn bill(&self, pattern: Pattern, rate_milli: u64) -> (Bill, (u64, u64)) {
        let (question, flow) = (&self.question, self.flow(pattern));
        let (prices, scenario) = (&question.prices, &question.scenario);
        let of = |whole: u128, share: u64| whole * u128::from(share) / u128::from(WHOLE);
        let bytes = u128::from(rate_milli) * 3600 * question.request_bytes(flow.bytes) / 1_000_000_000;
        let flat = pattern == Pattern::Federation
            || pattern == Pattern::Mesh && scenario.mesh.locality_in_force() == Locality::Off;
        let remote = of(bytes, question.remote.filter(|_| flat).unwrap_or(flow.remote));
        let zones = of(bytes - remote, flow.zones);
        let (remote, zones) = (clamped(remote), clamped(zones));
        let mut bill = Bill::standing(scenario, pattern, prices);
        let (pods, cpu) = question.pods();
        bill.pods = prices.pods_micro(cpu);
        if pattern == Pattern::Mesh {
            let through = of(u128::from(rate_milli), flow.proxies) / u128::from(pods.max(1));
            bill.mesh = match question.overhead {
                Some(share) => clamped(of(u128::from(bill.pods), share)),
                None => prices.proxy_micro(prices.sidecar, clamped(through)).saturating_mul(pods),
            };
        }
        // Users find every pattern's front door by the same records: one for each region, checked every 10 s.
        bill.dns = prices.dns_micro(scenario.regions.len() as u64, true);
        bill.transfer = prices.transfer_micro(remote);
        bill.zones = prices.zones_micro(zones);
        (bill, (remote, zones))
    }

    /// The rate from which sidecars use more than they reserve, in whole requests a second.
    pub fn busy_from(&self) -> u64 {
        let question = &self.question;
        let sidecar = &question.prices.sidecar;
        let each = question.prices.proxy_microcores_per_rps.max(1);
        let fits = u128::from(sidecar.millicores) * 1000 / u128::from(each);
        let passes = u128::from(self.flow(Pattern::Mesh).proxies.max(1));
        clamped(fits * u128::from(question.pods().0) * u128::from(WHOLE) / passes)
    }
}

impl Question {
    /// How many pods there are, and the thousandths of a vCPU that they have together.
    pub(super) fn pods(&self) -> (u64, u64) {
        let own = self.own_pods();
        let pods = self.pods.unwrap_or(own);
        let cpu = match self.pod_cpu {
            Some(each) => pods * each,
            None => cpu_milli(&self.scenario) * pods / own.max(1),
        };
        (pods, cpu)
    }

    /// The pods of the scenario.
    pub(super) fn own_pods(&self) -> u64 {
        let own = self.scenario.services.iter().flat_map(|service| &service.pods);
        own.map(|&pods| u64::from(pods)).sum()
    }
}

pub(super) fn clamped(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
