//! Where the figures start: the scenario of the lab on screen, else the lesson's.

use super::{Back, Worth};
use crate::app::lab::open::lesson;
use crate::app::state::{Parts, Screen};

/// The screen as it is opened from another one; `parked` is how it was left.
#[must_use]
pub fn open(from: &Screen, parts: &Parts, parked: Option<Box<Worth>>) -> Box<Worth> {
    let (back, lab) = match from {
        Screen::Lab(lab) => (Back::Lab, Some(lab)),
        Screen::Reader(_) => (Back::Reader, None),
        Screen::Review(_) => (Back::Review, None),
        Screen::Home(_) | Screen::Worth(_) => (Back::Home, None),
    };
    let scenario = lab.map_or_else(|| lesson(parts), |lab| lab.scenario().clone());
    let text = lab.is_some_and(|lab| lab.is_text());
    let again = parked.and_then(|worth| worth.reopened(&scenario, back, text));
    again.unwrap_or_else(|| Box::new(Worth::open(scenario, back, text)))
}
