//! Envoy's table of loads: how much of the traffic each priority gets, in whole percent.
//!
//! All arithmetic truncates as Envoy's does (`load_balancer_impl.cc`: `recalculatePerPriorityState`, `distributeLoad`,
//! `recalculatePerPriorityPanic`), so the table agrees with a real proxy to the last percent.

mod level;

pub use level::{Level, LevelError};

/// Envoy's over-provisioning factor in percent: a level keeps all of its traffic down to 71.4 % healthy.
pub const OVERPROVISION_DEFAULT: u32 = 140;

/// Envoy's table of loads. One entry a priority in every list, 0 the most preferred; percentages are whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loads {
    /// Health scores, 0 to 100: over-provisioning × healthy ÷ hosts.
    pub health: Vec<u32>,
    /// The same for degraded hosts.
    pub degraded_health: Vec<u32>,
    /// Percent of all requests that go to healthy hosts of the level.
    pub healthy_load: Vec<u32>,
    /// Percent of all requests that go to degraded hosts of the level.
    pub degraded_load: Vec<u32>,
    /// Levels that use all of their hosts, whatever their health.
    pub panic: Vec<bool>,
    /// Every level is in panic: the hosts' number alone divides the traffic.
    pub total_panic: bool,
    /// The sum of all scores, capped at 100.
    pub normalized_total: u32,
}

/// Which hosts of the chosen level a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    Healthy,
    Degraded,
}

/// The table for these levels. `overprovision_percent` is 140 in Envoy; `panic_threshold_percent` 50 in Envoy, 0 from Istio.
#[must_use]
pub fn loads(levels: &[Level], overprovision_percent: u32, panic_threshold_percent: u32) -> Loads {
    let scores: Vec<Score> = levels.iter().map(|level| Score::of(level, overprovision_percent)).collect();
    loads_of_scores(levels, &scores, panic_threshold_percent)
}

/// What one level can take, in percent of the whole traffic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub healthy: u32,
    pub degraded: u32,
}

impl Score {
    /// The score of a level by its number of hosts.
    #[must_use]
    pub fn of(level: &Level, overprovision_percent: u32) -> Self {
        let hosts = u64::from(level.total.saturating_sub(level.excluded));
        Self::by_weight(level.healthy.into(), level.degraded.into(), hosts, overprovision_percent)
    }

    /// The score by sums of host weights (`weighted_priority_health`); `total` leaves the excluded hosts out.
    #[must_use]
    pub fn by_weight(healthy: u64, degraded: u64, total: u64, overprovision_percent: u32) -> Self {
        let score = |available: u64| {
            let raised = u128::from(overprovision_percent) * u128::from(available);
            raised.checked_div(total.into()).map_or(0, |percent| percent.min(100) as u32)
        };
        Self { healthy: score(healthy), degraded: score(degraded) }
    }
}

/// The table for levels whose scores are known already: other factors a level, or weights in place of counts.
#[must_use]
pub fn loads_of_scores(levels: &[Level], scores: &[Score], panic_threshold_percent: u32) -> Loads {
    let mut table = Loads {
        health: scores.iter().map(|score| score.healthy).collect(),
        degraded_health: scores.iter().map(|score| score.degraded).collect(),
        panic: vec![false; levels.len()],
        ..Loads::default()
    };
    table.normalized_total = normalized_total(scores);
    (table.healthy_load, table.degraded_load) = distribute(scores, table.normalized_total);
    if table.normalized_total < 100 {
        panic_step(&mut table, levels, panic_threshold_percent);
    }
    table
}

/// The sum of all scores, capped at 100.
pub(in crate::sim::policy) fn normalized_total(scores: &[Score]) -> u32 {
    let sum: u64 = scores.iter().map(|score| u64::from(score.healthy) + u64::from(score.degraded)).sum();
    sum.min(100) as u32
}

