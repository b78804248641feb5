//! What a prediction is compared with: the same run with the break in it, worked out ahead of the picture.

mod reason;

use crate::mesh_view::{MeshView, figures};
use crate::sim::{Budget, Intervention, Progress, Report, SimTime, Timeline};

use super::failures::Break;
use super::question::{Measure, Question};

/// Events a frame, besides those of the picture.
const BUDGET: Budget = Budget(15_000);

/// A run ahead of the one on show, and the same without the break where the two are compared.
#[derive(Clone, Debug)]
pub struct Oracle {
    failure: Break,
    question: Question,
    broken: Ahead,
    calm: Option<Ahead>,
    broken_at: SimTime,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the question asks for; `None` when there was nothing to measure.
    pub number: Option<f64>,
    /// The same in words.
    pub came: String,
    /// One sentence.
    pub why: String,
}

/// A copy of the run, and what it had counted when it was copied and at the first moment that counts.
#[derive(Clone, Debug)]
struct Ahead {
    run: Timeline,
    started: Box<MeshView>,
    before: Option<Report>,
}

impl Ahead {
    fn new(run: Timeline) -> Self {
        let mut started = Box::new(MeshView::default());
        run.view(run.now(), &mut started);
        Self { run, started, before: None }
    }

    /// Goes on as far as the budget allows; says whether it is there.
    fn work(&mut self, (from, to): (SimTime, SimTime), budget: &mut Budget) -> bool {
        if self.before.is_none() {
            if self.run.advance(from, budget) == Progress::Behind {
                return false;
            }
            self.before = Some(self.run.report());
            self.run.forget_latency();
        }
        self.run.advance(to, budget) == Progress::Reached
    }

    fn counted(&self) -> Option<Counted> {
        Some(Counted { before: self.before.clone()?, after: self.run.report() })
    }
}

/// What was counted between two moments.
#[derive(Clone, Debug)]
struct Counted {
    before: Report,
    after: Report,
}

impl Counted {
    fn between(&self, count: impl Fn(&Report) -> u64) -> u64 {
        count(&self.after).saturating_sub(count(&self.before))
    }

    fn ok(&self) -> u64 {
        self.between(|report| report.requests.ok)
    }

    fn failed(&self) -> u64 {
        self.between(|report| report.requests.failed)
    }

    fn issued(&self) -> u64 {
        self.between(|report| report.requests.issued)
    }

    fn lost(&self) -> u64 {
        self.between(|report| report.data.writes_lost.unwrap_or(0))
    }

    fn stale(&self) -> u64 {
        self.between(|report| report.data.stale_reads.unwrap_or(0))
    }

    /// Of users' requests that ended in between.
    fn p99(&self) -> Option<f64> {
        self.after.latency_ms.p99
    }

    /// Writes of `DynamoDB` on their way at the end.
    fn waiting(&self) -> u64 {
        let stores = self.after.data.dynamodb.iter().flat_map(|store| store.regions.values());
        stores.map(|replica| replica.pending).sum()
    }

    /// Calls of a region to a service: those that stayed in the region, and all.
    fn calls(&self, region: &str, service: &str) -> (u64, u64) {
        let sum = |report: &Report, near: bool| -> u64 {
            let calls = report.calls.get(service).and_then(|by| by.get(region));
            calls.map_or(0, |calls| {
                calls.to.iter().filter(|(to, _)| !near || *to == region).map(|(_, count)| count).sum()
            })
        };
        (self.between(|report| sum(report, true)), self.between(|report| sum(report, false)))
    }
}

impl Oracle {
    /// Forks a run that stands just before the break.
    #[must_use]
    pub fn new(run: &Timeline, failure: Break, question: Question) -> Self {
        let mut broken = run.clone();
        broken.intervene(failure.done.clone());
        let calm = |mut calm: Timeline| {
            calm.drop_ahead();
            calm
        };
        Self::between(run, broken, calm, failure, question)
    }

