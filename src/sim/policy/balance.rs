//! Which host of the chosen set takes a request, and how zones share when each prefers its own.
//!
//! The pickers take uniform draws and return a position in the slice; `None` for an empty one. Source: Envoy's
//! `least_request_lb.cc`, `round_robin_lb.h` and `load_balancer_impl.cc`.

pub mod weighted;
mod zone;

pub use zone::{Zone, ZoneRouting, zone_routing};

use crate::sim::time::SimSpan;

/// Envoy's least request for hosts of equal weight: two random hosts, perhaps the same one twice, and of these the one
/// with fewer active requests; in a tie the first drawn.
#[must_use]
pub fn least_request(active: &[u32], draws: [u64; 2]) -> Option<usize> {
    let first = random(active.len(), draws[0])?;
    let second = random(active.len(), draws[1])?;
    Some(if active[second] < active[first] { second } else { first })
}

/// The same among `hosts` of a larger list, whose active requests `active` tells; returns the host, not its position.
#[must_use]
pub fn least_request_of<H: Copy>(hosts: &[H], active: impl Fn(H) -> u32, draws: [u64; 2]) -> Option<H> {
    let first = hosts[random(hosts.len(), draws[0])?];
    let second = hosts[random(hosts.len(), draws[1])?];
    Some(if active(second) < active(first) { second } else { first })
}

/// The next host in turn. `turn` belongs to one proxy and one set of hosts; Envoy starts it at a random number.
pub fn round_robin(hosts: usize, turn: &mut u64) -> Option<usize> {
    let host = random(hosts, *turn)?;
    *turn = turn.wrapping_add(1);
    Some(host)
}

/// Any host. The remainder favors low positions by less than one in 10^17 for any real number of hosts.
#[must_use]
pub fn random(hosts: usize, draw: u64) -> Option<usize> {
    draw.checked_rem(hosts as u64).map(|host| host as usize)
}

/// Settings of slow start: how a new host's weight grows. Istio calls it `warmup`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlowStart {
    pub window: SimSpan,
    /// 1 grows evenly; larger grows faster at first.
    pub aggression: f64,
    /// The least weight in percent; 10 in Envoy.
    pub min_weight_percent: f64,
}

/// What a host's weight is multiplied with at `age`, the time since it joined: from the least weight to 1.
#[must_use]
pub fn slow_start_factor(slow_start: &SlowStart, age: SimSpan) -> f64 {
    if age >= slow_start.window {
        return 1.0;
    }
    // Envoy counts whole milliseconds and takes a host of age 0 for one of 1 ms.
    let elapsed = SimSpan::from_millis(1).max(age);
    let time_factor = elapsed.nanos() as f64 / slow_start.window.nanos() as f64;
    let aggression = if slow_start.aggression > 0.0 { slow_start.aggression } else { 1.0 };
    let grown = if aggression == 1.0 { time_factor } else { libm::pow(time_factor, 1.0 / aggression) };
    grown.max(slow_start.min_weight_percent / 100.0)
}
