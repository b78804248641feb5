//! The data stores as places: one of each kind in each region.

use crate::mesh_view::{MeshView, Place, PlaceKind, PlaceState};
use crate::sim::engine::Engine;
use crate::sim::scenario::Step;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::Stream;

/// Adds the stores that some service calls, Aurora's first.
pub(super) fn places(engine: &Engine, shown: SimTime, view: &mut MeshView) {
    let stores =
        [(PlaceKind::Aurora, Step::Aurora, "aurora"), (PlaceKind::DynamoDb, Step::DynamoDb, "dynamodb")];
    for (kind, step, name) in stores {
        if !engine.world().services.iter().any(|service| service.steps.contains(&step)) {
            continue;
        }
        for region in 0..engine.world().regions.len() as u8 {
            let (service, name) = (name.to_owned(), name.to_owned());
            let place = Place { kind, region, service, name, ..Place::default() };
            view.places.push(if kind == PlaceKind::Aurora {
                aurora(engine, place, shown)
            } else {
                dynamodb(engine, place, shown)
            });
        }
    }
}

fn aurora(engine: &Engine, place: Place, shown: SimTime) -> Place {
    let region = place.region;
    let world = engine.world();
    let aurora = &world.stores.aurora;
    let writer = aurora.writer == region;
    let stream = &aurora.streams[usize::from(region)];
    let down =
        world.regions[usize::from(region)].down || (writer && aurora.instance_down[usize::from(region)]);
    let late = !writer && (stream.is_stalled() || aurora.extra_lag > SimSpan::ZERO);
    let lag_ms = (!writer).then(|| lag(stream, shown));
    Place { state: state(down, late), lag_ms, writer, ..place }
}

fn dynamodb(engine: &Engine, place: Place, shown: SimTime) -> Place {
    let region = place.region;
    let world = engine.world();
    let dynamodb = &world.stores.dynamodb;
    let others = (0..world.regions.len() as u8).filter(|&other| other != region);
    let streams: Vec<&Stream> = others.map(|from| dynamodb.stream(from, region)).collect();
    let late = streams.iter().any(|stream| stream.is_stalled()) || dynamodb.extra_lag > SimSpan::ZERO;
    let lag_ms = streams.iter().map(|stream| lag(stream, shown)).reduce(f64::max);
    Place { state: state(world.regions[usize::from(region)].down, late), lag_ms, ..place }
}

fn state(down: bool, late: bool) -> PlaceState {
    match (down, late) {
        (true, _) => PlaceState::Down,
        (false, true) => PlaceState::Slow,
        (false, false) => PlaceState::Healthy,
    }
}

/// Milliseconds since the oldest write was committed that has not arrived.
fn lag(stream: &Stream, shown: SimTime) -> f64 {
    stream.oldest().map_or(0.0, |oldest| shown.since(oldest).as_millis_f64())
}
