//! For a build without screens.

use crate::app::lab::scene::Scene;
use crate::cli::read::handout::Drawn;

/// Draws nothing.
#[derive(Debug, Default)]
pub(super) struct Easel;

impl Easel {
    #[expect(clippy::unused_self, reason = "the one that draws remembers")]
    pub(super) fn draw(&mut self, _label: &str, _scene: &Scene<'_>) -> Option<Drawn> {
        None
    }

    #[expect(clippy::unused_self, reason = "the one that draws remembers")]
    pub(super) fn styles(&self) -> [String; 2] {
        <[String; 2]>::default()
    }
}
