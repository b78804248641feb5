//! The terminal's events to messages; the only place that knows crossterm's keys.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::pointer::Pointer;
use crate::app::chord::{Chord, Key};
use crate::app::geometry::Size;
use crate::app::msg::Msg;
use crate::ui::hits::Hits;

/// The message of an event, if it means anything to us.
#[must_use]
pub fn message(event: &Event, pointer: &mut Pointer) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => chord(*key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text.clone())),
        Event::Mouse(event) => pointer.message(*event),
        Event::Resize(width, height) => {
            pointer.drew(Hits::default());
            Some(Msg::Resized(Size::new(*width, *height)))
        }
        _ => None,
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    // No key of ours needs Alt; taking Alt-x for x would grade a card that nobody graded.
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let key = match event.code {
        KeyCode::Char(' ') => Key::Space,
        KeyCode::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    };
    Some(Chord { key, ctrl })
}
