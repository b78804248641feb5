//! What a prediction is compared with: the same run with the break in it, worked out ahead of the picture.

use crate::app::action::Failure;
use crate::mesh_view::{LoadTable, MeshView, figures};
use crate::sim::{Budget, Intervention, Progress, SimSpan, SimTime, Timeline};

use super::breaks::Spot;

/// From the break to the first second that counts, and on to the last. An ejection takes 30 s, so the second one is
/// not in it.
const SETTLES: SimSpan = SimSpan::from_seconds(15);
const MEASURED: SimSpan = SimSpan::from_seconds(10);
/// Events a frame, besides those of the picture.
const BUDGET: Budget = Budget(15_000);

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// The share of the region's calls to the service that stay in the region.
    Local,
    /// The share of all users' requests that end well.
    Success,
}

/// A run ahead of the one on show.
#[derive(Clone, Debug)]
pub struct Oracle {
    failure: Failure,
    spot: Spot,
    fork: Timeline,
    broken_at: SimTime,
    /// Good ones and all of them, up to the first second that counts.
    before: Option<(u64, u64)>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// In percent; `None` when nothing was called.
    pub percent: Option<f64>,
    pub why: String,
}

/// What will be done and what is asked, a sentence each; nothing for what is no break.
#[must_use]
pub fn question(failure: Failure, spot: &Spot) -> Option<(String, String)> {
    let Spot { region, service, pods, .. } = spot;
    let half = spot.half();
    let deed = match failure {
        Failure::Answer503 => {
            format!("{half} of {pods} {service} pods in {region} will answer 503 and stay ready.")
        }
        Failure::All503 => format!("All {pods} {service} pods in {region} will answer 503 and stay ready."),
        Failure::Errors => format!("Every {service} pod in {region} will answer 30 of 100 calls with 503."),
        Failure::Slow => format!("Every {service} pod in {region} will answer 500 ms later."),
        Failure::Refuse => format!("{half} of {pods} {service} pods in {region} will refuse connections."),
        Failure::NotReady => {
            format!(
                "{half} of {pods} {service} pods in {region} will fail their readiness probe and still serve."
            )
        }
        Failure::Crash => {
            format!("All {pods} {service} pods in {region} will crash, and be restarted after 10 s.")
        }
        Failure::Cut => {
            format!("The link between {region} and {} will lose everything.", spot.other.as_ref()?)
        }
        Failure::RegionDown => format!("All of {region} will be gone."),
        Failure::HealAll => return None,
    };
    let ask = match measure(failure) {
        Measure::Local => format!("How much of {region}'s calls to {service} stays local, 20 s later?"),
        Measure::Success => "How much of all users' requests ends well, 20 s later?".to_owned(),
    };
    Some((deed, ask))
}

const fn measure(failure: Failure) -> Measure {
    match failure {
        // With all of a service gone its callers fail too, and are left out before they call anything.
        Failure::All503 | Failure::Crash | Failure::Cut | Failure::RegionDown => Measure::Success,
        _ => Measure::Local,
    }
}

impl Oracle {
    /// Forks a run that stands just before the break.
    #[must_use]
    pub fn new(run: &Timeline, failure: Failure, spot: Spot, breaks: Intervention) -> Self {
        let mut fork = run.clone();
        let broken_at = breaks.at();
        fork.intervene(breaks);
        Self { failure, spot, fork, broken_at, before: None }
    }

    /// Works for one frame; once there is an answer, it and when it was broken.
    pub fn work(&mut self) -> Option<(SimTime, Answer)> {
        let mut budget = BUDGET;
        let settled = self.broken_at + SETTLES;
        if self.before.is_none() {
            if self.fork.advance(settled, &mut budget) == Progress::Behind {
                return None;
            }
            self.before = Some(self.counts());
        }
        if self.fork.advance(settled + MEASURED, &mut budget) == Progress::Behind {
            return None;
        }
        let ((good, all), (good_before, all_before)) = (self.counts(), self.before.unwrap_or_default());
        let all = all.saturating_sub(all_before);
        let good = good.saturating_sub(good_before);
        let percent = (all > 0).then(|| good as f64 / all as f64 * 100.0);
        Some((self.broken_at, Answer { percent, why: self.why() }))
    }

