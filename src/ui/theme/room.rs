//! The rooms a talk is given in: a palette for each, and a ground that is painted, whatever the terminal's own is.

use std::sync::LazyLock;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::{Depth, Ground, Theme};
use crate::app::geometry::Area;
use crate::app::present::session::Stage;
use crate::palette::{Palette, Rgb, nearest};

const BLACK: Rgb = (0, 0, 0);

/// The dark theme on black: a gray ground would light a dark room.
static DARK_ROOM: LazyLock<Palette> = LazyLock::new(|| Palette::dark().on(BLACK));

/// What a room is painted with; `None` leaves the window as it was started. A projector washes colors out in a bright
/// room, so there they are the darkest there are.
#[must_use]
pub fn palette(room: Stage) -> Option<&'static Palette> {
    match room {
        Stage::Own => None,
        Stage::DarkRoom => Some(&DARK_ROOM),
        Stage::BrightRoom => Palette::shipped("high-contrast-light"),
        Stage::HighContrast => Palette::shipped("high-contrast"),
    }
}

impl Theme {
    /// The same for a room. Who wants no color has none in any.
    #[must_use]
    pub fn in_room(self, room: Stage) -> Self {
        if self.depth == Depth::Mono || Palette::shipped("mono") == Some(self.palette()) {
            return self;
        }
        palette(room).map_or(self, |palette| Self { ground: Ground::Of(palette), ..self })
    }

    /// Paints ground and text where a theme is that of a room; elsewhere they are the terminal's own.
    pub fn paint_room(self, room: Stage, area: Area, buf: &mut Buffer) {
        let Some(palette) = palette(room).filter(|palette| Ground::Of(palette) == self.ground) else {
            return;
        };
        let (ground, text) = (self.of_rgb(palette.ground), self.of_rgb(palette.text));
        for y in area.y..area.y + area.height {
            for x in area.x..area.x + area.width {
                let Some(cell) = buf.cell_mut((x, y)) else { continue };
                if cell.bg == Color::Reset {
                    cell.bg = ground;
                }
                // Text is the strongest there is; dimmed it would not be read from the last row.
                if cell.fg == Color::Reset {
                    cell.fg = text;
                    cell.modifier.remove(Modifier::DIM);
                }
            }
        }
    }

    /// A color at this depth; of the user's own sixteen black or white, since the others may be anything.
    fn of_rgb(self, color: Rgb) -> Color {
        let (red, green, blue) = color;
        match self.depth {
            Depth::True => Color::Rgb(red, green, blue),
            Depth::Indexed => Color::Indexed(nearest(color)),
            Depth::Ansi | Depth::Mono if u32::from(red) + u32::from(green) + u32::from(blue) > 3 * 127 => {
                Color::White
            }
            Depth::Ansi | Depth::Mono => Color::Black,
        }
    }
}
