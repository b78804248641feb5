//! How a lab begins: by itself, on home, or beside a text.

use std::collections::BTreeSet;
use std::time::Duration;

use super::failures::Kit;
use super::inspect::Inspect;
use super::run::Run;
use super::scene::Front;
use super::{Lab, compare};
use crate::app::manner::Manner;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::course::directive;
use crate::sim::{Intervention, SEED_DEFAULT, Scenario, Seed, SimSpan, SimTime};

/// The scenario of the lesson.
pub(super) const LESSON: &str = "two-regions";
const SEED: Seed = SEED_DEFAULT;
/// A mesh that has only just begun shows nothing yet.
const WARM: SimTime = SimTime::from_nanos(3_000_000_000);
/// What is played of a mesh beside a text before the first thing that is done to it.
const LEAD: SimSpan = SimSpan::from_seconds(2);
/// How long a mesh plays by itself.
pub const PLAYS: Duration = Duration::from_secs(10);

/// What the command line opens a lab with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// With its pattern and all that is set.
    pub scenario: Scenario,
    pub seed: Seed,
    pub interventions: Vec<Intervention>,
    /// It stands still here. Else it plays, from a little before the first thing that is done to it.
    pub stands: Option<SimTime>,
    /// The patterns side by side.
    pub compares: bool,
}

impl Lab {
    /// The lab by itself; it plays until somebody pauses it.
    #[must_use]
    pub fn open(parts: &Parts, now: Now, scenario: Option<&str>) -> Self {
        let mut lab = Self::of(known(parts, scenario.unwrap_or(LESSON)), SEED, Vec::new(), WARM, now);
        lab.play(now, None);
        lab.moved_as_wanted(parts.manner)
    }

    /// The lab as the command line asks for it.
    #[must_use]
    pub fn asked(parts: &Parts, now: Now, opening: Opening) -> Self {
        let start = opening.stands.unwrap_or_else(|| before_the_first(&opening.interventions));
        let mut lab = Self::of(opening.scenario, opening.seed, opening.interventions, start, now);
        if opening.stands.is_none() {
            lab.play(now, None);
        }
        if opening.compares {
            lab.compare_at(start, now);
        }
        lab.moved_as_wanted(parts.manner)
    }

    /// The mesh of the lesson as home shows it: small, and moving for a while.
    #[must_use]
    pub fn small(parts: &Parts, now: Now) -> Self {
        let mut lab = Self::of(known(parts, LESSON), SEED, Vec::new(), WARM, now);
        lab.play(now, Some(PLAYS));
        lab.follow(parts.manner);
        lab
    }

    /// The mesh that a lesson asks for, moving for a while; an error is one sentence for the author.
    pub fn embedded(parts: &Parts, now: Now, wanted: &directive::Lab) -> Result<Self, String> {
        let name = if wanted.scenario.is_empty() { LESSON } else { &wanted.scenario };
        let plain = find(parts, name).ok_or_else(|| format!("there is no scenario '{name}'"))?;
        let (scenario, log) = meant(wanted, plain)?;
        let start = before_the_first(&log);
        let mut lab = Self::of(scenario, SEED, log, start, now);
        lab.caption.clone_from(&wanted.caption);
        lab.beside = true;
        lab.play(now, Some(PLAYS));
        lab.follow(parts.manner);
        Ok(lab)
    }

    fn of(scenario: Scenario, seed: Seed, log: Vec<Intervention>, start: SimTime, now: Now) -> Self {
        let run = Run::new(scenario.clone(), seed, log, start, now.mono);
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
            slow_words: String::new(),
            touched: false,
            beside: false,
            compare: None,
            slo: compare::SLO_FIRST,
            front: Front::default(),
            words: None,
            manner: Manner::default(),
            inspect: Inspect::default(),
            kit: Kit::default(),
            rule: None,
            log_until: None,
        };
        lab.look();
        lab
    }
}

/// The scenario that a lesson asks for, with all that is set; an error is one sentence.
pub fn scenario(parts: &Parts, wanted: &directive::Lab) -> Result<Scenario, String> {
    let name = if wanted.scenario.is_empty() { LESSON } else { &wanted.scenario };
    let plain = find(parts, name).ok_or_else(|| format!("there is no scenario '{name}'"))?;
    Ok(meant(wanted, plain)?.0)
}

/// A moment from which what is done first happens in front of whoever looks.
fn before_the_first(log: &[Intervention]) -> SimTime {
    let first = log.iter().map(Intervention::at).min();
    first.map_or(WARM, |at| SimTime::from_nanos(at.nanos().saturating_sub(LEAD.nanos())))
}

/// The scenario as a lab wants it, and what is done to it; an error is one sentence.
pub fn meant(
    wanted: &directive::Lab,
    mut scenario: Scenario,
) -> Result<(Scenario, Vec<Intervention>), String> {
    if !wanted.pattern.is_empty() {
        scenario.set_pattern(wanted.pattern.parse()?);
    }
    for assignment in &wanted.set {
        scenario.set(assignment).map_err(|error| error.to_string())?;
    }
    scenario.validate().map_err(|error| error.to_string())?;
    let read = |text: &String| {
        let action: Intervention = text.parse().map_err(|error| format!("{error}"))?;
        scenario.check(&action).map_err(|error| error.to_string())?;
        Ok::<_, String>(action)
    };
    let log = wanted.actions.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok((scenario, log))
}

fn find(parts: &Parts, name: &str) -> Option<Scenario> {
    parts.scenarios.get(name).cloned().or_else(|| Scenario::shipped(name))
}

/// The scenario of the lesson.
pub fn lesson(parts: &Parts) -> Scenario {
    known(parts, LESSON)
}

/// A scenario by name; the lesson's where there is none of that name.
fn known(parts: &Parts, name: &str) -> Scenario {
    find(parts, name).or_else(|| Scenario::shipped(LESSON)).expect("the lesson's scenario is shipped")
}
