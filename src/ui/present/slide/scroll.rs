//! Rows that may be more than there is room for.

use ratatui::buffer::Buffer;

use super::words::Words;
use crate::app::geometry::Area;
use crate::ui::text::row_at;
use crate::ui::theme::Theme;

/// Which part of the rows is on show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Rows above the first one on show.
    pub top: usize,
    /// How far they can be scrolled.
    pub reach: usize,
}

impl Seen {
    /// What is not on show, in a few words; none where everything is.
    #[must_use]
    pub fn words(self) -> String {
        match (self.top, self.reach - self.top) {
            (0, 0) => String::new(),
            (0, below) => format!("{below} more"),
            (above, 0) => format!("{above} above"),
            (above, below) => format!("{above} above, {below} more"),
        }
    }
}

/// Draws the words that are shown, from the row `top` on.
pub fn draw(words: &Words, top: u16, theme: Theme, area: Area, buf: &mut Buffer) -> Seen {
    let rows = &words.rows[..words.shown];
    let reach = rows.len().saturating_sub(usize::from(area.height));
    let top = usize::from(top).min(reach);
    for (index, row) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
        row_at(buf, area, index as u16, 0, row, theme);
    }
    Seen { top, reach }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn what_is_not_on_show_is_counted() {
        let words = |top, reach| Seen { top, reach }.words();
        assert_eq!([words(0, 0), words(0, 3), words(3, 3)], ["", "3 more", "3 above"]);
        assert_eq!(words(1, 3), "1 above, 2 more");
    }
}
