//! What fires on the key, how the mesh stands, hands.

use ratatui::buffer::Buffer;

use super::{headed, key, shown};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::present::console::{Console, cue, polls};
use crate::app::state::Parts;
use crate::ui::text::{clipped, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

pub fn draw(console: &Console, parts: &Parts, theme: Theme, area: Area, ruled: bool, buf: &mut Buffer) {
    let talk = console.talk();
    let cue = cue::cue(talk, console.now_ms());
    let heading = if cue.armed { "Armed" } else { "Demo" };
    let body = headed(heading, ruled, theme, area, buf);
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let room = usize::from(body.width);
    let hot = cue.armed || (!cue.fires.is_empty() && !cue.fired);
    let mut lines: Vec<(String, Mark)> = Vec::new();
    let sign = if hot { format!("{} ", theme.glyph(Glyph::Pointer)) } else { String::new() };
    lines.push((sign + &cue::words(&cue), if hot { Mark::Crossing } else { Mark::Plain }));
    let hands = talk.slide(&talk.session().view).and_then(|slide| polls::hands(talk, parts, slide));
    if let Some(hands) = hands {
        let right = hands.right.and_then(|right| hands.counts.get(right)).map(|(label, _)| label.clone());
        let right = right.filter(|label| label.len() == 1);
        let right = right.map_or_else(String::new, |label| format!("   right: {label}"));
        lines.push((format!("hands  {}{right}", polls::words(&hands)), Mark::Strong));
    }
    let so_far = polls::so_far_words(talk, parts);
    if !so_far.is_empty() {
        lines.push((so_far, Mark::Quiet));
    }
    if let Some(mesh) = cue.mesh {
        lines.push((mesh, Mark::Plain));
        lines.push((keys(), Mark::Quiet));
    }
    for (row, (words, mark)) in lines.iter().enumerate().take(usize::from(body.height)) {
        let words = clipped(&shown(words, theme), room, ellipsis);
        line_at(buf, body, row as u16, 0, &words, theme.mark(*mark));
    }
}

/// The keys for the mesh on show.
fn keys() -> String {
    let (run, back, healthy) = (key(Action::TogglePlay), key(Action::RewindTalk), key(Action::Healthy));
    format!("{run} run / pause   {back} 10 s back   {healthy} healthy again")
}
