//! The lab as text: the rows that [`words`] gives, from the first one on show.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::Scene;
use crate::app::lab::words;
use crate::ui::text::line_at;
use crate::ui::theme::{Mark, Theme};

/// The lab's text, from a row on.
pub fn draw(scene: &Scene<'_>, top: usize, theme: Theme, area: Area, buf: &mut Buffer) {
    let rows = words::rows(scene, words::columns(area.width));
    let key = |action| keymap::shown(Context::LabWords, action);
    // While something else has those keys it is read from its beginning.
    let is_free = scene.bet.is_none() && scene.failures.list.is_none();
    let keys = is_free.then(|| [key(Action::Down), key(Action::Up)]);
    draw_rows(&rows, top, keys, theme, area, buf);
}

/// Draws as many rows as there are; the last one says where one is, and with which keys one goes on and back, where that
/// is not all of them and it can be turned.
pub fn draw_rows(
    rows: &[String],
    top: usize,
    keys: Option<[String; 2]>,
    theme: Theme,
    area: Area,
    buf: &mut Buffer,
) {
    let shown = usize::from(area.height);
    let mut rest = area.inset(1, 0);
    if rows.len() > shown {
        let foot = rest.cut_bottom(1);
        let top = words::top_of(top, rows.len(), shown);
        let last = (top + usize::from(rest.height)).min(rows.len());
        let mut words = format!("lines {} to {last} of {}", top + 1, rows.len());
        if let Some([on, back]) = keys {
            words += &["; ", &on, " and ", &back, " for more"].concat();
        }
        line_at(buf, foot, 0, 0, &words, theme.mark(Mark::Quiet));
    }
    let top = words::top_of(top, rows.len(), shown);
    for (at, row) in rows.iter().skip(top).take(usize::from(rest.height)).enumerate() {
        let heading = !row.starts_with(' ');
        let style = if heading { theme.mark(Mark::Strong) } else { Style::new() };
        line_at(buf, rest, at as u16, 0, row, style);
    }
}
