//! Lines on connection-pool limits and injected faults.

use super::QUIET;
use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::policy::pool::Limit;
use crate::sim::policy::retry::Outcome;
use crate::sim::world::Try;

impl Engine {
    /// A call goes over a connection-pool limit.
    pub(in crate::sim::engine) fn tell_limit(&mut self, made: &Try, limit: Limit) {
        let place = usize::from(made.region) * self.memory.services + usize::from(made.service);
        let last = self.memory.overflows[place].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let text = self.limit_text(made, limit);
            self.line(LogKind::Failure, self.service_name(made.service), text);
        }
    }

    /// A fault is injected into a call.
    pub(in crate::sim::engine) fn tell_fault(&mut self, made: &Try) {
        let place = usize::from(made.region) * self.memory.services + usize::from(made.service);
        let last = self.memory.faults[place].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let text = self.fault_text(made);
            self.line(LogKind::Failure, self.service_name(made.service), text);
        }
    }

    /// `payment: 10 calls under way from us-east-1's client are the max_requests limit → …`
    fn limit_text(&self, made: &Try, limit: Limit) -> String {
        let service = self.service_name(made.service);
        let caller = self.world.proxies.get(usize::from(made.proxy)).map(|proxy| self.callers_name(proxy));
        let (full, name) = match limit {
            Limit::Requests(most) => (format!("{most} calls under way"), "max_requests"),
            Limit::Pending(most) => (format!("{most} calls waiting for a connection"), "max_pending"),
        };
        let caller = caller.unwrap_or_default();
        format!(
            "{service}: {full} from {caller} are the {name} limit → 503 at once (UO): no retry, no other region, nobody charged"
        )
    }

    /// `payment: 503 is injected into 10/100 of calls (FI) → …`
    fn fault_text(&self, made: &Try) -> String {
        let service = self.service_name(made.service);
        let what = match (&self.fixed.rules.fault, made.outcome) {
            (Some(fault), Outcome::Injected(code)) => {
                format!("{code} is injected into {} of calls (FI)", fault.abort_percent)
            }
            (Some(fault), _) => {
                format!("{} of delay is injected into {} of calls (DI)", fault.delay, fault.delay_percent)
            }
            (None, _) => "a fault is injected".to_owned(),
        };
        format!("{service}: {what}, before the router → no endpoint is charged, no retry, no timeout")
    }
}