/// Hands out 100 percent: healthy hosts of every level before the first degraded one, left-over to the first that has any.
fn distribute(scores: &[Score], total: u32) -> (Vec<u32>, Vec<u32>) {
    let mut healthy = vec![0; scores.len()];
    let mut degraded = vec![0; scores.len()];
    if total == 0 {
        return (healthy, degraded);
    }
    let mut left = 100;
    let mut take = |score: u32| {
        let load = left.min(score * 100 / total);
        left -= load;
        load
    };
    for (load, score) in healthy.iter_mut().zip(scores) {
        *load = take(score.healthy);
    }
    for (load, score) in degraded.iter_mut().zip(scores) {
        *load = take(score.degraded);
    }
    if let Some(first) = scores.iter().position(|score| score.healthy > 0) {
        healthy[first] += left;
    } else if let Some(first) = scores.iter().position(|score| score.degraded > 0) {
        degraded[first] += left;
    }
    (healthy, degraded)
}

/// Too little is healthy: which levels use everything they have, and what if all do.
fn panic_step(table: &mut Loads, levels: &[Level], threshold_percent: u32) {
    for (panic, level) in table.panic.iter_mut().zip(levels) {
        *panic = in_panic(level, threshold_percent);
    }
    table.total_panic = !levels.is_empty() && table.panic.iter().all(|&panic| panic);
    if table.total_panic {
        table.healthy_load = loads_by_hosts(levels);
        table.degraded_load.fill(0);
    } else if table.normalized_total == 0 && !levels.is_empty() {
        // Bookkeeping, so that the shares add up: level 0 has nobody to take the request, and it fails at once.
        table.healthy_load[0] = 100;
    }
}

/// Fewer than `threshold_percent` of the hosts are available; a level without hosts has 0 % of them. The sum of two
/// quotients is Envoy's, rounding and all.
fn in_panic(level: &Level, threshold_percent: u32) -> bool {
    let hosts = f64::from(level.total.saturating_sub(level.excluded));
    let percent = |available: u32| if hosts > 0.0 { 100.0 * f64::from(available) / hosts } else { 0.0 };
    percent(level.healthy) + percent(level.degraded) < f64::from(threshold_percent.min(100))
}

/// Loads in total panic: by the number of hosts, excluded ones included.
fn loads_by_hosts(levels: &[Level]) -> Vec<u32> {
    let all: u64 = levels.iter().map(|level| u64::from(level.total)).sum();
    let share = |level: &Level| (100 * u64::from(level.total)).checked_div(all).unwrap_or(0) as u32;
    let mut loads: Vec<u32> = levels.iter().map(share).collect();
    let left = 100 - loads.iter().sum::<u32>();
    let first = levels.iter().position(|level| level.total > 0).unwrap_or(0);
    loads[first] += left;
    loads
}

/// The level and class for one request (Envoy's `choosePriority`): `hash` is a uniform draw.
///
/// ```
/// use eastwest::sim::policy::priority::{Availability, Level, choose, loads};
/// let half = Level { total: 4, healthy: 2, ..Level::default() };
/// let whole = Level { total: 4, healthy: 4, ..Level::default() };
/// let table = loads(&[half, whole], 140, 0);
/// assert_eq!(table.healthy_load, [70, 30]);
/// assert_eq!(choose(&table, 69), (0, Availability::Healthy));
/// assert_eq!(choose(&table, 70), (1, Availability::Healthy));
/// ```
#[must_use]
pub fn choose(loads: &Loads, hash: u64) -> (usize, Availability) {
    let draw = (hash % 100) as u32 + 1;
    let mut sum = 0;
    for (priority, load) in loads.healthy_load.iter().enumerate() {
        sum += load;
        if draw <= sum {
            return (priority, Availability::Healthy);
        }
    }
    for (priority, load) in loads.degraded_load.iter().enumerate() {
        sum += load;
        if draw <= sum {
            return (priority, Availability::Degraded);
        }
    }
    // Only an empty table sums to less than 100; it has nobody to send to either way.
    (0, Availability::Healthy)
}
