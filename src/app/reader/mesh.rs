//! Which mesh belongs beside which part of the text.
//!
//! The last `lab` or decided `predict` at or above the row being read sets it. A mesh that would give an answer away
//! waits for the prediction: for any above it in its step.

use std::borrow::Cow;
use std::ops::Range;

use super::page::{Page, SpotKind};
use super::questions::Questions;
use crate::app::predict::Prediction;
use crate::course::claim::How;
use crate::course::directive::{Directive, Lab, Predict};
use crate::course::{BlockKind, Section};

/// What stands beside text that names no mesh.
const SCENARIO: &str = "two-regions";
const PATTERN: &str = "mesh";
/// Shown under a mesh that waits for its prediction.
const WAITS: &str = "Predict first: locking in runs it.";

/// The mesh for the row being read; `ask` is whether predictions are asked for.
#[must_use]
pub fn mesh_at(section: &Section, page: &Page, questions: &Questions, row: usize, ask: bool) -> Lab {
    let lab = page.labs().iter().rev().find(|(at, _)| *at <= row);
    let predicts = page.questions().iter().filter(|spot| spot.kind == SpotKind::Predict);
    let decided = predicts.rev().find(|spot| spot.rows.start <= row && !questions.is_open(spot));
    let lab_row = lab.map_or(0, |(at, _)| *at);
    let mesh = match (lab, decided) {
        (_, Some(spot)) if lab.is_none() || spot.rows.start > lab_row => mesh_of(section, &spot.name),
        (Some((_, block)), _) if ask && waits(section, questions, *block) => {
            let here =
                page.rows().get(row).is_none_or(|row| step_around(section, *block).contains(&row.block));
            lab_in(section, *block).filter(|_| here).map(whole)
        }
        (Some((_, block)), _) => lab_in(section, *block).cloned(),
        (None, _) => None,
    };
    mesh.unwrap_or_else(resting)
}

/// The section as it may be read now: what a mesh that waits would show is not said before the prediction.
#[must_use]
pub fn veiled<'a>(section: &'a Section, questions: &Questions, ask: bool) -> Cow<'a, Section> {
    let waiting = section.directives().filter(|(block, directive)| {
        matches!(directive, Directive::Lab(_)) && waits(section, questions, *block)
    });
    let waiting: Vec<usize> = waiting.map(|(block, _)| block).collect();
    if !ask || waiting.is_empty() {
        return Cow::Borrowed(section);
    }
    let mut veiled = section.clone();
    for block in waiting {
        if let Some(lab) = lab_in(section, block) {
            veiled.document.blocks[block].kind = BlockKind::Directive(Box::new(Directive::Lab(whole(lab))));
        }
    }
    Cow::Owned(veiled)
}

/// The mesh in which a prediction is seen to come true: that of its step, with the run that decides it.
#[must_use]
pub fn mesh_of(section: &Section, id: &str) -> Option<Lab> {
    let (block, predict) = section.directives().find_map(|(block, directive)| match directive {
        Directive::Predict(predict) if predict.id == id => Some((block, predict)),
        _ => None,
    })?;
    let step = step_around(section, block);
    let below = (block..step.end).find_map(|block| lab_in(section, block));
    let lab = below.or_else(|| (step.start..block).rev().find_map(|block| lab_in(section, block)));
    Some(joined(predict, lab))
}

fn joined(predict: &Predict, lab: Option<&Lab>) -> Lab {
    let mut mesh = lab.cloned().unwrap_or_else(resting);
    if let How::Run(run) = &predict.claim.how {
        if lab.is_none() {
            mesh.scenario.clone_from(&run.scenario);
        }
        mesh.pattern.clone_from(&run.pattern);
        mesh.set.extend(run.set.iter().cloned());
        if !run.actions.is_empty() {
            mesh.actions.clone_from(&run.actions);
        }
    }
    mesh
}

/// A question above it in its step is still open.
fn waits(section: &Section, questions: &Questions, block: usize) -> bool {
    let above = step_around(section, block).start..block;
    section.directives().filter(|(block, _)| above.contains(block)).any(|(_, directive)| match directive {
        Directive::Predict(predict) => questions.prediction(&predict.id).is_some_and(Prediction::is_asking),
        _ => false,
    })
}

/// The blocks of the step that a block belongs to.
fn step_around(section: &Section, block: usize) -> Range<usize> {
    let step = section.step_at(block);
    let start = section.steps.get(step).map_or(0, |step| step.block);
    let end = section.steps.get(step + 1).map_or(section.document.blocks.len(), |step| step.block);
    start..end
}

fn lab_in(section: &Section, block: usize) -> Option<&Lab> {
    match section.document.blocks.get(block)?.directive()? {
        Directive::Lab(lab) => Some(lab),
        _ => None,
    }
}

/// The same mesh by its plain rules, with nothing broken.
fn whole(lab: &Lab) -> Lab {
    Lab { set: Vec::new(), actions: Vec::new(), caption: WAITS.to_owned(), ..lab.clone() }
}

/// The mesh beside text that names none.
#[must_use]
pub fn resting() -> Lab {
    Lab { scenario: SCENARIO.to_owned(), pattern: PATTERN.to_owned(), ..Lab::default() }
}
