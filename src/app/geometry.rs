//! Where panes stand, in plain numbers: sizes saturate, so that no screen is too small to ask about.

/// Columns and rows of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Size {
    #[must_use]
    pub const fn new(width: u16, height: u16) -> Self {
        Self { width, height }
    }

    /// Smaller than any screen is laid out for; a line says so instead.
    #[must_use]
    pub const fn is_too_small(self) -> bool {
        self.width < 40 || self.height < 12
    }
}

impl From<Size> for Area {
    fn from(size: Size) -> Self {
        Self { x: 0, y: 0, width: size.width, height: size.height }
    }
}

impl Area {
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// This cell is in it.
    #[must_use]
    pub const fn holds(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// The part of it that is in another one.
    #[must_use]
    pub fn within(self, outer: Self) -> Self {
        let (x, y) = (self.x.max(outer.x), self.y.max(outer.y));
        let right = (self.x + self.width).min(outer.x + outer.width);
        let bottom = (self.y + self.height).min(outer.y + outer.height);
        Self { x, y, width: right.saturating_sub(x), height: bottom.saturating_sub(y) }
    }

    /// Takes `rows` off the top; as many as there are.
    pub fn cut_top(&mut self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        let cut = Self { height: rows, ..*self };
        self.y += rows;
        self.height -= rows;
        cut
    }

    /// Takes `rows` off the bottom; as many as there are.
    pub fn cut_bottom(&mut self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        self.height -= rows;
        Self { y: self.y + self.height, height: rows, ..*self }
    }

    /// Takes `columns` off the left; as many as there are.
    pub fn cut_left(&mut self, columns: u16) -> Self {
        let columns = columns.min(self.width);
        let cut = Self { width: columns, ..*self };
        self.x += columns;
        self.width -= columns;
        cut
    }

    /// Takes `columns` off the right; as many as there are.
    pub fn cut_right(&mut self, columns: u16) -> Self {
        let columns = columns.min(self.width);
        self.width -= columns;
        Self { x: self.x + self.width, width: columns, ..*self }
    }

    /// Without `columns` on both sides and `rows` above and below.
    #[must_use]
    pub fn inset(self, columns: u16, rows: u16) -> Self {
        let (columns, rows) = (columns.min(self.width / 2), rows.min(self.height / 2));
        Self {
            x: self.x + columns,
            y: self.y + rows,
            width: self.width - 2 * columns,
            height: self.height - 2 * rows,
        }
    }

    /// An area of at most that size in the middle of this one.
    #[must_use]
    pub fn centered(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self { x: self.x + (self.width - width) / 2, y: self.y + (self.height - height) / 2, width, height }
    }
}

/// What every screen has around its own part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chrome {
    /// One line: where one is.
    pub header: Area,
    /// The screen's own part.
    pub body: Area,
    /// One line: the keys that matter most here, or a notice.
    pub footer: Area,
}

/// Header, rule, body, rule, footer; the rules are part of the header and footer areas' neighbors and are
/// dropped first when there is little height.
#[must_use]
pub fn chrome(size: Size) -> Chrome {
    let mut rest = Area::from(size);
    let header = rest.cut_top(if size.height >= 16 { 2 } else { 1 });
    let footer = rest.cut_bottom(if size.height >= 16 { 2 } else { 1 });
    Chrome { header, body: rest, footer }
}

/// The reader's two panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderPanes {
    /// The text, 64 columns at most with its margins.
    pub text: Area,
    /// The lab: beside the text on a wide screen, a strip below it on a narrow one.
    pub lab: Area,
    /// The lab stands beside the text.
    pub beside: bool,
}

/// Width of the text column where there is room for it (screens 3.3: 58 to 64).
const TEXT_COLUMNS: u16 = 62;
/// Rows of the lab strip under the text on a narrow screen.
const LAB_STRIP_ROWS: u16 = 5;

/// Text and lab for a body.
#[must_use]
pub fn reader_panes(body: Area) -> ReaderPanes {
    let mut rest = body;
    if body.width >= 110 {
        let text = rest.cut_left(TEXT_COLUMNS + 4);
        return ReaderPanes { text, lab: rest, beside: true };
    }
    let rows = if body.height >= 14 { LAB_STRIP_ROWS } else { 0 };
    let lab = rest.cut_bottom(rows);
    ReaderPanes { text: rest, lab, beside: false }
}

/// Columns that text of the reader may take inside its pane.
#[must_use]
pub fn text_columns(pane: Area) -> u16 {
    pane.width.saturating_sub(4).clamp(1, TEXT_COLUMNS.max(pane.width.saturating_sub(4).min(76)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(outer: Area, inner: Area) -> bool {
        inner.is_empty()
            || (inner.x >= outer.x
                && inner.y >= outer.y
                && inner.x + inner.width <= outer.x + outer.width
                && inner.y + inner.height <= outer.y + outer.height)
    }

    fn overlap(a: Area, b: Area) -> bool {
        !a.is_empty()
            && !b.is_empty()
            && a.x < b.x + b.width
            && b.x < a.x + a.width
            && a.y < b.y + b.height
            && b.y < a.y + a.height
    }

    #[test]
    fn panes_lie_inside_and_do_not_overlap_at_any_size() {
        for width in 1..=200 {
            for height in 1..=60 {
                let size = Size::new(width, height);
                let chrome = chrome(size);
                let panes = reader_panes(chrome.body);
                let all = [chrome.header, chrome.footer, panes.text, panes.lab];
                for (i, &a) in all.iter().enumerate() {
                    assert!(inside(size.into(), a), "{width}x{height}: {a:?}");
                    for &b in &all[i + 1..] {
                        assert!(!overlap(a, b), "{width}x{height}: {a:?} {b:?}");
                    }
                }
                assert!(text_columns(panes.text) >= 1);
            }
        }
    }
}
