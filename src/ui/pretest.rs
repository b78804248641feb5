//! Questions before reading: the offer, one question after the other, and then and now beside the answer.
//!
//! ```text
//!  Before you read                    1 · When does …?
//!  three questions …                  then  fairly sure · because …
//!  Enter  answer them                 now   certain · when both …
//!  Esc    leave them out              right when both regions …
//! ```

use ratatui::buffer::Buffer;

use super::review::page::{self, Page};
use super::review::{draw_confidence, draw_typing, strong};
use super::theme::Theme;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::pretest::{Pretest, Stage};
use crate::app::review::Attempt;
use crate::app::state::Parts;
use crate::course::quiz::Card;
use crate::course::{Role, Span, markdown};
use crate::learner::Round;

/// The text is never wider: long lines are hard to read.
const TEXT_COLUMNS: u16 = 84;
/// Where the words of a comparison begin, behind their label.
const LABEL_COLUMNS: u16 = 7;

/// What stands at the right of the header.
#[must_use]
pub fn title(pretest: &Pretest) -> String {
    let count = pretest.cards().len();
    match (pretest.stage(), pretest.round()) {
        (Stage::Asking { at, .. }, _) => format!("question {} of {count} · nothing is graded", at + 1),
        (Stage::Offered, Round::Before) => "before you read".to_owned(),
        (Stage::Offered, Round::After) => "once more".to_owned(),
        (Stage::Compared, _) => "then and now".to_owned(),
    }
}

/// Draws it in place of text and mesh.
pub fn draw(pretest: &Pretest, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let inside = area.centered(TEXT_COLUMNS.min(area.width.saturating_sub(4)), area.height);
    page::draw(inside, pretest.top(), theme, buf, |page| match pretest.stage() {
        Stage::Offered => draw_offer(page, pretest, parts),
        Stage::Asking { at, attempt, confidence } => {
            let card = pretest.cards().get(*at).and_then(|card| parts.course.card(card));
            let (Some(card), Attempt::Text { text, .. }) = (card, attempt) else { return };
            page.gap();
            page.spans(0, &strong(&card.question));
            page.gap();
            draw_typing(page, text, Some(" What you think, in a few words ".to_owned()));
            page.gap();
            draw_confidence(page, *confidence);
        }
        Stage::Compared => draw_comparison(page, parts),
    });
}

fn draw_offer(page: &mut Page<'_>, pretest: &Pretest, parts: &Parts) {
    let count = pretest.cards().len();
    let them = if count == 1 { "it" } else { "them" };
    let questions = match count {
        1 => "One question".to_owned(),
        2 => "Two questions".to_owned(),
        3 => "Three questions".to_owned(),
        more => format!("{more} questions"),
    };
    let plan = parts.course.lesson.pretest.as_ref();
    page.gap();
    match pretest.round() {
        Round::Before => {
            page.text(0, Role::Strong, "Before you read");
            page.gap();
            let again = plan.map_or(0, |plan| plan.again);
            page.text(0, Role::Text, &format!(
                "{questions} that the sections from here on answer. Guessing first, even wrongly, helps the \
                     answer stay once you meet it, so a wrong guess is expected."
            ));
            page.gap();
            page.text(0, Role::Text, &format!(
                "No answer is shown, nothing is graded, and no card moves. Before section {again} you are asked once \
                 more and see then and now beside the answer."
            ));
        }
        Round::After => {
            page.text(0, Role::Strong, "Once more, before you look");
            page.gap();
            let before = plan.map_or(0, |plan| plan.before);
            page.text(0, Role::Text, &format!(
                "You were asked before section {before}. Answer from memory; after that what you said then and what you \
                 say now stand beside the answer. Nothing is graded."
            ));
        }
    }
    page.gap();
    let minutes = parts.learner.minutes(count);
    let answer = format!("answer {them} (about {minutes} min)");
    draw_key(page, Action::Confirm, &answer);
    draw_key(page, Action::Skip, &format!("skip {them} and read; you are not asked again"));
}

fn draw_key(page: &mut Page<'_>, action: Action, words: &str) {
    labelled(page, &keymap::shown(Context::Pretest, action), Role::Key, &[Span::new(Role::Text, words)]);
}

fn draw_comparison(page: &mut Page<'_>, parts: &Parts) {
    let cards = parts.course.lesson.pretest.iter().flat_map(|plan| &plan.cards);
    for (place, card) in (1..).zip(cards.filter_map(|id| parts.course.card(id))) {
        page.gap();
        let mut question = vec![Span::new(Role::Key, format!("{place} "))];
        question.extend(strong(&card.question));
        page.spans(0, &question);
        draw_said(page, "then", parts, card, Round::Before);
        draw_said(page, "now", parts, card, Round::After);
        labelled(page, "right", Role::Good, &markdown::inline(&card.answer));
        labelled(page, "why", Role::Label, &markdown::inline(&card.reason));
        if !page.roomy {
            page.row += 1;
        }
    }
    page.gap();
    draw_key(page, Action::Confirm, "back to the text");
}

fn draw_said(page: &mut Page<'_>, label: &str, parts: &Parts, card: &Card, round: Round) {
    let said = parts.learner.pretest(card.id.as_str(), round).filter(|said| !said.said.is_empty());
    let spans = match said {
        Some(said) => {
            let sure = said.confidence.map_or_else(String::new, |sure| format!("{} · ", sure.word()));
            vec![Span::new(Role::Quiet, sure), Span::new(Role::Text, said.said.clone())]
        }
        None => vec![Span::new(Role::Quiet, "not answered")],
    };
    labelled(page, label, Role::Label, &spans);
}

fn labelled(page: &mut Page<'_>, label: &str, role: Role, spans: &[Span]) {
    page.label(role, label);
    page.spans(LABEL_COLUMNS, spans);
}
