//! The hardest cards, and those that were answered wrong with certainty.

use super::Scene;
use super::line::{Line, cut, paragraph};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::stats::Panel;
use crate::app::stats::words::{many, percent, question};
use crate::mesh_view::figures::thousands;
use crate::ui::theme::{Glyph, Mark};

/// Columns up to which the numbers of a card stand.
const ENDS: [usize; 4] = [8, 14, 22, 30];
/// Rows of the list where other panels stand beside it.
const LISTED: usize = 5;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let figures = &scene.stats.figures;
    let is_narrow = scene.columns < 48;
    let text_at = if is_narrow { ENDS[1] } else { ENDS[3] } + 2;
    let has_focus = scene.stats.panel == Panel::Cards;
    let names = ["lapses", "diff.", "stable", "recall"];
    let head = names
        .iter()
        .zip(ENDS)
        .take(if is_narrow { 2 } else { 4 })
        .fold(Line::default(), |line, (name, end)| line.up_to(end, Mark::Quiet, *name));
    let mut lines = vec![head.to(text_at).with(Mark::Quiet, "card")];
    let first = if scene.alone { 0 } else { (scene.stats.at + 1).saturating_sub(LISTED) };
    let shown = if scene.alone { figures.hardest.len() } else { LISTED };
    for (at, card) in figures.hardest.iter().enumerate().skip(if has_focus { first } else { 0 }).take(shown) {
        let here = has_focus && at == scene.stats.at;
        let numbers = [
            card.lapses.to_string(),
            format!("{:.1}", card.difficulty),
            stable(card.stability_days),
            percent(card.recall),
        ];
        let pointer = if here { scene.theme.glyph(Glyph::Pointer) } else { " " };
        let mark = if here { Mark::Strong } else { Mark::Plain };
        let line = numbers
            .into_iter()
            .zip(ENDS)
            .take(if is_narrow { 2 } else { 4 })
            .fold(Line::new(Mark::Local, pointer), |line, (number, end)| line.up_to(end, mark, number));
        let text =
            cut(&question(scene.parts, &card.card), scene.columns.saturating_sub(text_at), scene.theme);
        lines.push(line.to(text_at).with(mark, text).focused(here));
    }
    if figures.hardest.is_empty() {
        lines.push(Line::quiet("no card was reviewed yet"));
    } else {
        let key = keymap::shown(Context::Stats, Action::Confirm);
        lines.push(Line::new(Mark::Key, key).with(Mark::Quiet, "  asks the marked card now"));
    }
    lines.extend(errors(scene));
    lines
}

fn errors(scene: Scene<'_>) -> Vec<Line> {
    let errors = &scene.stats.figures.confident_errors;
    let open = errors.iter().filter(|error| !error.mended).count();
    let cards = many(errors.len() as u32, "card");
    let said = match (errors.is_empty(), open) {
        (true, _) => "certain and wrong: none".to_owned(),
        (_, 0) => format!("certain and wrong: {cards}, all right on a later day"),
        (_, open) => format!("certain and wrong: {cards}, {open} not right on a later day"),
    };
    let mut lines = if scene.alone { vec![Line::default()] } else { Vec::new() };
    lines.extend(paragraph(Mark::Plain, &said, scene.columns));
    let shown = if scene.alone { errors.len() } else { 2 };
    lines.extend(errors.iter().take(shown).map(|error| {
        let glyph = scene.theme.glyph(if error.mended { Glyph::Done } else { Glyph::Failure });
        let mark = if error.mended { Mark::Quiet } else { Mark::Failure };
        let times =
            if error.times > 1 { format!(" {} times", thousands(error.times.into())) } else { String::new() };
        let text = format!("{}{times}  {}", error.day, question(scene.parts, &error.card));
        Line::new(mark, glyph)
            .with(Mark::Plain, " ")
            .with(Mark::Plain, cut(&text, scene.columns.saturating_sub(2), scene.theme))
    }));
    lines
}

/// `2.3 d`, `140 d`.
fn stable(days: f64) -> String {
    if days < 100.0 { format!("{days:.1} d") } else { format!("{days:.0} d") }
}
