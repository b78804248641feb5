//! Drops a terminal's late answers, which otherwise arrive as keys.
//!
//! A terminal answers a question (`ESC ] 11 ; rgb:… ESC \`, `ESC P … ESC \`) when it likes; over a slow line
//! that is after we stopped waiting. crossterm gives such an answer as Alt-`]` or Alt-`P` and then its text,
//! key by key, and a `1` in it would grade an open card. So from such an opening on, everything is dropped
//! up to the answer's end. A person who presses Alt-`]` pauses before the next key; an answer does not.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// An answer comes in one burst: a gap as long as this ends it even without its terminator.
const GAP: Duration = Duration::from_millis(50);

/// Remembers whether an answer is being dropped.
#[derive(Debug, Default)]
pub struct LateAnswers {
    /// When the last piece of the present answer came.
    inside: Option<Duration>,
}

impl LateAnswers {
    /// Whether this event belongs to an answer and must not reach anybody.
    pub fn swallows(&mut self, event: &Event, now: Duration) -> bool {
        let Event::Key(key) = event else { return false };
        if self.inside.is_some_and(|last| now.saturating_sub(last) > GAP) {
            self.inside = None;
        }
        if self.inside.is_some() {
            self.inside = if ends(*key) { None } else { Some(now) };
            return true;
        }
        if opens(*key) {
            self.inside = Some(now);
            return true;
        }
        false
    }
}

/// `ESC ]` (OSC), `ESC P` (DCS), `ESC _` (APC), `ESC ^` (PM), as crossterm reports them.
fn opens(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::ALT)
        && matches!(key.code, KeyCode::Char(']' | 'P' | 'p' | '_' | '^'))
}

/// `BEL`, or `ESC \`.
fn ends(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char('\\') => key.modifiers.contains(KeyModifiers::ALT),
        KeyCode::Char('g') => key.modifiers.contains(KeyModifiers::CONTROL),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    #[test]
    fn an_answer_is_dropped_whole_and_the_next_key_is_not() {
        let mut late = LateAnswers::default();
        let at = Duration::from_millis(500);
        assert!(late.swallows(&key(']', KeyModifiers::ALT), at));
        for c in "11;rgb:1111/2222/3333".chars() {
            assert!(late.swallows(&key(c, KeyModifiers::NONE), at), "{c}");
        }
        assert!(late.swallows(&key('\\', KeyModifiers::ALT), at));
        assert!(!late.swallows(&key('3', KeyModifiers::NONE), at));
    }

    #[test]
    fn a_person_who_presses_alt_bracket_is_not_deaf_for_long() {
        let mut late = LateAnswers::default();
        assert!(late.swallows(&key(']', KeyModifiers::ALT), Duration::from_millis(500)));
        assert!(!late.swallows(&key('3', KeyModifiers::NONE), Duration::from_millis(600)));
    }
}
