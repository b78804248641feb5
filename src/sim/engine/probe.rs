//! Deep health checks: requests like a user's, through the load balancer and all that it takes to answer.
//!
//! They are real: they wait in queues, are retried and eject pods like any other, and cost the region work. But no user
//! made them, so no report counts them; dice know them by numbers that users' requests never reach.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::policy::dns::{ANSWER_MAX, CONNECT_MAX};
use crate::sim::scenario::CheckDepth;
use crate::sim::world::{PROBES, Try};

impl Engine {
    /// Checkers that ask all the time begin, each in its own phase.
    pub(super) fn start_probes(&mut self) {
        if self.fixed.scenario.dns.check != CheckDepth::Deep {
            return;
        }
        let Some(route53) = &mut self.world.route53 else { return };
        for (region, record) in route53.records.iter_mut().enumerate().filter(|(_, record)| record.listed) {
            for (number, checker) in record.checkers.iter_mut().enumerate() {
                checker.asleep = false;
                let event = Event::Check { region: region as u8, checker: number as u8 };
                self.queue.schedule(checker.due, event);
            }
        }
    }

    /// A checker sends a request to a region's load balancer.
    pub(super) fn probe(&mut self, region: u8, checker: u8) {
        let Some(route53) = &mut self.world.route53 else { return };
        let asker = &mut route53.records[usize::from(region)].checkers[usize::from(checker)];
        asker.checks += 1;
        asker.waits = true;
        let check = asker.checks;
        let call = Try {
            request: PROBES | u64::from(region) << 48 | u64::from(checker) << 40 | u64::from(check),
            began: self.now,
            call: 1,
            service: self.fixed.scenario.entry.service as u16,
            region,
            ..Try::EMPTY
        };
        let connected = self.enter(call, region);
        let wait = if connected { ANSWER_MAX } else { CONNECT_MAX };
        self.queue.schedule(self.now + wait, Event::CheckLate { region, checker, check });
    }

    /// A checker's request has ended, perhaps long after it was given up.
    pub(super) fn probed(&mut self, request: u64, ok: bool) {
        let (region, checker, check) = ((request >> 48) as u8, (request >> 40) as u8, request as u32);
        self.probe_ended(region, checker, check, ok);
    }

    /// A checker waits no longer. What it asked for goes on, for nobody.
    pub(super) fn check_late(&mut self, region: u8, checker: u8, check: u32) {
        self.probe_ended(region, checker, check, false);
    }

    fn probe_ended(&mut self, region: u8, checker: u8, check: u32, ok: bool) {
        let Some(route53) = &mut self.world.route53 else { return };
        let asker = &mut route53.records[usize::from(region)].checkers[usize::from(checker)];
        if asker.waits && asker.checks == check {
            asker.waits = false;
            self.checked(region, checker, ok);
        }
    }
}
