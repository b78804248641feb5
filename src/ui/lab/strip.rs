//! The mesh in a line or two, where there is no room for a picture.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::figures;
use super::log::wrapped;
use super::mesh::{pod_look, tag, troubles};
use super::place;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::bet::Bet;
use crate::app::lab::question::Question;
use crate::app::lab::scene::Scene;
use crate::mesh_view::{PlaceKind, PlaceState};
use crate::ui::text::{clipped_at_word, keys_in, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// `lab ► 00:58   local 100.0 %  ok 100.00 %  $0.533/h   caption`
pub fn draw_numbers(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let area = area.inset(1, 0);
    let mut at = draw_start(scene, theme, area, buf);
    for (name, figure) in numbers(scene) {
        at = line_at(buf, area, 0, at, name, theme.mark(Mark::Quiet)) + u16::from(!name.is_empty());
        at = line_at(buf, area, 0, at, &figure, theme.mark(Mark::Strong)) + 2;
    }
    draw_caption(scene, theme, area, (0, at), buf);
}

/// What the text says of this mesh, as far as it fits.
fn draw_caption(scene: &Scene<'_>, theme: Theme, area: Area, (row, column): (u16, u16), buf: &mut Buffer) {
    let room = usize::from(area.width.saturating_sub(column));
    let caption = clipped_at_word(scene.caption, room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, row, column, &caption, theme.mark(Mark::Quiet));
}

fn draw_start(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) -> u16 {
    let quiet = theme.mark(Mark::Quiet);
    let play = if scene.playing { Glyph::Play } else { Glyph::Pause };
    let at = line_at(buf, area, 0, 0, "lab ", theme.mark(Mark::Strong));
    let at = line_at(buf, area, 0, at, theme.glyph(play), quiet);
    line_at(buf, area, 0, at + 1, &figures::minutes(scene.view.at), quiet) + 2
}

/// Name and figure: what stays local, what ends well, what it costs.
fn numbers(scene: &Scene<'_>) -> [(&'static str, String); 3] {
    let now = &scene.view.now;
    let local = now.local_percent.map_or_else(|| "-".to_owned(), |share| figures::percent(share, 1));
    let ok = figures::success(now).map_or_else(|| "-".to_owned(), |share| figures::percent(share, 2));
    [("local", local), ("ok", ok), ("", figures::dollars_per_hour(now.cost_micro_usd_per_hour))]
}

/// `lab ► 00:58  E pay ●●●●  ── 70 ms ──  W pay ●●●●   local 100.0 %  ok 100.00 %  $0.533/h`
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let area = area.inset(1, 0);
    let quiet = theme.mark(Mark::Quiet);
    let mut at = draw_start(scene, theme, area, buf);
    let service = place::service_order(scene.view).pop().unwrap_or_default();
    for (index, region) in scene.view.regions.iter().take(2).enumerate() {
        if index == 1 {
            at = draw_link(scene, theme, area, at, buf);
        }
        at = line_at(buf, area, 0, at, &figures::initial(&region.name), theme.mark(Mark::Strong)) + 1;
        at = line_at(buf, area, 0, at, &service, quiet) + 1;
        let pods = scene.view.places.iter().filter(|place| {
            let drawn = place.kind != PlaceKind::Users && place.state != PlaceState::Gone;
            drawn && place.service == service && usize::from(place.region) == index
        });
        for pod in pods {
            let (glyph, mark) = pod_look(pod);
            at = line_at(buf, area, 0, at, theme.glyph(glyph), theme.mark(mark));
        }
        for (glyph, name, mark) in troubles(scene.view, index) {
            at = line_at(buf, area, 0, at + 1, &tag(glyph, name, theme), theme.mark(mark));
        }
        at += 1;
    }
    if let Some(bet) = scene.bet {
        return draw_bet(bet, theme, area, buf);
    }
    let mut row = 0;
    at += 1;
    for (name, figure) in numbers(scene) {
        let wide = (name.len() + 1 + figure.len()) as u16;
        if at + wide > area.width && row + 1 < area.height {
            (row, at) = (row + 1, 4);
        }
        at = line_at(buf, area, row, at, name, quiet) + u16::from(!name.is_empty());
        at = line_at(buf, area, row, at, &figure, theme.mark(Mark::Strong)) + 2;
    }
    if !scene.caption.is_empty() && row + 1 < area.height {
        draw_caption(scene, theme, area, (row + 1, 0), buf);
    }
}

/// The question, in the rows that there are.
fn draw_bet(bet: &Bet, theme: Theme, mut area: Area, buf: &mut Buffer) {
    if area.height > 1 {
        area.cut_top(1);
    }
    let key = |action| keys_in(&keymap::shown(Context::LabPredict, action), theme);
    let keys = format!("{} {} {}", key(Action::Less), key(Action::More), key(Action::Confirm));
    let words = format!("{} {}", bet.question.deed, asked(&bet.question));
    let rows = wrapped(&words, usize::from(area.width).max(8));
    let answer = format!("{}   {keys}", bet.said_words());
    let shown = rows.len().min(usize::from(area.height.saturating_sub(1)));
    for text in &rows[..shown] {
        line_at(buf, area.cut_top(1), 0, 0, text, Style::new());
    }
    line_at(buf, area.cut_top(1), 0, 0, &answer, theme.mark(Mark::Key));
}

fn draw_link(scene: &Scene<'_>, theme: Theme, area: Area, at: u16, buf: &mut Buffer) -> u16 {
    let Some(link) = scene.view.links.first() else { return at };
    let is_cut = link.cut.0 || link.cut.1;
    let rail = theme.glyph(Glyph::Rule);
    let (words, mark) = if is_cut {
        (format!("{rail}{} cut {rail}", theme.glyph(Glyph::Cut)), Mark::Failure)
    } else {
        (format!("{rail}{rail} {:.0} ms {rail}{rail}", link.rtt_ms), Mark::Quiet)
    };
    line_at(buf, area, 0, at, &words, theme.mark(mark)) + 1
}

/// The question with what one chooses between.
fn asked(question: &Question) -> String {
    let choices = question.choices().iter().enumerate();
    let choices: Vec<String> = choices.map(|(at, choice)| format!("{} {}", at + 1, choice.words)).collect();
    format!("{} {}", question.ask, choices.join("; ")).trim_end().to_owned()
}
