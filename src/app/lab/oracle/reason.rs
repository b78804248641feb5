//! Why it came out as it did: one sentence, with the arithmetic of the run.

use super::{Counted, Oracle};
use crate::app::lab::failures::Kind;
use crate::app::lab::question::Measure;
use crate::mesh_view::{LoadTable, MeshView, figures};
use crate::sim::{Effect, Report};

impl Oracle {
    /// One sentence, from what was counted and what the proxies hold at the end.
    pub(super) fn why(&self) -> String {
        let Some(counted) = self.broken.counted() else { return String::new() };
        let (kind, effect) = (self.failure.kind, self.failure.done.effect());
        match &self.question.measure {
            Measure::Local { region, service } => {
                let (near, all) = counted.calls(region, service);
                let whole = near == all;
                if matches!(effect, Effect::Errors(_)) && !whole {
                    return "Now and then five errors come in a row, and each proxy then ejects that pod for 30 s."
                        .to_owned();
                }
                // Where many callers are gone, or the split changes within the window, a table at its end explains nothing.
                let split = self.split(region, service);
                let says_all = split.ends_with("nothing is sent away.");
                let fits = !split.is_empty() && (whole || !says_all);
                if fits { split } else { format!("{near} of {all} calls stayed in {region}.") }
            }
            Measure::Success if kind == Kind::Link => {
                "Each region holds all that it calls, so little has to cross.".to_owned()
            }
            Measure::Success if kind == Kind::Region => format!(
                "The mesh moves calls between services, not users: those of {} still arrive there.",
                self.failure.done.target()
            ),
            Measure::Success if kind == Kind::Service => {
                let target = self.failure.done.target().to_string();
                let (region, service) = target.split_once('/').unwrap_or((&target, ""));
                let split = self.split(region, service);
                if split.is_empty() { self.ended(&counted) } else { split }
            }
            Measure::Success | Measure::Failing => self.ended(&counted) + &self.crossed(&counted),
            Measure::Answered => format!(
                "{} came and {} were answered well; {} hang, for a call without a timeout waits as long as its caller.",
                counted.issued(),
                counted.ok(),
                counted.after.requests.open
            ),
            Measure::Listed { region, service } => self.list(region, service),
            Measure::Slower => self.slower(&counted) + &self.crossed(&counted),
            Measure::Lost => lost(&counted),
            Measure::Stale => self.stale(&counted),
            Measure::Waiting => self.waiting(&counted),
        }
    }

    /// What a region's proxies hold, and the sum behind it; empty where nobody there calls the service.
    fn split(&self, region: &str, service: &str) -> String {
        let mut view = MeshView::default();
        self.broken.run.view(self.broken.run.now(), &mut view);
        let other = view.regions.iter().find(|known| known.name != region);
        let other = other.map_or("the other region", |other| other.name.as_str());
        let here = view.regions.iter().find(|known| known.name == region);
        let table = here.and_then(|here| here.tables.iter().find(|table| table.service == service));
        table.map_or_else(String::new, |table| reason(table, region, other))
    }

    fn ended(&self, counted: &Counted) -> String {
        let (failed, all) = (counted.failed(), counted.ok() + counted.failed());
        let span = self.question.window.measured.as_millis_f64() / 1000.0;
        format!("{failed} of the {all} requests that ended in {span} s failed.")
    }

    /// Of a link or a gateway: how many calls there were for it to harm.
    fn crossed(&self, counted: &Counted) -> String {
        if !matches!(self.failure.kind, Kind::Link | Kind::OneWay | Kind::Gateway) {
            return String::new();
        }
        let calls = counted.between(|report| report.cross_region.calls);
        format!(" {calls} calls between services crossed.")
    }

    fn list(&self, region: &str, service: &str) -> String {
        let (had, has) = self.listed(region, service);
        let told = "a proxy keeps what it was told last, and calls need no istiod";
        if has == had {
            return format!("{has} of {had} {service} endpoints are listed in {region}: {told}.");
        }
        format!(
            "{has} of {had} {service} endpoints are left in {region}: istiod took the rest out of the lists."
        )
    }

    fn slower(&self, counted: &Counted) -> String {
        let ms = |ms: Option<f64>| ms.map_or_else(|| "unknown".to_owned(), figures::millis);
        let calm = self.calm.as_ref().and_then(super::Ahead::counted);
        format!("p99 is {} instead of {}.", ms(counted.p99()), ms(calm.and_then(|calm| calm.p99())))
    }

    fn stale(&self, counted: &Counted) -> String {
        let calm = self.calm.as_ref().and_then(super::Ahead::counted).map_or(0, |calm| calm.stale());
        format!("{} reads met an old row instead of {calm}.", counted.stale())
    }

    fn waiting(&self, counted: &Counted) -> String {
        let stores = |report: &Report| -> u64 {
            report.data.dynamodb.iter().flat_map(|store| store.regions.values()).map(|r| r.committed).sum()
        };
        let span = self.question.window.measured.as_millis_f64() / 1000.0;
        let rate = counted.between(stores) as f64 / span.max(f64::MIN_POSITIVE);
        format!("{rate:.1} writes a second, times the seconds that each is on its way.")
    }
}

fn lost(counted: &Counted) -> String {
    let writer = |report: &Report| report.data.aurora.as_ref().map(|aurora| aurora.writer.clone());
    let (was, is) = (writer(&counted.before), writer(&counted.after));
    let name = is.clone().unwrap_or_default();
    match (counted.lost(), was == is) {
        (0, true) => format!("{name} is still the writer."),
        (0, false) => format!("Nothing was missing in {name} when it took over."),
        (lost, _) => {
            let rpo = counted.after.data.rpo_ms.map(|ms| figures::millis(ms as f64));
            let rpo = rpo.map_or_else(String::new, |rpo| format!(": the last {rpo} of the old writer"));
            format!("{lost} commits had not come to {name} when it took over{rpo}.")
        }
    }
}

/// Why a table splits as it does.
fn reason(table: &LoadTable, here: &str, other: &str) -> String {
    let first = |list: &[u32]| list.first().copied().unwrap_or(0);
    let (healthy, total, load) = (first(&table.healthy), first(&table.total), first(&table.load_percent));
    let raised = figures::weighed(healthy, total).unwrap_or(0);
    let share = f64::from(healthy) * 100.0 / f64::from(total.max(1));
    let share = format!("{share:.*}", usize::from(share.fract() != 0.0));
    match (healthy, load) {
        (0, 0) if table.load_percent.iter().sum::<u32>() == 0 => "No pod is healthy anywhere.".to_owned(),
        (0, 0) => {
            format!("None of {total} counts as healthy in {here}, so the proxies send every call to {other}.")
        }
        (_, 100) if healthy == total => {
            format!("All {total} still count as healthy for the proxies of {here}, so nothing is sent away.")
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
        let of = |healthy, load| reason(&table(healthy, load), "us-east-1", "us-west-2");
        assert!(of(2, 70).contains("50 % × 1.4 = 70 %"));
        assert!(of(3, 100).contains("75 % × 1.4 is enough"));
        assert!(of(4, 100).contains("nothing is sent away"));
        assert!(of(0, 0).contains("every call to us-west-2"));
        assert!(!of(2, 50).contains("1.4"));
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
}
