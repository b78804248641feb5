//! What a view sees of a try: where it starts, and where it goes.

use super::Engine;
use crate::mesh_view::{HopOutcome, PlaceId};
use crate::sim::proxy::Caller;
use crate::sim::sink::Hop;
use crate::sim::world::{PodId, Try, gateway_region};

impl Engine {
    /// The place of a pod or a gateway in a view: after the users of every region come the gateways, if calls go through
    /// any, and then the pods.
    fn place_of(&self, id: PodId) -> PlaceId {
        let regions = self.world.regions.len() as PlaceId;
        let gateways = if self.fixed.rules.reach.has_gateways() { regions } else { 0 };
        gateway_region(id).map_or(regions + gateways + id, |region| regions + PlaceId::from(region))
    }

    #[inline]
    pub(super) fn record_hop(&mut self, made: &Try) -> u64 {
        if !self.sink.hearing.hops {
            return 0;
        }
        if made.is_probe() && made.parent.is_none() {
            // Checkers stand nowhere in the picture.
            return u64::MAX;
        }
        let from = match self.world.proxies.get(usize::from(made.proxy)).map(|proxy| proxy.caller) {
            Some(Caller::Pod(pod)) => self.place_of(pod),
            Some(Caller::Client) | None => PlaceId::from(made.region),
        };
        self.sink.hop(Hop {
            request: made.request,
            attempt: made.attempt,
            from,
            to: self.place_of(made.pod),
            start: self.now,
            took: None,
            outcome: HopOutcome::Open,
            // A user who was sent to another region crosses too, though not over the link that is billed.
            crosses: self.region_of(made.pod) != made.region,
        })
    }
}
