//! The looks of a cell of the heat strip: a color where there are any, else a shape.

use ratatui::style::{Color, Style};

use super::{Depth, Mark, Theme};
use crate::mesh_view::HeatCell;
use crate::palette::Rgb;

/// A color that only the strip has, at each depth.
struct Shade {
    rgb: Rgb,
    indexed: u8,
    ansi: Color,
}

/// Ready fills most of a strip, so it is near to the ground: a dark one, a light one.
const READY: [Shade; 2] = [
    Shade { rgb: (0x3A, 0x43, 0x4D), indexed: 238, ansi: Color::DarkGray },
    Shade { rgb: (0xC6, 0xCE, 0xD6), indexed: 252, ansi: Color::Gray },
];
/// Between that and a failure.
const SOME: [Shade; 2] = [
    Shade { rgb: (0x8C, 0x4A, 0x46), indexed: 95, ansi: Color::LightRed },
    Shade { rgb: (0xB8, 0x72, 0x70), indexed: 138, ansi: Color::LightRed },
];

/// What half a cell is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// The ground.
    Nothing,
    /// The color of text.
    Text,
    Color(Color),
}

impl Theme {
    /// There are colors to tell cells by, and a glyph for half of one.
    #[must_use]
    pub fn paints_cells(self) -> bool {
        !self.ascii && self.depth != Depth::Mono && self.mark(Mark::Failure).fg.is_some()
    }

    /// What a cell is filled with where cells are told by color.
    #[must_use]
    pub fn paint(self, cell: HeatCell) -> Paint {
        let role = match cell {
            HeatCell::Absent => return Paint::Nothing,
            HeatCell::Down => return Paint::Text,
            HeatCell::Ready => return self.shaded(&READY),
            HeatCell::Errs => return self.shaded(&SOME),
            HeatCell::Slow => Mark::Local,
            HeatCell::NotReady => Mark::Crossing,
            HeatCell::Ejected => Mark::Retry,
            HeatCell::Fails => Mark::Failure,
        };
        self.mark(role).fg.map_or(Paint::Text, Paint::Color)
    }

    fn shaded(self, [on_dark, on_light]: &[Shade; 2]) -> Paint {
        let (red, green, blue) = self.palette().ground;
        let is_light = u32::from(red) + u32::from(green) + u32::from(blue) > 3 * 127;
        let shade = if is_light { on_light } else { on_dark };
        Paint::Color(match self.depth {
            Depth::Mono => return Paint::Text,
            Depth::Ansi => shade.ansi,
            Depth::Indexed => Color::Indexed(shade.indexed),
            Depth::True => Color::Rgb(shade.rgb.0, shade.rgb.1, shade.rgb.2),
        })
    }

    /// Two cells, one above the other, in one cell of the screen.
    #[must_use]
    pub fn half_blocks(self, upper: HeatCell, lower: HeatCell) -> (&'static str, Style) {
        let style = |paint| match paint {
            Paint::Color(color) => Style::new().fg(color),
            Paint::Nothing | Paint::Text => Style::new(),
        };
        match (self.paint(upper), self.paint(lower)) {
            (Paint::Nothing, Paint::Nothing) => (" ", Style::new()),
            (one, other) if one == other => ("█", style(one)),
            (Paint::Nothing, below) => ("▄", style(below)),
            (above, Paint::Nothing) => ("▀", style(above)),
            // The color of text cannot be a ground, so it is in front.
            (Paint::Color(above), Paint::Text) => ("▄", Style::new().bg(above)),
            (above, Paint::Color(below)) => ("▀", style(above).bg(below)),
            (Paint::Text, Paint::Text) => ("█", Style::new()),
        }
    }

    /// A cell as a shape: the one that its pod has in the picture.
    #[must_use]
    pub const fn cell_shape(self, cell: HeatCell) -> &'static str {
        let (drawn, ascii) = match cell {
            HeatCell::Absent => (" ", " "),
            HeatCell::Ready => ("·", "."),
            HeatCell::Slow => ("◔", "s"),
            HeatCell::NotReady => ("○", "o"),
            HeatCell::Ejected => ("◌", "e"),
            HeatCell::Errs => ("◐", "0"),
            HeatCell::Fails => ("✕", "X"),
            HeatCell::Down => ("✗", "x"),
        };
        if self.ascii { ascii } else { drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ground;
    use super::*;

    #[test]
    fn every_pair_of_cells_looks_different() {
        for depth in [Depth::True, Depth::Indexed, Depth::Ansi] {
            for ground in [Ground::Dark, Ground::Light] {
                let theme = Theme { depth, ground, ascii: false };
                let mut seen = Vec::new();
                for upper in HeatCell::ALL {
                    for lower in HeatCell::ALL {
                        let (glyph, style) = theme.half_blocks(upper, lower);
                        assert!(!seen.contains(&(glyph, style)), "{upper:?} over {lower:?}: {theme:?}");
                        seen.push((glyph, style));
                    }
                }
            }
        }
    }

    #[test]
    fn every_shape_is_another() {
        for ascii in [false, true] {
            let theme = Theme { ascii, depth: Depth::Mono, ..Theme::default() };
            let mut shapes = HeatCell::ALL.map(|cell| theme.cell_shape(cell)).to_vec();
            shapes.sort_unstable();
            shapes.dedup();
            assert_eq!(shapes.len(), HeatCell::ALL.len());
        }
    }
}
