//! The mouse, without cells: what is pointed at, how, and what comes of it.
//!
//! Drawing knows where everything is and the shell knows where the pointer is; here only what it is on counts.

use std::time::Duration;

use super::action::{Action, Failure};
use super::chord::Chord;
use super::effect::Effect;
use super::keymap::{self, Context};
use super::lab::reach::Reach;
use super::now::Now;
use super::state::{App, Notice, Overlay, Screen};
use crate::mesh_view::{Nanos, PlaceId};

/// Two clicks on one place within this are a double click.
const DOUBLE: Duration = Duration::from_millis(400);
/// Rows of a text that a notch of the wheel scrolls.
const WHEEL_ROWS: usize = 3;

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place of the lab's mesh.
    Place(PlaceId),
    /// A row of the list of breaks.
    Break(Failure),
    /// A moment on the time bar.
    Moment(Nanos),
    /// A key that is shown.
    Key(Chord),
    /// A row of an open list.
    Row(usize),
    /// A pattern of the comparison, with its number from 1.
    Pattern(u8),
    /// Something that takes no click.
    Elsewhere,
}

/// What the pointer does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    Press,
    /// Moves with the button held.
    Drag,
    /// A notch of the wheel.
    Wheel {
        up: bool,
    },
}

/// Whether the mouse is ours, and what it did last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mouse {
    /// The lab leaves it to the terminal.
    off_in_lab: bool,
    /// It is taken on the other screens too.
    on_elsewhere: bool,
    /// The place that was clicked last, and when.
    clicked: Option<(PlaceId, Duration)>,
    /// It was said how text is selected.
    told: bool,
}

impl Mouse {
    /// Notes a click on a place; says whether it is the second of two.
    fn is_double(&mut self, place: PlaceId, now: Duration) -> bool {
        let twice = self.clicked.is_some_and(|(last, at)| last == place && now.saturating_sub(at) <= DOUBLE);
        self.clicked = (!twice).then_some((place, now));
        twice
    }
}

impl App {
    /// The mouse is to be reported to us: in the lab's picture, and where it was asked for. Text is the terminal's
    /// to select.
    #[must_use]
    pub fn wants_mouse(&self) -> bool {
        match &self.screen {
            Screen::Lab(lab) => !lab.is_text() && !self.mouse.off_in_lab,
            _ => self.mouse.on_elsewhere,
        }
    }

    pub(super) fn toggle_mouse(&mut self) {
        let flag = match &self.screen {
            Screen::Lab(lab) if lab.is_text() => {
                let words = "the lab as text leaves the mouse to the terminal";
                self.notice = Some(Notice::Info(words.to_owned()));
                return;
            }
            Screen::Lab(_) => &mut self.mouse.off_in_lab,
            _ => &mut self.mouse.on_elsewhere,
        };
        *flag = !*flag;
        let key = keymap::shown(Context::Global, Action::ToggleMouse);
        let words = if self.wants_mouse() {
            format!("mouse on: it points, clicks and scrolls here; {key} gives it back to the terminal")
        } else {
            format!("mouse off: the terminal selects text again; {key} turns it on")
        };
        self.notice = Some(Notice::Info(words));
    }

    pub(super) fn pointed(&mut self, now: Now, at: Target, how: Pointing) -> Vec<Effect> {
        match how {
            Pointing::Press => self.pressed(now, at),
            Pointing::Drag => self.dragged(now, at),
            Pointing::Wheel { up } => self.wheeled(now, at, up),
        }
    }

    fn pressed(&mut self, now: Now, at: Target) -> Vec<Effect> {
        if let Target::Key(chord) = at {
            return self.key(now, chord);
        }
        self.notice = None;
        self.pending = None;
        match (at, &self.overlay) {
            (Target::Row(row), _) => self.run_row(now, row),
            // What lies under something that is open takes no click.
            (_, Some(_)) => Vec::new(),
            (Target::Place(place), None) if self.mouse.is_double(place, now.mono) => {
                self.on_double_click(now)
            }
            (Target::Place(place), None) => self.reach(now, Reach::Select(place)),
            (Target::Moment(at), None) => self.reach(now, Reach::Moment(at)),
            (Target::Break(failure), None) if self.runs() => self.act(now, Action::Break(failure)),
            (Target::Pattern(number), None) if self.runs() => self.act(now, Action::Pattern(number)),
            _ => Vec::new(),
        }
    }

    /// The second click on a place, which the first one has selected: breaks or heals.
    fn on_double_click(&mut self, now: Now) -> Vec<Effect> {
        if self.runs() { self.act(now, Action::BreakSelected) } else { Vec::new() }
    }

    fn dragged(&mut self, now: Now, at: Target) -> Vec<Effect> {
        match at {
            Target::Moment(at) if self.overlay.is_none() => return self.reach(now, Reach::Moment(at)),
            Target::Moment(_) => {}
            _ if !self.mouse.told => {
                self.mouse.told = true;
                let key = keymap::shown(Context::Global, Action::ToggleMouse);
                let words =
                    format!("to select text, hold Shift, or press {key} and the mouse is the terminal's");
                self.notice = Some(Notice::Info(words));
            }
            _ => {}
        }
        Vec::new()
    }

    fn wheeled(&mut self, now: Now, at: Target, up: bool) -> Vec<Effect> {
        let by = |back, on| if up { back } else { on };
        let row = by(Action::Up, Action::Down);
        let rows = match (&self.overlay, &self.screen) {
            (Some(Overlay::Palette(_) | Overlay::Told { .. }), _) => 1,
            (Some(Overlay::Help(_)), _) | (None, Screen::Reader(_)) => WHEEL_ROWS,
            (
                None,
                Screen::Home(_)
                | Screen::Worth(_)
                | Screen::Stats(_)
                | Screen::Audience(_)
                | Screen::Console(_),
            ) => 1,
            (None, Screen::Review(_)) => return self.act(now, by(Action::PageUp, Action::PageDown)),
            (None, Screen::Lab(_)) => return self.wheeled_in_lab(now, at, up),
        };
        (0..rows).flat_map(|_| self.act(now, row)).collect()
    }

    fn wheeled_in_lab(&mut self, now: Now, at: Target, up: bool) -> Vec<Effect> {
        let by = |back, on| if up { back } else { on };
        match (self.screen_context(), at) {
            (Context::LabLook | Context::LabFailures | Context::LabRule, _) => {
                (0..WHEEL_ROWS).flat_map(|_| self.act(now, by(Action::Up, Action::Down))).collect()
            }
            (Context::Lab | Context::Compare, Target::Moment(_)) => {
                self.act(now, by(Action::ScrubBack, Action::ScrubOn))
            }
            (Context::Lab, Target::Break(_)) => self.act(now, by(Action::Up, Action::Down)),
            (Context::Lab, _) => self.reach(now, Reach::Log(if up { -1 } else { 1 })),
            _ => Vec::new(),
        }
    }

    /// A mesh has the keys, and no question waits.
    fn runs(&self) -> bool {
        keymap::chain(self.screen_context()).contains(&Context::Run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clicks_on_one_place_in_time_are_a_double_click_and_three_are_not_two() {
        let mut mouse = Mouse::default();
        let mut click = |place, ms| mouse.is_double(place, Duration::from_millis(ms));
        assert!(!click(3, 0));
        assert!(click(3, 400));
        assert!(!click(3, 500), "the third one begins anew");
        assert!(!click(4, 600), "another place");
        assert!(!click(4, 1001), "too late");
        assert!(click(4, 1300));
    }
}
