//! A buffer as text with its looks below: what stands where, then each run of cells that has a mark.

use eastwest::ui::theme::{Mark, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Marks by name; of two that look alike the first is named.
const MARKS: [(Mark, &str); 9] = [
    (Mark::Plain, "plain"),
    (Mark::Quiet, "quiet"),
    (Mark::Local, "local"),
    (Mark::Crossing, "crossing"),
    (Mark::Failure, "failure"),
    (Mark::Retry, "retry"),
    (Mark::Strong, "strong"),
    (Mark::Key, "key"),
    (Mark::Selected, "selected"),
];

pub fn blank(width: u16, height: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

/// The text alone, without blanks at the ends of lines.
pub fn text(buf: &Buffer) -> String {
    let area = buf.area;
    let rows = (area.y..area.bottom()).map(|y| {
        let row: String = (area.x..area.right()).map(|x| buf[(x, y)].symbol()).collect();
        row.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// The text, and under it for each row which columns have which mark; `quiet` is left out, it is everywhere.
pub fn styled(buf: &Buffer, theme: Theme) -> String {
    let area = buf.area;
    let looks = (area.y..area.bottom()).filter_map(|y| {
        let runs: Vec<String> = runs(buf, y, theme)
            .into_iter()
            .filter(|(.., name)| name != "plain" && name != "quiet")
            .map(
                |(from, to, name)| {
                    if from == to { format!("{from} {name}") } else { format!("{from}-{to} {name}") }
                },
            )
            .collect();
        (!runs.is_empty()).then(|| format!("{y:>3}: {}", runs.join(", ")))
    });
    format!("{}\n\n{}", text(buf), looks.collect::<Vec<_>>().join("\n"))
}

fn runs(buf: &Buffer, y: u16, theme: Theme) -> Vec<(u16, u16, String)> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in buf.area.x..buf.area.right() {
        let name = name(buf[(x, y)].style(), theme);
        match runs.last_mut() {
            Some((_, to, last)) if *last == name => *to = x,
            _ => runs.push((x, x, name)),
        }
    }
    runs
}

fn name(style: Style, theme: Theme) -> String {
    let plain = |style: Style| {
        let none =
            |color: Option<ratatui::style::Color>| color.filter(|c| *c != ratatui::style::Color::Reset);
        (none(style.fg), none(style.bg), style.add_modifier)
    };
    let known = MARKS.iter().find(|(mark, _)| plain(theme.mark(*mark)) == plain(style));
    known.map_or_else(|| format!("{:?}", plain(style)), |(_, name)| (*name).to_owned())
}
