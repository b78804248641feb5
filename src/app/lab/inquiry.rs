//! What a mesh on a stage is asked about a failure, and what will come of it: worked out on a copy of its run, from a
//! moment that does not depend on who works it out or when.

use super::Lab;
use super::failures::Break;
use super::oracle::{Answer, Oracle};
use super::question::Question;
use crate::sim::{Budget, Intervention, Progress, SimTime, Timeline};

/// Events a frame on the way to the moment of the failure.
const BUDGET: Budget = Budget(20_000);

/// A failure, and all else that is done to the mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `--do` words without a time.
    pub what: String,
    /// Where it strikes; `None` while nobody has said so.
    pub strike: Option<Strike>,
}

/// A failure's moment among what is done to a mesh, in `--do` words with times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// In milliseconds of the mesh's time.
    pub at: u64,
    /// All that is done but the failure.
    pub without: Vec<String>,
    /// All that is done.
    pub with: Vec<String>,
}

/// A question and the way to its answer.
#[derive(Debug)]
pub struct Inquiry {
    cause: Cause,
    question: Question,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// It has not struck.
    Waits,
    /// To the moment at which it strikes.
    Forks(Box<Fork>),
    Runs(Box<Oracle>),
    Known(Answer),
}

#[derive(Debug)]
struct Fork {
    run: Timeline,
    at: SimTime,
    with: Vec<Intervention>,
    failure: Break,
}

impl Inquiry {
    /// Begins; `None` while the mesh is on its way to the moment on show, and for what breaks nothing there.
    #[must_use]
    pub fn begin(lab: &Lab, cause: &Cause) -> Option<Self> {
        if lab.run.is_on_its_way() {
            return None;
        }
        let failure = Break::read(&cause.what, &lab.scenario).ok()?;
        let question = Question::of(&failure, lab.run.timeline());
        let way = match &cause.strike {
            None => Way::Waits,
            Some(strike) => {
                let mut run = lab.run.timeline().clone();
                run.rewrite(read(&strike.without));
                let at = SimTime::from_nanos(strike.at.saturating_mul(1_000_000));
                Way::Forks(Box::new(Fork { run, at, with: read(&strike.with), failure }))
            }
        };
        Some(Self { cause: cause.clone(), question, way })
    }

    #[must_use]
    pub const fn cause(&self) -> &Cause {
        &self.cause
    }

    #[must_use]
    pub const fn question(&self) -> &Question {
        &self.question
    }

    /// What came of it, once it is known.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        match &self.way {
            Way::Known(answer) => Some(answer),
            _ => None,
        }
    }

    /// There is something left to work out.
    #[must_use]
    pub const fn works(&self) -> bool {
        matches!(self.way, Way::Forks(_) | Way::Runs(_))
    }

    /// Works for one frame.
    pub fn work(&mut self) {
        let next = match &mut self.way {
            Way::Waits | Way::Known(_) => return,
            Way::Forks(fork) => {
                let mut budget = BUDGET;
                if fork.run.seek(fork.at, &mut budget) == Progress::Behind {
                    return;
                }
                let with = std::mem::take(&mut fork.with);
                let oracle = Oracle::staged(&fork.run, with, fork.failure.clone(), self.question.clone());
                Way::Runs(Box::new(oracle))
            }
            Way::Runs(oracle) => match oracle.work() {
                Some((_, answer)) => Way::Known(answer),
                None => return,
            },
        };
        self.way = next;
    }
}

/// What was checked before it came this far.
fn read(words: &[String]) -> Vec<Intervention> {
    words.iter().filter_map(|words| words.parse().ok()).collect()
}
