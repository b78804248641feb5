//! What DNS does with users, and why.

use super::texts::{percent_text, seconds_since};
use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::scenario::RoutingPolicy;
use crate::sim::time::SimTime;
use crate::sim::world::{CHECKERS, HEALTHY_ABOVE_PERCENT, RESOLVERS};

impl Engine {
    /// Route 53 has changed its mind about a record.
    pub(in crate::sim::engine) fn tell_record(&mut self, region: u8, healthy: bool) {
        let Some(route53) = self.world.route53.as_ref().filter(|_| self.heard()) else { return };
        let record = &route53.records[usize::from(region)];
        let (votes, name) = (record.votes(), self.region_name(region));
        let share = percent_text(100.0 * votes as f64 / CHECKERS as f64);
        let results = match self.fixed.scenario.dns.check_threshold {
            1 => "1".to_owned(),
            many => format!("{many} in a row"),
        };
        let after = seconds_since(record.turned, self.now);
        let text = if healthy {
            format!(
                "Route 53: {votes} of {CHECKERS} checkers saw {results} succeed, {share} are over \
                 {HEALTHY_ABOVE_PERCENT} %: {name} is healthy again, {after} after it could answer"
            )
        } else {
            format!(
                "Route 53: {} of {CHECKERS} checkers saw {results} fail, the other {share} are not over \
                 {HEALTHY_ABOVE_PERCENT} %: {name} is unhealthy, {after} after checks began to fail",
                CHECKERS - votes
            )
        };
        let nobody = route53.all_unhealthy();
        self.line(LogKind::Control, name, text);
        if nobody {
            let text = match self.fixed.scenario.dns.policy {
                RoutingPolicy::Latency => "each user's own region",
                RoutingPolicy::Failover => "the PRIMARY record",
            };
            let text =
                format!("Route 53: no record is healthy, so all count as healthy: the answer is {text}");
            self.line(LogKind::Control, "Route 53".to_owned(), text);
        }
    }

    /// The answer for a region's users is another from now on.
    pub(in crate::sim::engine) fn tell_moving(&mut self, users: u8, was: u8, last: SimTime) {
        let Some(route53) = self.world.route53.as_ref().filter(|_| self.heard()) else { return };
        let to = self.region_name(route53.moves[usize::from(users)].to);
        let (name, was) = (self.region_name(users), self.region_name(was));
        let text = format!(
            "{name}'s users: Route 53 answers {to} instead of {was}; {RESOLVERS} resolvers follow as their \
             answers lapse, the last in {}",
            seconds_since(self.now, last)
        );
        self.line(LogKind::Shift, format!("{name}/users"), text);
    }

    /// All resolvers of a region's users have followed.
    pub(in crate::sim::engine) fn tell_moved(&mut self, users: u8) {
        let Some(route53) = self.world.route53.as_ref().filter(|_| self.heard()) else { return };
        let moved = route53.moves[usize::from(users)];
        let rates = (0..self.world.regions.len()).map(|region| (region, self.user_rate(region)));
        let there = |region: &usize| route53.moves[*region].to == moved.to;
        let all: f64 = rates.filter(|(region, _)| there(region)).map(|(_, rate)| rate).sum();
        let own = self.user_rate(usize::from(users));
        let (name, to) = (self.region_name(users), self.region_name(moved.to));
        let text = format!(
            "{name}'s users: the last resolver has let go of the old answer, {} after Route 53 changed it: \
             all {own:.0} requests/s go to {to}, which has {all:.0} now",
            seconds_since(moved.since, self.now)
        );
        self.line(LogKind::Shift, format!("{name}/users"), text);
    }

    /// An `ExternalDNS` has taken the zone for itself.
    pub(in crate::sim::engine) fn tell_rewritten(&mut self, region: u8) {
        if self.heard() {
            let name = self.region_name(region);
            let text = format!(
                "ExternalDNS in {name}: by its TXT owner id every record is its own, so sync deletes what this \
                 cluster does not ask for and writes {name}: 1 record is left"
            );
            self.line(LogKind::Control, name, text);
        }
    }
}
