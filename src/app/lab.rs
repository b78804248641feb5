//! The lab.

pub mod bet;
pub mod scene;

use std::time::Duration;

use super::action::Action;
use super::effect::Effect;
use super::keymap::Context;
use super::now::Now;
use super::state::{Go, Parts, Reply};
use crate::mesh_view::MeshView;
use scene::Scene;

/// The lab.
#[derive(Debug, Default)]
pub struct Lab {
    view: MeshView,
}

impl Lab {
    #[must_use]
    pub fn open(_parts: &Parts, _now: Now, _scenario: Option<&str>) -> Self {
        Self::default()
    }

    /// The mesh of the lesson as home shows it: small, and moving for a while.
    #[must_use]
    pub fn small(_parts: &Parts, _now: Now) -> Self {
        Self::default()
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        Context::Lab
    }

    pub fn act(&mut self, _parts: &mut Parts, _now: Now, action: Action) -> Reply {
        match action {
            Action::Back => Reply::go(Go::Home),
            _ => Reply::default(),
        }
    }

    /// What a picture is made of.
    #[must_use]
    pub fn scene(&self, asks: bool) -> Scene<'_> {
        Scene {
            view: &self.view,
            playing: false,
            speed: String::new(),
            behind: false,
            newest: 0,
            region: 0,
            row: 0,
            broken: &[],
            asks,
            bet: None,
            verdict: None,
            caption: "",
        }
    }
}

impl Lab {
    pub fn frame(&mut self, _parts: &mut Parts, _now: Now) -> Reply {
        Reply::default()
    }

    /// Stands still while nobody looks.
    pub fn left(&mut self, _now: Now) -> Vec<Effect> {
        Vec::new()
    }

    #[must_use]
    pub const fn next_frame(&self) -> Option<Duration> {
        None
    }
}
