//! Where the console's parts stand, in plain numbers.
//!
//! ```text
//!  100 columns and more            fewer
//!  ┏ audience ━━━━┓ ─ notes ──     facts of the audience's picture
//!  ┃              ┃               ─ notes ───────────
//!  ┗━━━━━━━━━━━━━━┛ ─ fire ───     ─ fire ────────────
//!  ─ next ────────                 ─ next ────────────
//!  ─ questions ───                 ─ pace ────────────
//!  ─ pace ────────────────────     a question, if one waits
//! ```

use crate::app::geometry::Area;

/// The parts; each begins with its heading where [`Panes::ruled`] says so. The notes always do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// What the audience sees, as a picture in a frame or as facts.
    pub mirror: Area,
    pub framed: bool,
    pub notes: Area,
    pub fire: Area,
    pub next: Area,
    pub questions: Area,
    pub pace: Area,
    pub ruled: bool,
    /// The wide form, in which sections have columns.
    pub wide: bool,
}

/// Columns of the notes at most: longer lines are hard to find again after a look at the room.
const NOTES_COLUMNS: u16 = 82;

/// What there is to show; it decides how the rows are shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// Questions for later, or one being typed.
    pub waiting: bool,
    /// A mesh is before the audience: its facts take a row more.
    pub mesh: bool,
    /// Rows of what fires, hands and the like.
    pub fire: u16,
}

/// The parts for a body.
#[must_use]
pub fn panes(body: Area, wants: Wants) -> Panes {
    if body.width >= 100 && body.height >= 24 { wide(body, wants) } else { narrow(body, wants) }
}

fn wide(body: Area, wants: Wants) -> Panes {
    let mut rest = body;
    let pace = rest.cut_bottom(6);
    let roomy = rest.height >= 28;
    let mut left = rest.cut_left((body.width * 58 / 100).max(body.width.saturating_sub(NOTES_COLUMNS)));
    rest.cut_left(1);
    let questions = left.cut_bottom(if roomy { 4 } else { 2 });
    let next = left.cut_bottom(if roomy { 7 } else { 5 });
    let fire = rest.cut_bottom(1 + wants.fire.clamp(1, if roomy { 9 } else { 5 }));
    Panes { mirror: left, framed: true, notes: rest, fire, next, questions, pace, ruled: true, wide: true }
}

fn narrow(body: Area, wants: Wants) -> Panes {
    let mut rest = body;
    let framed = body.height >= 34;
    let (ruled, facts, fire, next, pace) = match body.height {
        18.. => (true, 2, 1 + wants.fire.clamp(1, 2), 4, 3),
        14.. => (false, 2, wants.fire.clamp(1, 2), 2, 2),
        _ => (false, 1, 1, 1, 1),
    };
    let facts = facts + u16::from(wants.mesh && facts > 1);
    let mirror = rest.cut_top(if framed { body.height * 2 / 5 } else { facts });
    let questions = rest.cut_bottom(u16::from(wants.waiting));
    let pace = rest.cut_bottom(pace);
    let next = rest.cut_bottom(next);
    let fire = rest.cut_bottom(fire);
    Panes { mirror, framed, notes: rest, fire, next, questions, pace, ruled, wide: false }
}

impl Panes {
    /// The cells of the notes below their heading.
    #[must_use]
    pub fn notes_body(&self) -> Area {
        let mut body = self.notes;
        body.cut_top(1);
        body.inset(1, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::{Size, chrome};

    #[test]
    fn parts_cover_no_cell_twice_and_none_outside() {
        for width in (40..=200).step_by(7) {
            for height in 12..=70 {
                for (waiting, fire) in [(false, 0), (true, 1), (false, 3), (true, 20)] {
                    let body = chrome(Size::new(width, height)).body;
                    let p = panes(body, Wants { waiting, mesh: waiting, fire });
                    let mut seen = std::collections::BTreeSet::new();
                    for area in [p.mirror, p.notes, p.fire, p.next, p.questions, p.pace] {
                        for y in area.y..area.y + area.height {
                            for x in area.x..area.x + area.width {
                                assert!(body.holds(x, y), "{width}x{height}: {area:?}");
                                assert!(seen.insert((x, y)), "{width}x{height}: {area:?} covers another");
                            }
                        }
                    }
                    assert!(p.notes_body().height >= 3, "{width}x{height}: notes have {:?}", p.notes);
                }
            }
        }
    }
}
