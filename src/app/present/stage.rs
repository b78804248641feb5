//! What stands behind the beat on show: its mesh at the very moment, and the answer to its question.

mod question;

use std::collections::BTreeMap;
use std::time::Duration;

use super::deck::{Deck, Demo, Slide};
use super::play::Play;
use super::session::View;
use super::{polls, wall};
use crate::app::claim::{FRAME_BUDGET, Work};
use crate::app::lab::Lab;
use crate::app::lab::inquiry::Inquiry;
use crate::app::now::Now;
use crate::app::pacer::FRAME;
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::directive::{Directive, Predict};

/// The mesh on show and the answers so far.
#[derive(Debug, Default)]
pub struct Stage {
    lab: Option<Box<Lab>>,
    /// What it runs: the beat, whether its own failures strike, and what was improvised.
    of: Option<(String, bool, Vec<String>)>,
    /// The question about a failure on this mesh, and the beat it is asked on.
    inquiry: Option<(String, Inquiry)>,
    /// How many options the question on show has.
    options: usize,
    /// The name of the question on show, and the option that is right, once it is known. Not for the audience.
    right: Option<(String, usize)>,
    /// What is left to think about the card on show, in milliseconds.
    think_left: Option<u64>,
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
        if let Some((play, demo)) = view.play.as_ref().zip(slide.demo.as_ref()) {
            self.put_on(parts, now, slide, demo, view);
            self.bring_to(now, play);
        } else {
            (self.lab, self.of, self.pace, self.trouble) = (None, None, None, None);
        }
        self.inquire(slide, view);
        self.think_left = polls::think_left(slide, view, wall(now));
        self.note_question(parts, slide, view);
    }

    /// The mesh of the beat. Before its own failures strike, they are not even to come: something else may be tried.
    fn put_on(&mut self, parts: &Parts, now: Now, slide: &Slide, demo: &Demo, view: &View) {
        let improvised = view.play.as_ref().map_or(&[][..], |play| &play.improvised);
        let of = (slide.beat.id.clone(), view.has_fired(slide), improvised.to_vec());
        if self.of.as_ref() == Some(&of) {
            return;
        }
        let mut mesh = demo.mesh.clone();
        if !of.1 {
            mesh.actions.clear();
        }
        let same = self.of.as_ref().is_some_and(|known| known.0 == of.0);
        match Lab::staged(parts, now, &mesh, improvised, self.lab.take(), same) {
            Ok(lab) => (self.lab, self.trouble) = (Some(Box::new(lab)), None),
            Err(why) => self.trouble = Some(why),
        }
        self.of = Some(of);
    }

    fn bring_to(&mut self, now: Now, play: &Play) {
        let at = play.moment(wall(now));
        self.pace = play.runs(wall(now)).then_some(play.speed);
        if let Some(lab) = &mut self.lab {
            lab.show_at(now, at);
        }
    }

    /// Works at the question of this beat, so that its answer is there before it is asked for; then at those that were
    /// passed by before theirs were.
    fn work_on(&mut self, parts: &Parts, slide: &Slide) {
        let predict = predict(parts, slide);
        if let Some(predict) = predict {
            let begin = || Answer::Running(Box::new(Work::start(&predict.claim, &parts.scenarios)));
            self.answers.entry(predict.id.clone()).or_insert_with(begin);
        }
        let here = predict.map_or("", |predict| predict.id.as_str());
        let is_running = |answer: &Answer| matches!(answer, Answer::Running(_));
        let first = self.answers.get(here).filter(|answer| is_running(answer)).map(|_| here.to_owned());
        let any = || self.answers.iter().find(|(_, answer)| is_running(answer)).map(|(id, _)| id.clone());
        let Some(answer) = first.or_else(any).and_then(|id| self.answers.get_mut(&id)) else { return };
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

    /// A prediction's answer is not there yet.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.answers.values().any(|answer| matches!(answer, Answer::Running(_)))
    }

    /// When it wants to be brought on again.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let works = self.is_working();
        let plays = self.pace.map(|_| self.seen + self.every.max(FRAME));
        let comes = self.lab.as_ref().and_then(|lab| lab.next_frame());
        let asks = self.inquiry().is_some_and(Inquiry::works);
        // The seconds that are left are whole ones.
        let thinks = self.think_left.filter(|left| *left > 0).map(|left| (left - 1) % 1_000 + 1);
        let thinks = thinks.map(|ms| self.seen + Duration::from_millis(ms));
        [plays, comes, (works || asks).then(|| self.seen + FRAME), thinks].into_iter().flatten().min()
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
