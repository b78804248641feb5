//! A question for everybody as rows: what is done, what is asked, the hands for each option, what came of it.

use crate::app::present::asked::{Asked, AskedOption, Told};
use crate::app::present::options::letter;
use crate::app::present::polls::THINK_MS;
use crate::course::markdown::inline;
use crate::course::{Role, Span};

/// The bar of the time to think has so many cells.
const BAR_CELLS: u64 = 30;

/// The lines of a question, each a paragraph; an empty one keeps its neighbors apart.
#[must_use]
pub fn lines(asked: &Asked) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    // What was done is seen by then, and the room is for what came of it.
    if !asked.deed.is_empty() && asked.told.is_none() {
        lines.push(vec![Span::new(Role::Strong, asked.deed.clone())]);
    }
    lines.extend([inline(&asked.ask), Vec::new()]);
    lines.extend(asked.options.iter().enumerate().map(|(at, option)| option_line(at, option)));
    if asked.told.is_some() {
        lines.push(Vec::new());
    }
    match &asked.told {
        None => {}
        Some(Told::Came { came, why }) => {
            let figure = Span::new(Role::Figure, came.clone());
            lines.push(vec![Span::new(Role::Quiet, "The run says "), figure]);
            lines.push(inline(why));
        }
        Some(Told::NotYet) => {
            lines.push(vec![Span::new(Role::Quiet, "The run is still being worked out.")]);
        }
        Some(Told::Nothing(why)) => lines.push(vec![Span::new(Role::Warning, why.clone())]),
    }
    lines
}

/// `B  Three quarters (7 hands)`.
fn option_line(at: usize, option: &AskedOption) -> Vec<Span> {
    let role = match option.right {
        Some(true) => Role::Good,
        Some(false) => Role::Quiet,
        None => Role::Text,
    };
    let key = Span::new(Role::Key, format!("{}  ", letter(at)));
    let mut spans = vec![key, Span::new(role, option.words.clone())];
    if option.hands > 0 {
        let hands = if option.hands == 1 { "hand" } else { "hands" };
        spans.push(Span::new(Role::Figure, format!(" ({} {hands})", option.hands)));
    }
    if option.right == Some(true) {
        spans.push(Span::new(Role::Good, " ✓"));
    }
    spans
}

/// `●●●●●●●●●●●●●●●●●●············  18 s to think`: it shrinks by a cell a second.
#[must_use]
pub fn think_line(left_ms: u64) -> Vec<Span> {
    let cells = |ms: u64| usize::try_from((ms * BAR_CELLS).div_ceil(THINK_MS)).unwrap_or(0);
    let left = cells(left_ms.min(THINK_MS));
    let words = match left_ms.div_ceil(1_000) {
        0 => "  hands, please".to_owned(),
        seconds => format!("  {seconds} s to think"),
    };
    vec![
        Span::new(Role::Key, "●".repeat(left)),
        Span::new(Role::Quiet, "·".repeat(cells(THINK_MS) - left)),
        Span::new(Role::Figure, words),
    ]
}
