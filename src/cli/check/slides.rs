//! Beats that a terminal of the usual size does not hold.

use crate::app::geometry::Size;
use crate::app::present::deck::Deck;
use crate::cli::present::check::{measured, row_count};
use crate::cli::scenarios::Scenarios;
use crate::course::{Course, Diagnostic};

const USUAL: Size = Size::new(80, 24);

/// An error for every beat that has to be scrolled there.
pub fn lint(course: &Course, scenarios: &Scenarios) -> Vec<Diagnostic> {
    let deck = Deck::new(course);
    let mut found = Vec::new();
    for (slide, measured) in deck.slides().iter().zip(measured(course, scenarios, USUAL)) {
        let Some(section) = course.lesson.sections.get(slide.beat.section) else { continue };
        if measured.rows > 0 {
            let what = format!("this beat is {} too long for 80x24", row_count(measured.rows));
            found.push(Diagnostic::error(&section.file, slide.beat.line, 1, what));
        }
    }
    found
}
