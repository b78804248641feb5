//! The lines that requests run on. Routes are laid on a grid and each cell then takes the glyph that joins
//! what goes through it, so lines that meet or cross look it.

use ratatui::buffer::Buffer;

use super::put;
use crate::app::geometry::Area;
use crate::ui::theme::{Mark, Theme};

const NORTH: u8 = 1;
const EAST: u8 = 2;
const SOUTH: u8 = 4;
const WEST: u8 = 8;
/// The line across is part of the way between regions.
const TRUNK: u8 = 16;
/// Something may run here; without it a line is broken.
const OPEN: u8 = 32;

/// A cell on the screen.
pub type Point = (u16, u16);

/// What sort of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rail {
    /// Inside a region.
    Lane,
    /// Between regions.
    Trunk,
    /// Nothing is sent here now.
    Idle,
}

/// All lines of a picture.
#[derive(Debug)]
pub struct Tracks {
    area: Area,
    cells: Vec<u8>,
}

impl Tracks {
    #[must_use]
    pub fn new(area: Area) -> Self {
        Self { area, cells: vec![0; usize::from(area.width) * usize::from(area.height)] }
    }

    fn set(&mut self, (x, y): Point, bits: u8) {
        let (Some(column), Some(row)) = (x.checked_sub(self.area.x), y.checked_sub(self.area.y)) else {
            return;
        };
        if column < self.area.width && row < self.area.height {
            self.cells[usize::from(row) * usize::from(self.area.width) + usize::from(column)] |= bits;
        }
    }

    /// Lays a straight line; one that is neither level nor upright is left out.
    pub fn lay(&mut self, from: Point, to: Point, rail: Rail) {
        let open = if rail == Rail::Idle { 0 } else { OPEN };
        if from.1 == to.1 {
            let across = if rail == Rail::Trunk { open | TRUNK } else { open };
            let (low, high) = (from.0.min(to.0), from.0.max(to.0));
            for x in low..high {
                self.set((x, from.1), EAST | across);
                self.set((x + 1, from.1), WEST | across);
            }
        } else if from.0 == to.0 {
            let (low, high) = (from.1.min(to.1), from.1.max(to.1));
            for y in low..high {
                self.set((from.0, y), SOUTH | open);
                self.set((from.0, y + 1), NORTH | open);
            }
        }
    }

    /// Whether the way between regions goes through a cell.
    #[must_use]
    pub fn has_trunk(&self, (x, y): Point) -> bool {
        let (Some(column), Some(row)) = (x.checked_sub(self.area.x), y.checked_sub(self.area.y)) else {
            return false;
        };
        let at = usize::from(row) * usize::from(self.area.width) + usize::from(column);
        column < self.area.width && self.cells.get(at).is_some_and(|bits| bits & TRUNK != 0)
    }

    pub fn draw(&self, theme: Theme, buf: &mut Buffer) {
        let style = theme.mark(Mark::Frame);
        let width = usize::from(self.area.width).max(1);
        for (at, &bits) in self.cells.iter().enumerate().filter(|(_, bits)| **bits != 0) {
            let (column, row) = ((at % width) as u16, (at / width) as u16);
            let glyph = if theme.ascii { ascii(bits, column) } else { drawn(bits) };
            put(buf, self.area, (self.area.x + column, self.area.y + row), glyph, style);
        }
    }
}

const fn drawn(bits: u8) -> &'static str {
    const LANES: [&str; 16] =
        ["·", "│", "─", "└", "│", "│", "┌", "├", "─", "┘", "─", "┴", "┐", "┤", "┬", "┼"];
    const TRUNKS: [&str; 16] =
        ["·", "│", "═", "╘", "│", "│", "╒", "╞", "═", "╛", "═", "╧", "╕", "╡", "╤", "╪"];
    let ways = (bits & 15) as usize;
    match bits {
        bits if bits & TRUNK != 0 => TRUNKS[ways],
        bits if bits & OPEN == 0 && bits & (NORTH | SOUTH) == 0 => "╌",
        _ => LANES[ways],
    }
}

const fn ascii(bits: u8, column: u16) -> &'static str {
    let across = bits & (EAST | WEST) != 0;
    match bits {
        bits if across && bits & (NORTH | SOUTH) != 0 => "+",
        bits if bits & TRUNK != 0 => "=",
        bits if bits & OPEN == 0 && across && column & 1 == 0 => " ",
        _ if across => "-",
        _ => "|",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_meet_are_joined() {
        let area = Area { x: 2, y: 1, width: 5, height: 3 };
        let mut tracks = Tracks::new(area);
        tracks.lay((2, 2), (6, 2), Rail::Lane);
        tracks.lay((4, 1), (4, 3), Rail::Lane);
        tracks.lay((4, 3), (9, 3), Rail::Trunk);
        let mut buf = Buffer::empty(ratatui::layout::Rect::new(0, 0, 9, 5));
        tracks.draw(Theme::default(), &mut buf);
        let rows: Vec<String> = (1..4)
            .map(|y| (2..7).map(|x| buf.cell((x, y)).map_or(" ", |cell| cell.symbol())).collect())
            .collect();
        assert_eq!(rows, ["  │  ", "──┼──", "  ╘══"]);
    }
}
