//! How a user's request finds a region: through a resolver, to the load balancer that it names.

use super::Engine;
use crate::sim::rng::{Concern, below};
use crate::sim::time::SimSpan;
use crate::sim::world::{NONE, RESOLVERS, Try};

impl Engine {
    /// A user's request gets its address from a resolver and goes there.
    #[inline]
    pub(super) fn come(&mut self, call: Try) {
        let door = self.door(&call);
        self.meter.user_sent(call.region, door, call.flags.measured);
        self.enter(call, door);
    }

    /// The region whose load balancer the user's resolver names.
    #[inline]
    fn door(&mut self, call: &Try) -> u8 {
        let Some(route53) = &mut self.world.route53 else { return call.region };
        let bits = self.fixed.dice.draw(Concern::Resolver, call.request, 0, 0);
        let (door, asked) = route53.resolve(call.region, below(bits, RESOLVERS as u64), self.now);
        if asked {
            self.meter.dns_query(call.flags.measured);
        }
        door
    }

    /// One way between a user and the load balancer that it came through. A user next to it is not far; one of another
    /// region comes over the internet, which is taken to be as long as the link between the clusters, without its jitter
    /// and whatever happens to that link.
    #[inline]
    pub(super) fn user_travel(&self, users: u8, door: u8) -> SimSpan {
        if users == door {
            return SimSpan::ZERO;
        }
        SimSpan::from_nanos(self.world.wire.link_rtt.nanos() / 2)
    }

    /// A user's own try, whose caller is no pod and no proxy.
    #[inline]
    pub(super) fn is_users(made: &Try) -> bool {
        made.proxy == NONE
    }
}