    fn counts(&self) -> (u64, u64) {
        let report = self.fork.report();
        match measure(self.failure) {
            Measure::Success => (report.requests.ok, report.requests.ok + report.requests.failed),
            Measure::Local => {
                let calls = report.calls.get(&self.spot.service).and_then(|by| by.get(&self.spot.region));
                calls.map_or((0, 0), |calls| {
                    (calls.to.get(&self.spot.region).copied().unwrap_or(0), calls.to.values().sum())
                })
            }
        }
    }

    /// One sentence, from what the proxies hold at the end.
    fn why(&self) -> String {
        let mut view = MeshView::default();
        self.fork.view(self.fork.now(), &mut view);
        let region = view.regions.iter().find(|region| region.name == self.spot.region);
        let table = region.and_then(|r| r.tables.iter().find(|table| table.service == self.spot.service));
        match (self.failure, table) {
            (Failure::Cut, _) => "Each region holds all that it calls, so little has to cross.".to_owned(),
            (Failure::RegionDown, _) => format!(
                "The mesh moves calls between services, not users: those of {} still arrive there.",
                self.spot.region
            ),
            (Failure::Errors, _) => {
                "Now and then five errors come in a row, and each proxy then ejects that pod for 30 s."
                    .to_owned()
            }
            (_, Some(table)) => reason(table, &self.spot),
            (_, None) => String::new(),
        }
    }
}

/// Why a table splits as it does.
fn reason(table: &LoadTable, spot: &Spot) -> String {
    let first = |list: &[u32]| list.first().copied().unwrap_or(0);
    let (healthy, total, load) = (first(&table.healthy), first(&table.total), first(&table.load_percent));
    let raised = figures::weighed(healthy, total).unwrap_or(0);
    let share = f64::from(healthy) * 100.0 / f64::from(total.max(1));
    let share = format!("{share:.*}", usize::from(share.fract() != 0.0));
    match (healthy, load) {
        (0, 0) if table.load_percent.iter().sum::<u32>() == 0 => "No pod is healthy anywhere.".to_owned(),
        (0, 0) => {
            let other = spot.other.as_deref().unwrap_or("the other region");
            format!(
                "None of {total} counts as healthy in {}, so the proxies send every call to {other}.",
                spot.region
            )
        }
        (_, 100) if healthy == total => {
            format!(
                "All {total} still count as healthy for the proxies of {}, so nothing is sent away.",
                spot.region
            )
        }
        (_, 100) if raised >= 100 => {
            format!(
                "{healthy} of {total} are healthy, each counts 1.4 times: {share} % × 1.4 is enough for all."
            )
        }
        (_, load) if raised == load => {
            format!(
                "{healthy} of {total} are healthy, and Envoy counts each 1.4 times: {share} % × 1.4 = {load} %."
            )
        }
        _ => format!("{healthy} of {total} are healthy here, and the proxies send {load} % to them."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(healthy: u32, load: u32) -> LoadTable {
        LoadTable {
            healthy: vec![healthy, 4],
            total: vec![4, 4],
            load_percent: vec![load, 100 - load],
            ..LoadTable::default()
        }
    }

    #[test]
    fn the_reason_shows_its_arithmetic_only_where_it_holds() {
        let spot = Spot::default();
        assert!(reason(&table(2, 70), &spot).contains("50 % × 1.4 = 70 %"));
        assert!(reason(&table(3, 100), &spot).contains("75 % × 1.4 is enough"));
        assert!(reason(&table(4, 100), &spot).contains("nothing is sent away"));
        assert!(reason(&table(0, 0), &spot).contains("every call to the other region"));
        assert!(!reason(&table(2, 50), &spot).contains("1.4"));
    }

    #[test]
    fn pictures_and_proxies_weigh_a_level_alike() {
        use crate::sim::policy::priority::{Level, OVERPROVISION_DEFAULT, Score};

        for (healthy, total) in (1..=12).flat_map(|total| (0..=total).map(move |healthy| (healthy, total))) {
            let level = Level { total, healthy, ..Level::default() };
            let score = Score::of(&level, OVERPROVISION_DEFAULT).healthy;
            assert_eq!(figures::weighed(healthy, total).map(|raised| raised.min(100)), Some(score));
        }
    }

    #[test]
    fn every_break_has_a_question() {
        let spot = Spot { other: Some("us-west-2".to_owned()), pods: 4, ..Spot::default() };
        for failure in Failure::ALL {
            assert_eq!(question(failure, &spot).is_some(), failure != Failure::HealAll);
        }
    }
}
