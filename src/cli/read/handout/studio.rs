//! Pictures of labs: each is opened without a terminal, at its moment, and drawn as the reader draws it beside the text.
//! A build without screens says it in words alone.

#[cfg(feature = "tui")]
mod easel;
#[cfg(not(feature = "tui"))]
#[path = "studio/no_easel.rs"]
mod easel;

use std::time::Duration;

use super::Picture;
use crate::app::Screen;
use crate::app::geometry::Size;
use crate::app::lab::open::Opening;
use crate::app::script::{Sitting, Stage};
use crate::app::state::Go;
use crate::mesh_view::sentences::sentences;
use easel::Easel;

/// Any in which the lab opens; a picture has a size of its own.
const SCREEN: Size = Size::new(120, 40);
/// Longer than it takes to get to any moment; a lab that stands still asks for no more frames.
const ARRIVAL: Duration = Duration::from_secs(3600);

/// Makes the pictures of one hand-out.
#[derive(Debug, Default)]
pub(super) struct Studio {
    easel: Easel,
}

impl Studio {
    /// What a lab shows where it stands.
    pub(super) fn picture(&mut self, caption: &str, opening: &Opening) -> Picture {
        let start = Go::LabOf(Box::new(opening.clone()));
        let mut sitting = Sitting::open(&Stage::default(), SCREEN, start);
        sitting.pass(ARRIVAL, &mut |_| {});
        let Screen::Lab(lab) = sitting.app.screen() else {
            return Picture { sentences: Vec::new(), drawn: None };
        };
        let scene = lab.scene(false);
        let sentences = sentences(scene.view);
        let label = format!("{caption} {}", sentences.join(" "));
        Picture { drawn: self.easel.draw(&label, &scene), sentences }
    }

    /// The style sheets of its pictures: for a light ground, and for a dark one.
    pub(super) fn styles(&self) -> [String; 2] {
        self.easel.styles()
    }
}
