//! What the audience sees: the same picture in a frame, or where there is no room for one its facts.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::key;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::present::Talk;
use crate::app::present::console::{Console, facts};
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::ui::lab;
use crate::ui::overlay::boxed;
use crate::ui::present::slide;
use crate::ui::text::{clipped_at_word, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// While the audience is held, the presenter's own beat needs so many rows under what it sees.
const OWN_ROWS: u16 = 9;

pub fn draw(console: &Console, parts: &Parts, theme: Theme, area: Area, framed: bool, buf: &mut Buffer) {
    let talk = console.talk();
    if !framed {
        return draw_facts(talk, parts, theme, area, buf);
    }
    let mut rest = area;
    let session = talk.session();
    if session.held.is_some() && area.height >= 2 * OWN_ROWS {
        let own = rest.cut_bottom(area.height / 2);
        draw_own(talk, parts, theme, own, buf);
    }
    let (title, marked) = heading(talk);
    let inside = boxed(rest, &format!(" {title} "), !marked, theme, buf);
    slide::draw(talk, parts, session.shown(), theme, inside, buf);
    if session.blank {
        dim(inside, buf);
    }
}

/// What the frame says; whether that is anything but the common case.
fn heading(talk: &Talk) -> (String, bool) {
    let session = talk.session();
    if let Some(why) = talk.foreign() {
        return (format!("Alone: {why}"), true);
    }
    match (session.blank, session.held.is_some()) {
        (true, _) => (format!("Audience: BLANK, {} shows this", key(Action::Blank)), true),
        (false, true) => (format!("Audience: HELD here, {} lets it follow you", key(Action::Hold)), true),
        _ if talk.peers().audience.is_none() => {
            ("No audience window; `eastwest present` opens one that shows this".to_owned(), true)
        }
        (false, false) => ("Audience sees".to_owned(), false),
    }
}

/// The presenter's own beat while the audience is held: its words alone, since the mesh is the audience's.
fn draw_own(talk: &Talk, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let view = &talk.session().view;
    let inside = boxed(area, " You look at ", true, theme, buf);
    let words = View { play: None, ..view.clone() };
    slide::draw(talk, parts, &words, theme, inside, buf);
}

/// It is there, and nobody sees it.
fn dim(area: Area, buf: &mut Buffer) {
    let rect = crate::ui::rect(area);
    for position in rect.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.modifier.insert(Modifier::DIM);
        }
    }
}

/// Which beat the audience has, and its words or its mesh in a line.
fn draw_facts(talk: &Talk, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let inside = area.inset(1, 0);
    let session = talk.session();
    let shown_view = session.shown();
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let marked = session.blank || session.held.is_some() || talk.foreign().is_some();
    let words = match talk.foreign() {
        Some(why) => format!("alone: {why}"),
        None if talk.peers().audience.is_none() => {
            format!("no audience window; {}", facts::sees(talk))
        }
        None => format!("audience {}", facts::sees(talk)),
    };
    let mark = theme.mark(if marked { Mark::Crossing } else { Mark::Strong });
    let words = clipped_at_word(&words, usize::from(inside.width), ellipsis);
    line_at(buf, inside, 0, 0, &words, mark);
    if area.height < 2 {
        return;
    }
    let mut below = area;
    below.cut_top(1);
    if let Some(staged) = talk.stage().lab().filter(|_| shown_view.front == Front::Beat) {
        let mut scene = staged.scene(false);
        scene.playing = talk.stage().pace().is_some();
        scene.caption = "";
        lab::strip::draw(&scene, theme, below, buf);
    } else {
        let says = facts::says(talk, parts, shown_view);
        let says = clipped_at_word(&says, usize::from(inside.width), ellipsis);
        line_at(buf, inside, 1, 0, &says, theme.mark(Mark::Plain));
    }
}
