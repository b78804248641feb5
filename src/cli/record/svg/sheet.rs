//! Pictures inside one page: they share its style sheet, which has the colors for a light and for a dark ground, so
//! that each is drawn once.

use ratatui::buffer::Buffer;

use super::{Drawing, HIGH, Looks, MARGIN, Paper, WIDE};
use crate::palette::Palette;

/// The looks of all pictures of a page, on several grounds.
#[derive(Debug)]
pub struct Sheet {
    looks: Looks,
    papers: Vec<Paper>,
}

impl Sheet {
    /// Without pictures yet; frames come in the order of the palettes.
    #[must_use]
    pub fn new(palettes: &[&Palette]) -> Self {
        Self { looks: Looks::named("p"), papers: palettes.iter().map(|palette| Paper::of(palette)).collect() }
    }

    /// A picture as an element of the page: the same screen once for each ground. `label` is what it shows, in words;
    /// whoever hears the page hears that.
    #[must_use]
    pub fn picture(&mut self, label: &str, frames: &[&Buffer]) -> String {
        let Some(first) = frames.first() else { return String::new() };
        let looks = std::mem::replace(&mut self.looks, Looks::named("p"));
        let mut drawing = Drawing { body: String::new(), looks, papers: &self.papers };
        drawing.layer(frames, |_, _| true);
        let Drawing { body, looks, .. } = drawing;
        self.looks = looks;
        let (width, height) = (first.area.width * WIDE, first.area.height * HIGH);
        let (outer_width, outer_height) = (width + 2 * MARGIN, height + 2 * MARGIN);
        let inset = f32::from(MARGIN) - 0.5;
        // Where a reader leaves the style sheet out, there are letters on paper still.
        let Some(Paper { text, ground, .. }) = self.papers.first() else { return String::new() };
        let label = super::escaped(label).replace('"', "&quot;");
        format!(
            "<svg viewBox=\"-{MARGIN} -{MARGIN} {outer_width} {outer_height}\" role=\"img\" aria-label=\"{label}\" \
             font-family=\"monospace\" font-size=\"15\" fill=\"{text}\" xml:space=\"preserve\">\n\
             <rect class=\"paper\" fill=\"{ground}\" x=\"-{inset}\" y=\"-{inset}\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n{body}</svg>\n",
            outer_width - 1,
            outer_height - 1,
        )
    }

    /// What the pictures need in the page's style sheet, for one of the grounds.
    #[must_use]
    pub fn style(&self, ground: usize) -> String {
        let Some(Paper { text, ground: fill, edge }) = self.papers.get(ground) else { return String::new() };
        format!("svg text{{fill:{text}}}svg .paper{{fill:{fill};stroke:{edge}}}{}", self.looks.style(ground))
    }
}
