//! The presenter's notes below what the audience sees, where there is no second window.

use ratatui::buffer::Buffer;

use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::present::strip::Strip;
use crate::ui::lab::panel::headed_rule;
use crate::ui::text::row_at;
use crate::ui::theme::Theme;

/// Draws a page of them under a rule that says who can read it.
pub fn draw(strip: &Strip, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let key = keymap::shown(Context::Audience, Action::Notes);
    let next = if strip.page + 1 < strip.pages { "goes on" } else { "hides" };
    let heading = format!("Notes, seen by everybody: {key} {next}");
    headed_rule(&heading, theme, rest.cut_top(1), 0, buf);
    for (index, row) in strip.rows.iter().take(usize::from(rest.height)).enumerate() {
        row_at(buf, rest, index as u16, 1, row, theme);
    }
}
