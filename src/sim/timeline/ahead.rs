//! A look ahead: the next request somewhere, followed to its end on a copy of the run. The run itself stays where it is.
//!
//! What happens ahead is what will happen, unless somebody does something before: the same engine, and the
//! interventions that are still to come.

use super::Timeline;
use crate::mesh_view::{Nanos, PlaceId, TraceLeg, TraceView};
use crate::sim::engine::{Budget, Engine, Progress};
use crate::sim::intervention::Intervention;
use crate::sim::sink::Hearing;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::trace::words::conclusion;
use crate::sim::trace::{TraceHop, TraceKind};
use crate::sim::world::PROBES;

/// A request that does not begin within this is not waited for.
const LOOK: SimSpan = SimSpan::from_seconds(10);
/// A request that has not ended after this is left open.
const FOLLOW: SimSpan = SimSpan::from_seconds(60);
/// Hops are looked through this often; they are kept longer.
const STEP: SimSpan = SimSpan::from_millis(20);
const STEP_MAX: SimSpan = SimSpan::from_seconds(1);
/// Events on the way, so that a mesh in which calls pile up does not hold anybody up.
const EVENTS: u32 = 400_000;
/// Users of several regions can come at one instant.
const TOGETHER_MAX: u64 = 8;

/// A copy of a run that goes on by itself.
struct Ahead<'a> {
    engine: Engine,
    to_come: &'a [Intervention],
    budget: Budget,
}

impl Timeline {
    /// The next request numbered `least` or later that the users, pod or gateway at a place take part in, followed to
    /// its end. `None` if none does within 10 s. For a data store ask for a pod that calls it.
    pub fn trace_next(&self, place: PlaceId, least: u64) -> Option<TraceView> {
        let least = least.max(self.engine.issued());
        if usize::from(place) < self.engine.world().regions.len() {
            return self.next_of_users(usize::from(place), least);
        }
        let request = self.next_at(place, least)?;
        self.followed(request)
    }

    fn ahead(&self, hearing: Hearing) -> Ahead<'_> {
        let mut engine = self.engine.clone();
        engine.forget_told();
        engine.hear(hearing);
        Ahead { engine, to_come: &self.log[self.applied..], budget: Budget(EVENTS) }
    }

    /// Users of other regions may come at the same instant, so it is looked where the request began.
    fn next_of_users(&self, region: usize, least: u64) -> Option<TraceView> {
        let mut ahead = self.ahead(Hearing::NOTHING);
        let end = self.now() + LOOK;
        let from = format!("{}/users", self.scenario().regions[region].name);
        while let Some(at) = ahead.engine.next_arrival(region).filter(|at| *at <= end) {
            let first = ahead.engine.issued();
            if !ahead.run_to(at) {
                return None;
            }
            let end_of_these = ahead.engine.issued();
            let come = (first..end_of_these).rev().take(TOGETHER_MAX as usize).collect::<Vec<_>>();
            for request in come.into_iter().rev().filter(|request| *request >= least) {
                let hops = self.follow(request);
                if hops.first().is_some_and(|hop| hop.from == from) {
                    return Some(told(request, &hops));
                }
            }
        }
        None
    }

    fn next_at(&self, place: PlaceId, least: u64) -> Option<u64> {
        let mut ahead = self.ahead(Hearing { hops: true, ..Hearing::NOTHING });
        let end = self.now() + LOOK;
        let mut step = STEP;
        while ahead.engine.now() < end {
            let to = (ahead.engine.now() + step).min(end);
            let whole = ahead.run_to(to);
            let (_, hops) = ahead.engine.sink().hops();
            let found = hops
                .iter()
                .find(|hop| (hop.to == place || hop.from == place) && (least..PROBES).contains(&hop.request));
            if let Some(hop) = found {
                return Some(hop.request);
            }
            if !whole {
                return None;
            }
            step = step.times(2).min(STEP_MAX);
        }
        None
    }

    fn followed(&self, request: u64) -> Option<TraceView> {
        let hops = self.follow(request);
        (!hops.is_empty()).then(|| told(request, &hops))
    }

    /// All that is done for a request, until nobody works on it any more.
    fn follow(&self, request: u64) -> Vec<TraceHop> {
        let mut ahead = self.ahead(Hearing { trace: Some(request), ..Hearing::NOTHING });
        let end = self.now() + FOLLOW;
        let mut step = STEP;
        while ahead.engine.now() < end {
            let to = (ahead.engine.now() + step).min(end);
            if !ahead.run_to(to) || (ahead.engine.issued() > request && !ahead.engine.is_open(request)) {
                break;
            }
            step = step.times(2).min(STEP_MAX);
        }
        ahead.engine.take_trace()
    }
}

impl Ahead<'_> {
    /// Whether it came there.
    fn run_to(&mut self, to: SimTime) -> bool {
        while let Some((next, later)) = self.to_come.split_first().filter(|(next, _)| next.at() <= to) {
            if self.engine.run_until(next.at(), &mut self.budget) == Progress::Behind {
                return false;
            }
            self.engine.intervene_now(next);
            self.to_come = later;
        }
        self.engine.run_until(to, &mut self.budget) == Progress::Reached
    }
}

fn told(request: u64, hops: &[TraceHop]) -> TraceView {
    TraceView {
        request,
        began: hops.iter().map(|hop| hop.start.nanos()).min().unwrap_or_default(),
        legs: hops.iter().map(leg).collect(),
        conclusion: conclusion(hops, "within a minute"),
    }
}

fn leg(hop: &TraceHop) -> TraceLeg {
    let is_try = hop.kind == TraceKind::Try;
    let code = hop.outcome.as_deref().map(|word| word.parse::<u16>().is_ok_and(|code| code < 500));
    TraceLeg {
        start: hop.start.nanos(),
        took: hop.took.map(|took| -> Nanos { took.nanos() }),
        depth: hop.depth,
        way: hop.way(),
        attempt: is_try.then_some(hop.attempt),
        priority: hop.priority_words(),
        outcome: hop.outcome_words(),
        failed: is_try && code == Some(false),
    }
}
