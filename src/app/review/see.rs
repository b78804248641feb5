//! What stands behind an answer: the run plays in the lab, the manifest opens over the card. Nothing is graded meanwhile.

use super::{Pause, Review, Stage};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::lab::open::{Opening, meant};
use crate::app::state::{Go, Parts, Reply};
use crate::course::quiz::{Card, CardKind, Run, See};
use crate::sim::Seed;

impl Review {
    /// Opens what there is to see of the card whose answer is shown.
    pub(super) fn see(&mut self, parts: &Parts) -> Reply {
        let (Some(card), Some(seed)) = (self.card(parts), self.seed()) else { return Reply::default() };
        match card.see() {
            None => Reply::info("there is nothing to see behind this card"),
            Some(See::Manifest(text)) => {
                self.top = 0;
                let from = std::mem::replace(&mut self.stage, Stage::Pause(Pause::Reminder(Vec::new())));
                self.stage = Stage::Pause(Pause::Manifest { text, from: Box::new(from) });
                Reply::default()
            }
            Some(See::Run(run)) => match opening(card, &run, seed, parts) {
                Err(why) => Reply::trouble(why),
                Ok(opening) => {
                    let back = keymap::shown(Context::Lab, Action::Back);
                    let what = format!("the answer plays; {back} brings the card back as it is");
                    Reply { go: Some(Go::See(Box::new(opening))), ..Reply::info(what) }
                }
            },
        }
    }

    /// What decides the fresh run of the card that is shown.
    fn seed(&self) -> Option<u64> {
        match &self.stage {
            Stage::Revealed(revealed) => Some(revealed.asked.seed()),
            Stage::Pause(pause) => pause.revealed().map(|revealed| revealed.asked.seed()),
            Stage::Asking(_) | Stage::Saving(_) | Stage::Over(_) | Stage::Shelf(_) => None,
        }
    }
}

/// The lab that plays an answer, or why it cannot. A fresh run is seen with the seed it was asked with.
///
/// # Errors
/// One sentence on what in the words of the run its scenario does not take.
pub fn opening(card: &Card, run: &Run, seed: u64, parts: &Parts) -> Result<Opening, String> {
    let Some(scenario) = parts.scenarios.get(&run.lab.scenario) else {
        return Err(format!("there is no scenario '{}'", run.lab.scenario));
    };
    let (scenario, interventions) = meant(&run.lab, scenario.clone())?;
    let is_fresh = run.seed.is_none() && matches!(card.kind, CardKind::Run(_));
    let seed = match run.seed {
        Some(given) => Seed(given),
        None if is_fresh => Seed(seed),
        None => crate::sim::SEED_DEFAULT,
    };
    Ok(Opening { scenario, seed, interventions, stands: None, compares: false })
}