    /// The same for a run to which more is done, before and after: `log` is all of it, with the break.
    #[must_use]
    pub fn staged(run: &Timeline, log: Vec<Intervention>, failure: Break, question: Question) -> Self {
        let mut broken = run.clone();
        broken.rewrite(log);
        Self::between(run, broken, |calm| calm, failure, question)
    }

    fn between(
        run: &Timeline,
        broken: Timeline,
        calm: impl FnOnce(Timeline) -> Timeline,
        failure: Break,
        question: Question,
    ) -> Self {
        let broken_at = run.now();
        let compares = matches!(question.measure, Measure::Slower | Measure::Stale);
        let calm = compares.then(|| Ahead::new(calm(run.clone())));
        let mut broken = Ahead::new(broken);
        run.view(broken_at, &mut broken.started);
        Self { failure, question, broken, calm, broken_at }
    }

    /// Works for one frame; once there is an answer, it and when it was broken.
    pub fn work(&mut self) -> Option<(SimTime, Answer)> {
        let mut budget = BUDGET;
        let from = self.broken_at + self.question.window.settles;
        let span = (from, from + self.question.window.measured);
        let done = self.broken.work(span, &mut budget)
            && self.calm.as_mut().is_none_or(|calm| calm.work(span, &mut budget));
        done.then(|| (self.broken_at, self.answer()))
    }

    fn answer(&self) -> Answer {
        let number = self.number();
        Answer { number, came: number.map_or_else(String::new, |number| self.came(number)), why: self.why() }
    }

    fn number(&self) -> Option<f64> {
        let counted = self.broken.counted()?;
        match &self.question.measure {
            Measure::Local { region, service } => {
                let (near, all) = counted.calls(region, service);
                percent(near, all)
            }
            Measure::Success => percent(counted.ok(), counted.ok() + counted.failed()),
            Measure::Failing => percent(counted.failed(), counted.ok() + counted.failed()),
            Measure::Answered => percent(counted.ok().min(counted.issued()), counted.issued()),
            Measure::Listed { region, service } => {
                let (had, has) = self.listed(region, service);
                percent(has, had)
            }
            Measure::Lost => Some(counted.lost() as f64),
            Measure::Waiting => Some(counted.waiting() as f64),
            Measure::Slower => {
                let calm = self.calm.as_ref()?.counted()?.p99()?;
                Some(counted.p99()? / calm)
            }
            Measure::Stale => {
                let calm = self.calm.as_ref()?.counted()?.stale();
                Some(times(counted.stale(), calm))
            }
        }
    }

    fn came(&self, number: f64) -> String {
        match self.question.measure {
            Measure::Slower | Measure::Stale if number.is_infinite() => "many times".to_owned(),
            Measure::Slower | Measure::Stale => format!("{number:.1} times"),
            Measure::Lost | Measure::Waiting => format!("{number:.0}"),
            Measure::Failing => format!("{number:.2} %"),
            _ => figures::percent(number, 1),
        }
    }

    /// Endpoints of a service that a region's proxies had and have in their lists.
    fn listed(&self, region: &str, service: &str) -> (u64, u64) {
        let count = |view: &MeshView| -> u64 {
            let tables = view.regions.iter().filter(|known| known.name == region).flat_map(|r| &r.tables);
            let table = tables.filter(|table| table.service == service);
            table.flat_map(|table| &table.total).copied().map(u64::from).sum()
        };
        let mut view = MeshView::default();
        self.broken.run.view(self.broken.run.now(), &mut view);
        (count(&self.broken.started), count(&view))
    }
}

fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64 * 100.0)
}

/// How many times as many; nothing and nothing is as many.
fn times(many: u64, of: u64) -> f64 {
    match (many, of) {
        (0, 0) => 1.0,
        (_, 0) => f64::INFINITY,
        _ => many as f64 / of as f64,
    }
}
