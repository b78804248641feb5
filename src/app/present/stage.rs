//! What stands behind the beat on show: its mesh at the very moment, and the answer to its question.

use std::collections::BTreeMap;
use std::time::Duration;

use super::deck::{Deck, Slide};
use super::play::Play;
use super::session::View;
use super::wall;
use crate::app::claim::{FRAME_BUDGET, Work};
use crate::app::lab::Lab;
use crate::app::now::Now;
use crate::app::pacer::FRAME;
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::directive::{Directive, Predict};

/// The mesh on show and the answers so far.
#[derive(Debug, Default)]
pub struct Stage {
    lab: Option<Box<Lab>>,
    /// What it runs: the beat, and what was improvised.
    of: Option<(String, Vec<String>)>,
    /// Why there is no mesh; one sentence for the author.
    trouble: Option<String>,
    /// It moves, at this many hundredths of real time.
    pace: Option<u32>,
    seen: Duration,
    answers: BTreeMap<String, Answer>,
    every: Duration,
}

/// What came of a question's claim.
#[derive(Debug)]
enum Answer {
    Running(Box<Work>),
    Known(Result<f64, String>),
}

impl Stage {
    #[must_use]
    pub fn lab(&self) -> Option<&Lab> {
        self.lab.as_deref()
    }

    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Hundredths of real time at which the mesh moves; `None` while it stands still.
    #[must_use]
    pub const fn pace(&self) -> Option<u32> {
        self.pace
    }

    /// What came of a prediction, once it is known: the number, or one sentence on why there is none.
    #[must_use]
    pub fn answer(&self, id: &str) -> Option<&Result<f64, String>> {
        match self.answers.get(id)? {
            Answer::Known(answer) => Some(answer),
            Answer::Running(_) => None,
        }
    }

    /// Brings everything to what the view says and to this moment.
    pub fn follow(&mut self, parts: &Parts, now: Now, deck: &Deck, view: &View) {
        self.seen = now.mono;
        self.every = parts.manner.frame();
        let Some(slide) = deck.slide(view.beat) else { return };
        self.work_on(parts, slide);
        let Some((play, demo)) = view.play.as_ref().zip(slide.demo.as_ref()) else {
            (self.lab, self.of, self.pace, self.trouble) = (None, None, None, None);
            return;
        };
        let of = (slide.beat.id.clone(), play.improvised.clone());
        if self.of.as_ref() != Some(&of) {
            match Lab::staged(parts, now, &demo.mesh, &play.improvised, self.lab.take(), self.same_beat(&of))
            {
                Ok(lab) => (self.lab, self.trouble) = (Some(Box::new(lab)), None),
                Err(why) => self.trouble = Some(why),
            }
            self.of = Some(of);
        }
        self.bring_to(now, play);
    }

    fn same_beat(&self, of: &(String, Vec<String>)) -> bool {
        self.of.as_ref().is_some_and(|known| known.0 == of.0)
    }

    fn bring_to(&mut self, now: Now, play: &Play) {
        let at = play.moment(wall(now));
        self.pace = play.runs(wall(now)).then_some(play.speed);
        if let Some(lab) = &mut self.lab {
            lab.show_at(now, at);
        }
    }

    /// Works at the question of this beat, so that its answer is there before it is asked for.
    fn work_on(&mut self, parts: &Parts, slide: &Slide) {
        let Shows::Predict(id) = &slide.beat.shows else { return };
        let Some(predict) = predict(parts, slide) else { return };
        let answer = self
            .answers
            .entry(id.clone())
            .or_insert_with(|| Answer::Running(Box::new(Work::start(&predict.claim, &parts.scenarios))));
        if let Answer::Running(work) = answer
            && let Some(came) = work.step(FRAME_BUDGET)
        {
            *answer = Answer::Known(came);
        }
    }

    /// What the course is held to stands for every answer.
    pub(super) fn expect(&mut self, parts: &Parts, deck: &Deck) {
        for predict in deck.slides().iter().filter_map(|slide| predict(parts, slide)) {
            self.answers.insert(predict.id.clone(), Answer::Known(Ok(predict.claim.expect)));
        }
    }

    /// When it wants to be brought on again.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let works = self.answers.values().any(|answer| matches!(answer, Answer::Running(_)));
        let plays = self.pace.map(|_| self.seen + self.every.max(FRAME));
        let comes = self.lab.as_ref().and_then(|lab| lab.next_frame());
        [plays, comes, works.then(|| self.seen + FRAME)].into_iter().flatten().min()
    }
}

/// The prediction that a slide asks.
#[must_use]
pub fn predict<'a>(parts: &'a Parts, slide: &Slide) -> Option<&'a Predict> {
    let Shows::Predict(id) = &slide.beat.shows else { return None };
    let section = parts.course.lesson.sections.get(slide.beat.section)?;
    section.directives().find_map(|(_, directive)| match directive {
        Directive::Predict(predict) if predict.id == *id => Some(predict),
        _ => None,
    })
}
