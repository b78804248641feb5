//! The mouse to messages: what the last picture has where the pointer is.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::app::msg::Msg;
use crate::app::pointer::Pointing;
use crate::ui::hits::Hits;

/// The last picture's map, and what the hand does.
#[derive(Debug, Default)]
pub struct Pointer {
    hits: Hits,
    /// Where the button went down, while it is held.
    pressed: Option<(u16, u16)>,
}

impl Pointer {
    /// From here on this map holds; an empty one, until something has been drawn anew.
    pub fn drew(&mut self, hits: Hits) {
        self.hits = hits;
    }

    /// The message of an event, if it means anything to us.
    pub fn message(&mut self, event: MouseEvent) -> Option<Msg> {
        let cell = (event.column, event.row);
        let (at, how) = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.pressed = Some(cell);
                (self.hits.at(cell), Pointing::Press)
            }
            MouseEventKind::Drag(MouseButton::Left) => {
                (self.pressed.and_then(|from| self.hits.dragged(from, cell)), Pointing::Drag)
            }
            MouseEventKind::Up(_) => {
                self.pressed = None;
                return None;
            }
            MouseEventKind::ScrollUp => (self.hits.at(cell), Pointing::Wheel { up: true }),
            MouseEventKind::ScrollDown => (self.hits.at(cell), Pointing::Wheel { up: false }),
            _ => return None,
        };
        Some(Msg::Pointed { at: at?, how })
    }
}
