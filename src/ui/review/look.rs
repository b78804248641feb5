//! What is looked at between two questions: said beside right, the errors of last time, a manifest.

use super::page::Page;
use super::{manifest, plain, source_words, strong};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::review::{Pause, Reminded, Revealed, contrast};
use crate::app::state::Parts;
use crate::course::quiz::{Card, Fault};
use crate::course::{Role, Span, markdown, typeset};
use crate::ui::overlay::boxed;
use crate::ui::text::line_at;
use crate::ui::theme::{Glyph, Mark};

/// From this width on what was said and what is right stand side by side.
const BESIDE_COLUMNS: u16 = 64;
/// Columns between the two.
const BETWEEN: u16 = 2;
/// Columns that a border and a blank beside it take, on both sides.
const BORDERS: u16 = 4;
/// Columns of a key before what it does.
const KEY_COLUMNS: u16 = 7;
/// Columns for how long ago it was.
const AGO_COLUMNS: u16 = 13;

pub(super) fn draw(page: &mut Page<'_>, pause: &Pause, card: Option<&Card>, parts: &Parts) {
    match (pause, card) {
        (Pause::Contrast(revealed), Some(card)) => draw_contrast(page, revealed, card),
        (Pause::Reminder(list), _) => draw_reminder(page, list, parts),
        (Pause::Manifest { text, .. }, Some(card)) => draw_manifest(page, text, card),
        _ => {}
    }
}

/// Certain and wrong: both sides, why, and that it comes back.
fn draw_contrast(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    page.gap();
    let glyph = page.theme.glyph(Glyph::Failure);
    page.text(0, Role::Bad, &format!("{glyph} You were certain, and it was not right."));
    page.gap();
    page.spans(0, &strong(&card.question));
    page.gap();
    let said = contrast::said(&revealed.asked.attempt, card);
    let right = contrast::right(revealed, card);
    if page.area.width >= BESIDE_COLUMNS {
        draw_beside(page, &said, &right);
    } else {
        draw_below(page, "you said", &said);
        draw_below(page, "right", &right);
    }
    page.gap();
    let mut why = vec![Span::new(Role::Label, "why: ")];
    why.extend(markdown::inline(&card.reason));
    page.spans(0, &why);
    if let Some(option) = contrast::picked(&revealed.asked.attempt, card).filter(|option| !option.right) {
        let mut yours = vec![Span::new(Role::Label, "yours: ")];
        yours.extend(markdown::inline(&option.why));
        page.spans(0, &yours);
    }
    page.gap();
    page.text(0, Role::Quiet, &source_words(card));
    let back = if revealed.asked.is_practice {
        "It comes back in this practice; the schedule stays as it is."
    } else {
        "It comes back in this session, and the next one begins with it."
    };
    page.text(0, Role::Quiet, back);
    draw_go_on(page, "goes on");
    draw_key(page, Action::OpenSection, "reads its section");
    if card.see().is_some() {
        draw_key(page, Action::SeeIt, "see what is behind it");
    }
}

fn draw_beside(page: &mut Page<'_>, said: &[Vec<Span>], right: &[Vec<Span>]) {
    let mut rest = page.area;
    rest.cut_top(page.row);
    let half = (rest.width - BETWEEN) / 2;
    let lines = |side: &[Vec<Span>]| -> Vec<Vec<Span>> {
        side.iter().flat_map(|line| typeset::wrap_spans(line, half.saturating_sub(BORDERS))).collect()
    };
    let (said, right) = (lines(said), lines(right));
    let height = said.len().max(right.len()) as u16 + 2;
    let mut row = rest.cut_top(height.min(rest.height));
    let left = row.cut_left(half);
    row.cut_left(BETWEEN);
    let right_box = row.cut_left(half);
    for (frame, label, heavy, lines) in
        [(left, " You said ", false, said), (right_box, " Right ", true, right)]
    {
        let inside = boxed(frame, label, heavy, page.theme, page.buf).inset(1, 0);
        for (row, line) in lines.iter().enumerate() {
            let mut at = 0;
            for span in line {
                at = line_at(page.buf, inside, row as u16, at, &span.text, page.theme.role(span.role));
            }
        }
    }
    page.row += height;
}

fn draw_below(page: &mut Page<'_>, label: &str, lines: &[Vec<Span>]) {
    page.text(0, Role::Label, label);
    for line in lines {
        page.spans(2, line);
    }
}

/// Questions only: the answers are still to be recalled.
fn draw_reminder(page: &mut Page<'_>, list: &[Reminded], parts: &Parts) {
    page.gap();
    page.text(0, Role::Strong, "Last time you were certain of these, and wrong");
    page.gap();
    for reminded in list {
        let question =
            parts.course.card(&reminded.card).map(|card| plain(&card.question)).unwrap_or_default();
        let ago = match reminded.days_ago {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        line_at(page.buf, page.area, page.row, 0, &ago, page.theme.mark(Mark::Quiet));
        page.text(AGO_COLUMNS, Role::Text, &question);
    }
    page.gap();
    let what =
        "What was not asked again today comes first. Each stays here until it is right on another day.";
    page.text(0, Role::Quiet, what);
    draw_go_on(page, "begins");
}

fn draw_manifest(page: &mut Page<'_>, text: &str, card: &Card) {
    page.gap();
    page.spans(0, &strong(&card.question));
    page.gap();
    manifest::draw(page, &Fault { yaml: text.to_owned(), wrong: Vec::new() }, None);
    page.gap();
    page.text(0, Role::Quiet, &source_words(card));
    draw_go_on(page, "back to the answer");
}

fn draw_go_on(page: &mut Page<'_>, words: &str) {
    draw_key(page, Action::Confirm, words);
}

fn draw_key(page: &mut Page<'_>, action: Action, words: &str) {
    page.label(Role::Key, &keymap::shown(Context::ReviewLook, action));
    page.text(KEY_COLUMNS, Role::Text, words);
}
