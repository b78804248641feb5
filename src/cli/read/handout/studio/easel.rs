//! The lab's own drawing, once for a light ground and once for a dark one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::geometry::{Area, Size};
use crate::app::lab::scene::Scene;
use crate::cli::read::handout::Drawn;
use crate::cli::record::svg::Sheet;
use crate::palette::Palette;
use crate::ui::lab::draw_embedded_scene;
use crate::ui::theme::{Depth, Ground, Theme};

/// Narrow enough to be read on a phone held sideways, wide enough for two regions side by side; one more and the numbers would
/// stand in three columns, with no room to show when something broke.
const SIZE: Size = Size::new(77, 30);
/// In the order of the style sheets.
const GROUNDS: [Ground; 2] = [Ground::Light, Ground::Dark];

/// Draws, and remembers the looks that all pictures share.
#[derive(Debug)]
pub(super) struct Easel {
    sheet: Sheet,
}

impl Default for Easel {
    fn default() -> Self {
        Self { sheet: Sheet::new(&[Palette::light(), Palette::dark()]) }
    }
}

impl Easel {
    /// The scene; `label` says what it shows.
    #[expect(clippy::unnecessary_wraps, reason = "a build without screens has none")]
    pub(super) fn draw(&mut self, label: &str, scene: &Scene<'_>) -> Option<Drawn> {
        let frames = GROUNDS.map(|ground| frame(scene, ground));
        let svg = self.sheet.picture(label, &frames.each_ref());
        Some(Drawn { svg, text: letters(&frames[0]) })
    }

    /// For each ground.
    pub(super) fn styles(&self) -> [String; 2] {
        [0, 1].map(|ground| self.sheet.style(ground))
    }
}

fn frame(scene: &Scene<'_>, ground: Ground) -> Buffer {
    let theme = Theme { depth: Depth::True, ground, ascii: false };
    let mut frame = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    draw_embedded_scene(scene, theme, Area::from(SIZE), &mut frame);
    frame
}

/// The letters of a screen, without what is blank at its right and below.
fn letters(frame: &Buffer) -> String {
    let row = |y| (0..frame.area.width).map(|x| frame[(x, y)].symbol()).collect::<String>();
    let rows: Vec<String> = (0..frame.area.height).map(|y| row(y).trim_end().to_owned()).collect();
    rows.join("\n").trim_end().to_owned()
}
