//! The numbers of a section's `calc` blocks, worked out while one reads.

use std::collections::BTreeMap;

use crate::app::claim::{FRAME_BUDGET, Work};
use crate::course::directive::{Calc, Directive};
use crate::course::{BlockId, Section};
use crate::sim::Scenario;

/// A section's number and a block in it.
type Key = (usize, BlockId);

/// Numbers done and to do.
#[derive(Debug, Default)]
pub struct Figures {
    /// By section and block; kept, since the same claim has the same number.
    done: BTreeMap<Key, Option<f64>>,
    /// The last one is next.
    waiting: Vec<(Key, Calc)>,
    working: Option<(Key, Work)>,
}

impl Figures {
    /// Makes this section's numbers the ones to work on, the first in the text first.
    pub fn enter(&mut self, section: &Section) {
        self.working = None;
        self.waiting.clear();
        for (block, directive) in section.directives() {
            let Directive::Calc(calc) = directive else { continue };
            let key = (section.number, section.document.blocks[block].id.clone());
            if !self.done.contains_key(&key) {
                self.waiting.push((key, calc.clone()));
            }
        }
        self.waiting.reverse();
    }

    #[must_use]
    pub fn is_working(&self) -> bool {
        self.working.is_some() || !self.waiting.is_empty()
    }

    /// Takes one frame's share of events; true when a number is there that was not.
    pub fn step(&mut self, scenarios: &BTreeMap<String, Scenario>) -> bool {
        let Some((key, mut work)) = self.working.take().or_else(|| self.next(scenarios)) else {
            return false;
        };
        let outcome = work.step(FRAME_BUDGET);
        let is_done = outcome.is_some();
        match outcome {
            Some(outcome) => drop(self.done.insert(key, outcome.ok())),
            None => self.working = Some((key, work)),
        }
        is_done
    }

    /// The numbers of a section by block, as typesetting takes them.
    #[must_use]
    pub fn of(&self, section: usize) -> BTreeMap<String, f64> {
        let of_section = self.done.iter().filter(|((of, _), _)| *of == section);
        of_section.filter_map(|((_, block), figure)| Some((block.0.clone(), (*figure)?))).collect()
    }

    fn next(&mut self, scenarios: &BTreeMap<String, Scenario>) -> Option<(Key, Work)> {
        let (key, calc) = self.waiting.pop()?;
        Some((key, Work::start(&calc.claim, scenarios)))
    }
}
