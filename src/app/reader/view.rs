//! Which rows of a page are on the screen, and which of them is being read.

/// A window on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The row at the top.
    pub top: usize,
    /// Rows that fit.
    pub height: usize,
    /// Rows of the page.
    pub rows: usize,
}

impl View {
    /// The lowest that the page can be pushed: its last row at the bottom of the screen.
    #[must_use]
    pub fn top_max(self) -> usize {
        self.rows.saturating_sub(self.height)
    }

    #[must_use]
    pub fn is_at_end(self) -> bool {
        self.top >= self.top_max()
    }

    /// The row being read: a third down the screen, and gliding to the last row over the last screenful, so that
    /// every row of the page is read at some moment.
    #[must_use]
    pub fn reading(self) -> usize {
        let third = self.height / 3;
        let below = self.height.saturating_sub(third);
        let glide = self.top_max().min(below);
        let left = self.top_max().saturating_sub(self.top).min(glide);
        let glided = (below * (glide - left)).checked_div(glide).unwrap_or(0);
        self.top + third + glided
    }

    /// As [`View::reading`], but beginning at the first row, so that a section opens in its first step.
    #[must_use]
    pub fn stepping(self) -> usize {
        self.reading().min(self.top * 2)
    }

    /// How far one has come, 0 to 100; a page that fits is read.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.top.min(self.top_max()) * 100).checked_div(self.top_max()).unwrap_or(100)
    }

    /// A question whose rows these are can be answered: it stands on the screen whole, or begins in its upper half.
    #[must_use]
    pub fn shows(self, rows: &std::ops::Range<usize>) -> bool {
        let whole = rows.end <= self.top + self.height;
        rows.start >= self.top && (whole || rows.start < self.top + self.height.div_ceil(2))
    }
}
