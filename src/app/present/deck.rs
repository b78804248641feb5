//! The lesson as it is presented: its beats, how many steps each takes, and what each does to a mesh.

use crate::app::reader;
use crate::course::beats::{self, Beat, Shows};
use crate::course::directive::{Directive, Lab};
use crate::course::{Course, Section};
use crate::sim::Intervention;

/// A mesh has run for this long, in milliseconds, when a demo shows it first.
pub const WARM_MS: u64 = 3_000;
/// What is seen of the healthy mesh while the question is asked, in milliseconds.
const CALM_MS: u64 = 10_000;
/// What is played after firing before the first failure strikes, in milliseconds.
const LEAD_MS: u64 = 1_000;
/// What is played after the last thing that is done to a mesh, in milliseconds: three sweeps of an ejection's return.
pub const AFTER_MS: u64 = 40_000;

/// All beats of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    slides: Vec<Slide>,
    /// Tells versions of the course apart.
    pub digest: String,
}

/// A beat with what it needs to be played.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    pub beat: Beat,
    /// What runs behind it, if anything does.
    pub demo: Option<Demo>,
}

/// A mesh and the moments of it that a beat shows, in milliseconds of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    pub mesh: Lab,
    /// Where it stands when the beat opens; it plays up to `fire`.
    pub opens: u64,
    /// Where firing lets it go on from.
    pub fire: u64,
    /// Where it stands still again.
    pub ends: u64,
    /// The first of its actions, where that breaks something: its moment, and its words without that.
    pub first: Option<(u64, String)>,
}

impl Deck {
    #[must_use]
    pub fn new(course: &Course) -> Self {
        let slide = |beat: Beat| {
            let section = &course.lesson.sections[beat.section];
            Slide { demo: mesh(section, &beat).map(Demo::new), beat }
        };
        let slides = beats::beats(&course.lesson).into_iter().map(slide).collect();
        Self { slides, digest: course.digest.clone() }
    }

    #[must_use]
    pub fn slides(&self) -> &[Slide] {
        &self.slides
    }

    /// A beat; the last one for any number past it.
    #[must_use]
    pub fn slide(&self, at: usize) -> Option<&Slide> {
        self.slides.get(at).or(self.slides.last())
    }

    /// The beat after this one on the way forward.
    #[must_use]
    pub fn after(&self, at: usize) -> Option<usize> {
        (at + 1..self.slides.len()).find(|next| !self.slides[*next].beat.aside)
    }

    /// The beat before this one on the way forward.
    #[must_use]
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at.min(self.slides.len())).rev().find(|before| !self.slides[*before].beat.aside)
    }

    /// The next aside under the same heading, round and round.
    #[must_use]
    pub fn aside(&self, at: usize) -> Option<usize> {
        let here = &self.slides.get(at)?.beat;
        let of_heading = |index: &usize| {
            let beat = &self.slides[*index].beat;
            beat.aside && beat.section == here.section && beat.blocks == here.blocks
        };
        let next = (at + 1..self.slides.len()).find(of_heading);
        next.or_else(|| (0..self.slides.len()).find(of_heading)).filter(|aside| *aside != at)
    }

    /// The first beat of a section, from 0.
    #[must_use]
    pub fn first_of(&self, section: usize) -> Option<usize> {
        self.slides.iter().position(|slide| slide.beat.section == section)
    }
}

impl Slide {
    /// How many presses of the forward key it takes to be through; at least one.
    #[must_use]
    pub fn steps(&self) -> usize {
        match (&self.beat.shows, &self.demo) {
            (Shows::Points(points), _) => points.len().max(1),
            // Asked, fired, told what came of it.
            (Shows::Predict(_), Some(demo)) if demo.fires() => 3,
            (Shows::Lab(_), Some(demo)) if demo.first.is_some() => 3,
            (Shows::Lab(_), Some(demo)) if demo.fires() => 2,
            (Shows::Lab(_), _) => 1,
            // Asked, then answered.
            (Shows::Card(_) | Shows::Predict(_), _) => 2,
        }
    }

    /// What a step reveals stands below what was there, and where that is longer than the screen one looks there.
    #[must_use]
    pub const fn reveals_below(&self) -> bool {
        matches!(self.beat.shows, Shows::Points(_) | Shows::Lab(_) | Shows::Predict(_))
    }

    /// Nothing is done to its mesh, so that looking at it would be looking at the answer: it waits for that.
    #[must_use]
    pub fn is_veiled(&self, step: usize) -> bool {
        self.fires_at().is_none() && self.reveals_at().is_some_and(|at| step < at)
    }

    /// The step at which the answer of a question is on show.
    #[must_use]
    pub fn reveals_at(&self) -> Option<usize> {
        let asks = match self.beat.shows {
            Shows::Card(_) | Shows::Predict(_) => true,
            Shows::Lab(_) => self.demo.as_ref().is_some_and(|demo| demo.first.is_some()),
            Shows::Points(_) => false,
        };
        asks.then(|| self.steps() - 1)
    }

    /// The step at which the failures of its demo strike.
    #[must_use]
    pub fn fires_at(&self) -> Option<usize> {
        self.demo.as_ref().filter(|demo| demo.fires()).map(|_| 1)
    }
}

impl Demo {
    fn new(mesh: Lab) -> Self {
        let read = |text: &String| text.parse::<Intervention>().ok();
        let moment = |done: &Intervention| done.at().nanos() / 1_000_000;
        let mut actions: Vec<Intervention> = mesh.actions.iter().filter_map(read).collect();
        actions.sort_by_key(Intervention::at);
        let (Some(first), Some(last)) = (actions.first(), actions.last()) else {
            return Self { mesh, opens: WARM_MS, fire: WARM_MS, ends: WARM_MS + CALM_MS, first: None };
        };
        let fire = moment(first).saturating_sub(LEAD_MS);
        let opens = fire.saturating_sub(CALM_MS).max(WARM_MS.min(fire));
        let ends = moment(last) + AFTER_MS;
        let first = (!first.is_heal()).then(|| (moment(first), first.words()));
        Self { mesh, opens, fire, ends, first }
    }

    /// Something is done to it.
    #[must_use]
    pub fn fires(&self) -> bool {
        !self.mesh.actions.is_empty()
    }
}

/// The mesh that a beat shows.
fn mesh(section: &Section, beat: &Beat) -> Option<Lab> {
    match &beat.shows {
        Shows::Lab(id) => section.directives().find_map(|(_, directive)| match directive {
            Directive::Lab(lab) if lab.id == *id => Some(lab.clone()),
            _ => None,
        }),
        Shows::Predict(id) => reader::mesh_of(section, id),
        Shows::Points(_) | Shows::Card(_) => None,
    }
}
