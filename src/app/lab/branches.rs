//! What was done to a run, so that all of it can be taken back and done again: failures, rules, patterns, and the
//! branches that were left when something was done in the past.
//!
//! ```text
//!   0 s ──── 503 ────────── heal ──────► 60 s     the old branch, kept in the deed
//!               └─ cut ───► 31 s                  what was done at 20 s instead
//! ```
//!
//! A deed keeps what it changed and nothing else: the ends of two lists, and assignments. No engine is kept; the run is
//! had again from a checkpoint, or from its start where rules changed.

use crate::sim::{Intervention, Pattern, Scenario, SimTime, Timeline};

/// Where a run stands: its rules, all that was and will be done in it, the moment on show and the newest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub rules: Rules,
    pub log: Vec<Intervention>,
    pub at: SimTime,
    pub newest: SimTime,
}

/// What was set in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub pattern: Pattern,
    /// `KEY=VALUE`, in order.
    pub changes: Vec<String>,
}

/// Where to go when something is taken back or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What it was, for a sentence: `us-east-1/payment 503`, `mesh.lb=random`.
    pub what: String,
    pub rules: Rules,
    pub log: Vec<Intervention>,
    pub at: SimTime,
    pub newest: SimTime,
}

/// One thing that was done.
#[derive(Clone, Debug)]
struct Deed {
    /// Before and after, if it changed them.
    rules: Option<(Rules, Rules)>,
    /// How much of the log it left alone, and what follows that before and after.
    kept: usize,
    before: Vec<Intervention>,
    after: Vec<Intervention>,
    /// When it was done, where it was done in the past and so left a branch.
    left_at: Option<SimTime>,
    /// The newest moment seen before it was done.
    newest: SimTime,
    /// Where one was when it was taken back: moment and newest.
    leaves: Option<(SimTime, SimTime)>,
}

/// What was done, the last one last, and what was taken back of it.
#[derive(Clone, Debug, Default)]
pub struct Branches {
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

impl Rules {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self { pattern: scenario.pattern(), changes: scenario.changes().to_vec() }
    }

    /// The scenario with these and no others. They went together once, so they do now; else it stays as it is.
    #[must_use]
    pub fn put_into(&self, scenario: &Scenario) -> Scenario {
        let changes = self.changes.iter().map(String::as_str);
        let mut next = scenario.changed(changes).unwrap_or_else(|_| scenario.clone());
        next.set_pattern(self.pattern);
        next
    }

    /// What these have that others have not, for a sentence.
    fn but(&self, others: &Self) -> String {
        if self.pattern != others.pattern {
            let index = Pattern::ALL.iter().position(|pattern| *pattern == self.pattern).unwrap_or(0);
            return format!("pattern {}, {}", index + 1, self.pattern);
        }
        let new = |change: &&String| !others.changes.contains(change);
        let mut new: Vec<&str> = self.changes.iter().filter(new).map(String::as_str).collect();
        let rest = new.len().saturating_sub(3);
        new.truncate(3);
        match (new.is_empty(), rest) {
            (true, _) => "a rule back to its default".to_owned(),
            (false, 0) => new.join(" "),
            (false, rest) => format!("{} and {rest} more", new.join(" ")),
        }
    }
}

impl Here {
    #[must_use]
    pub fn of(timeline: &Timeline, at: SimTime, newest: SimTime) -> Self {
        Self { rules: Rules::of(timeline.scenario()), log: timeline.log().to_vec(), at, newest }
    }
}

impl Deed {
    /// `None` where nothing was done.
    fn between(before: &Here, after: &Here) -> Option<Self> {
        let kept = before.log.iter().zip(&after.log).take_while(|(one, other)| one == other).count();
        let end = |log: &[Intervention]| log.get(kept..).unwrap_or_default().to_vec();
        let deed = Self {
            rules: (before.rules != after.rules).then(|| (before.rules.clone(), after.rules.clone())),
            kept,
            before: end(&before.log),
            after: end(&after.log),
            left_at: (before.log != after.log && before.at < before.newest).then_some(before.at),
            newest: before.newest,
            leaves: None,
        };
        (deed.rules.is_some() || before.log != after.log).then_some(deed)
    }

    fn what(&self) -> String {
        match (&self.rules, self.after.first()) {
            (Some((before, after)), _) => after.but(before),
            (None, Some(done)) => done.words(),
            (None, None) => "what was to come".to_owned(),
        }
    }
}

impl Branches {
    /// Notes what led from one state to another. What was taken back before is gone then.
    pub fn did(&mut self, before: &Here, after: &Here) {
        if let Some(deed) = Deed::between(before, after) {
            self.done.push(deed);
            self.undone.clear();
        }
    }

    /// Whether there is anything to take back.
    #[must_use]
    pub fn can_undo(&self, here: &Here) -> bool {
        !self.done.is_empty() || last_done(here).is_some()
    }

    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes back what was done last; or, where nobody did anything yet, what a script has done so far. What a deed in
    /// the past cut off is ahead again, and one is where one did it.
    pub fn undo(&mut self, here: &Here) -> Option<Turn> {
        let mut deed = self.done.pop().or_else(|| scripted(here))?;
        let log = joined(&here.log, deed.kept, &deed.before);
        let rules = deed.rules.as_ref().map_or(&here.rules, |(before, _)| before).clone();
        deed.leaves = Some((here.at, here.newest));
        let at = deed.left_at.unwrap_or(here.at);
        let turn = Turn { what: deed.what(), rules, log, at, newest: deed.newest.max(at) };
        self.undone.push(deed);
        Some(turn)
    }

    /// Does again what was taken back last. What lies ahead of the moment on show is gone to; a branch is where one was
    /// when one left it.
    pub fn redo(&mut self, here: &Here) -> Option<Turn> {
        let deed = self.undone.pop()?;
        let log = joined(&here.log, deed.kept, &deed.after);
        let rules = deed.rules.as_ref().map_or(&here.rules, |(_, after)| after).clone();
        let (was_at, newest) = deed.leaves.unwrap_or((here.at, here.newest));
        let put = deed.after.first().filter(|_| deed.rules.is_none()).map_or(here.at, Intervention::at);
        let at = if deed.left_at.is_some() { was_at } else { here.at.max(put) };
        let turn = Turn { what: deed.what(), rules, log, at, newest: newest.max(at) };
        self.done.push(deed);
        Some(turn)
    }
}

/// The deed of a script: its last intervention that has taken effect, with a redo of its own.
fn scripted(here: &Here) -> Option<Deed> {
    let index = last_done(here)?;
    let mut without = here.clone();
    without.log.remove(index);
    let deed = Deed::between(&without, here)?;
    Some(Deed { left_at: None, ..deed })
}

fn last_done(here: &Here) -> Option<usize> {
    here.log.iter().rposition(|done| done.at() <= here.at)
}

fn joined(log: &[Intervention], kept: usize, end: &[Intervention]) -> Vec<Intervention> {
    log.iter().take(kept).chain(end).cloned().collect()
}

#[cfg(test)]
mod tests;
