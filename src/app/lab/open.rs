//! How a lab begins: by itself, on home, or beside a text.

use std::collections::BTreeSet;
use std::time::Duration;

use super::inspect::Inspect;
use super::run::Run;
use super::{Lab, compare};
use crate::app::manner::Manner;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::course::directive;
use crate::sim::{Intervention, Scenario, Seed, SimSpan, SimTime};

/// The scenario of the lesson.
const LESSON: &str = "two-regions";
const SEED: Seed = Seed(7);
/// A mesh that has only just begun shows nothing yet.
const WARM: SimTime = SimTime::from_nanos(3_000_000_000);
/// What is played of a mesh beside a text before the first thing that is done to it.
const LEAD: SimSpan = SimSpan::from_seconds(2);
/// How long a mesh plays by itself.
pub const PLAYS: Duration = Duration::from_secs(10);

/// What a lab is opened with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// Scenario, pattern, keys and interventions.
    pub lab: directive::Lab,
}

impl Lab {
    /// The lab by itself; it plays until somebody pauses it.
    #[must_use]
    pub fn open(parts: &Parts, now: Now, scenario: Option<&str>) -> Self {
        let mut lab = Self::of(known(parts, scenario.unwrap_or(LESSON)), Vec::new(), WARM, now);
        lab.play(now, None);
        lab.moved_as_wanted(parts.manner)
    }

    /// The lab as the command line asks for it; an error is one sentence.
    pub fn asked(parts: &Parts, now: Now, opening: &Opening) -> Result<Self, String> {
        let mut lab = Self::embedded(parts, now, &opening.lab)?;
        lab.play(now, None);
        Ok(lab.moved_as_wanted(parts.manner))
    }

    /// The mesh of the lesson as home shows it: small, and moving for a while.
    #[must_use]
    pub fn small(parts: &Parts, now: Now) -> Self {
        let mut lab = Self::of(known(parts, LESSON), Vec::new(), WARM, now);
        lab.play(now, Some(PLAYS));
        lab.follow(parts.manner);
        lab
    }

    /// The mesh that a lesson asks for, moving for a while; an error is one sentence for the author.
    pub fn embedded(parts: &Parts, now: Now, wanted: &directive::Lab) -> Result<Self, String> {
        let name = if wanted.scenario.is_empty() { LESSON } else { &wanted.scenario };
        let mut scenario = find(parts, name).ok_or_else(|| format!("there is no scenario '{name}'"))?;
        if !wanted.pattern.is_empty() {
            scenario.set_pattern(wanted.pattern.parse()?);
        }
        for assignment in &wanted.set {
            scenario.set(assignment).map_err(|error| error.to_string())?;
        }
        let read = |text: &String| text.parse::<Intervention>().map_err(|error| error.to_string());
        let log = wanted.actions.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // So that what is done to it happens in front of the reader.
        let first = log.iter().map(Intervention::at).min();
        let start = first.map_or(WARM, |at| SimTime::from_nanos(at.nanos().saturating_sub(LEAD.nanos())));
        let mut lab = Self::of(scenario, log, start, now);
        lab.caption.clone_from(&wanted.caption);
        lab.beside = true;
        lab.play(now, Some(PLAYS));
        lab.follow(parts.manner);
        Ok(lab)
    }

    fn of(scenario: Scenario, log: Vec<Intervention>, start: SimTime, now: Now) -> Self {
        let run = Run::new(scenario.clone(), SEED, log, start, now.mono);
        let mut lab = Self {
            scenario,
            run,
            region: 0,
            row: 0,
            broken: Vec::new(),
            bet: None,
            asked: BTreeSet::new(),
            oracle: None,
            answer: None,
            verdict: None,
            caption: String::new(),
            touched: false,
            beside: false,
            compare: None,
            slo: compare::SLO_FIRST,
            words: None,
            manner: Manner::default(),
            inspect: Inspect::default(),
        };
        lab.look();
        lab
    }
}

fn find(parts: &Parts, name: &str) -> Option<Scenario> {
    parts.scenarios.get(name).cloned().or_else(|| Scenario::shipped(name))
}

/// A scenario by name; the lesson's where there is none of that name.
fn known(parts: &Parts, name: &str) -> Scenario {
    find(parts, name).or_else(|| Scenario::shipped(LESSON)).expect("the lesson's scenario is shipped")
}
