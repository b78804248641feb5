//! The time to think about a card, as a bar.

use crate::app::present::polls::THINK_MS;
use crate::course::{Role, Span};

/// The bar of the time to think has so many cells.
const BAR_CELLS: u64 = 30;

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
