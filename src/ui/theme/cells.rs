//! The looks of a cell of the heat strip: a color where there are any, else a shape.

use ratatui::style::{Color, Style};

use super::{CROSSING, Depth, FAILURE, LOCAL, RETRY, Theme, Tint, rgb};
use crate::mesh_view::HeatCell;

/// Ready fills most of a strip, so it is near to the ground.
const READY: Tint = Tint {
    dark: (rgb(0x3A_434D), 238),
    light: (rgb(0xC6_CED6), 252),
    ansi_dark: Color::DarkGray,
    ansi_light: Color::Gray,
};
/// Between that and [`FAILURE`].
const SOME: Tint = Tint {
    dark: (rgb(0x8C_4A46), 95),
    light: (rgb(0xB8_7270), 138),
    ansi_dark: Color::LightRed,
    ansi_light: Color::LightRed,
};

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
    pub const fn paints_cells(self) -> bool {
        !self.ascii && !matches!(self.depth, Depth::Mono)
    }

    /// What a cell is filled with where cells are told by color.
    #[must_use]
    pub fn paint(self, cell: HeatCell) -> Paint {
        let tint = match cell {
            HeatCell::Absent => return Paint::Nothing,
            HeatCell::Down => return Paint::Text,
            HeatCell::Ready => &READY,
            HeatCell::Slow => &LOCAL,
            HeatCell::NotReady => &CROSSING,
            HeatCell::Ejected => &RETRY,
            HeatCell::Errs => &SOME,
            HeatCell::Fails => &FAILURE,
        };
        self.tint(tint).fg.map_or(Paint::Text, Paint::Color)
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
