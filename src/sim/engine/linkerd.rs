//! A mesh of Linkerd proxies: what picking and answering mean there.

use super::Engine;
use crate::sim::policy::linkerd::Tripped;
use crate::sim::proxy::Draws;
use crate::sim::rng::Concern;
use crate::sim::world::{Host, NONE, PodId, Try};

impl Engine {
    /// One of two endpoints; an endpoint that refuses connections is none, since the proxy connects beforehand.
    pub(super) fn pick_linkerd(&mut self, made: &Try) -> Option<(Host, u8)> {
        let attempt = u32::from(made.attempt) * 8;
        let draw = |concern| self.fixed.dice.draw(concern, made.request, made.call, attempt);
        let draws = Draws { level: draw(Concern::Level), host: draw(Concern::Host), zone: 0 };
        let pods = &self.world.pods;
        let connected = |pod: PodId| !pods[usize::from(pod)].refuses();
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        proxy.pick_linkerd(draws, self.now, connected).map(|host| (host, 0))
    }

    /// A try through a Linkerd proxy has ended for it: `answer` is how, unless its caller has gone.
    #[inline]
    pub(super) fn linkerd_ended(&mut self, made: &Try, answer: Option<bool>) {
        if made.proxy == NONE || self.fixed.rules.linkerd.is_none() {
            return;
        }
        let took = self.now.since(made.sent);
        let dice = &self.fixed.dice;
        let draw = || dice.draw(Concern::Penalty, made.request, made.call, u32::from(made.attempt));
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        match proxy.linkerd_ended(made.host, took, answer, self.now, draw) {
            Some(Tripped::Shut { until, failures }) => {
                self.meter.ejected();
                self.tell_shut(made.proxy, made.host, until, failures);
            }
            Some(Tripped::Opened) => self.tell_return(made.proxy, made.host),
            None => {}
        }
    }
}
