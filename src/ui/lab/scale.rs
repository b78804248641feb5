//! Seconds as columns: how many stand in one, and which. The newest is at the right end.

use std::ops::Range;

use crate::mesh_view::{MeshView, Nanos};

const SECOND: Nanos = 1_000_000_000;

/// A row of columns for the last seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub columns: u16,
    /// Seconds in a column.
    pub per: usize,
    /// Seconds there are.
    seconds: usize,
    /// The number of the newest second, counted from the start of the run.
    newest: usize,
}

impl Scale {
    /// As many of the seconds as fit; at least `wanted` of them, if need be several in a column.
    #[must_use]
    pub fn new(view: &MeshView, columns: u16, wanted: usize) -> Self {
        Self::of(view.at, view.seconds.len(), columns, wanted)
    }

    /// The same for so many whole seconds before a moment.
    #[must_use]
    pub fn of(at: Nanos, seconds: usize, columns: u16, wanted: usize) -> Self {
        let per = wanted.div_ceil(usize::from(columns.max(1))).max(1);
        Self { columns, per, seconds, newest: ((at / SECOND) as usize).saturating_sub(1) }
    }

    /// Which seconds stand in a column, counted from the oldest that is known. Columns begin at multiples of their
    /// length, so that a second does not wander from one to another.
    #[must_use]
    pub fn seconds_in(&self, column: u16) -> Range<usize> {
        let back = usize::from(self.columns.saturating_sub(column + 1));
        let Some(first) = (self.newest / self.per).checked_sub(back) else { return 0..0 };
        // The number of the oldest second that is known.
        let oldest = (self.newest + 1).saturating_sub(self.seconds);
        let end = ((first + 1) * self.per).min(self.newest + 1);
        (first * self.per).max(oldest).saturating_sub(oldest)..end.saturating_sub(oldest)
    }

    /// The column of a moment, if it is in one.
    #[must_use]
    pub fn column_of(&self, at: Nanos) -> Option<u16> {
        let second = (at / SECOND) as usize;
        let back =
            (self.newest / self.per).checked_sub(second / self.per).filter(|_| second <= self.newest)?;
        u16::try_from(back).ok().and_then(|back| self.columns.checked_sub(back + 1))
    }

    /// The columns in which something was done to the mesh.
    pub fn marks(&self, view: &MeshView) -> impl Iterator<Item = u16> {
        view.marks.iter().filter_map(|(at, _)| self.column_of(*at))
    }

    /// How far back the first column begins, in seconds.
    #[must_use]
    pub fn span(&self) -> usize {
        usize::from(self.columns) * self.per
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh_view::Gauges;

    fn view(seconds: usize) -> MeshView {
        MeshView {
            at: seconds as u64 * SECOND + SECOND / 2,
            seconds: vec![Gauges::default(); seconds.min(240)],
            ..MeshView::default()
        }
    }

    #[test]
    fn every_second_has_one_column_and_the_newest_the_last() {
        for (seconds, columns, wanted) in
            [(7, 20, 0), (100, 20, 0), (100, 20, 60), (999, 37, 120), (3, 5, 60)]
        {
            let scale = Scale::new(&view(seconds), columns, wanted);
            assert!(scale.span() >= wanted);
            let mut next = None;
            for column in 0..columns {
                let range = scale.seconds_in(column);
                if range.is_empty() {
                    continue;
                }
                assert!(next.is_none_or(|next| next == range.start), "{scale:?}");
                next = Some(range.end);
                let oldest = seconds - seconds.min(240);
                for second in range {
                    assert_eq!(scale.column_of((second + oldest) as u64 * SECOND), Some(column), "{scale:?}");
                }
            }
            assert_eq!(next, Some(seconds.min(240)), "{scale:?}");
        }
    }

    #[test]
    fn a_column_keeps_its_seconds_while_time_goes_on() {
        let (one, two) = (Scale::new(&view(100), 20, 60), Scale::new(&view(102), 20, 60));
        assert_eq!(one.per, 3);
        let (of_one, of_two) = (one.seconds_in(18), two.seconds_in(18));
        assert!(of_one == of_two || of_one == two.seconds_in(17), "{of_one:?} {of_two:?}");
    }
}
