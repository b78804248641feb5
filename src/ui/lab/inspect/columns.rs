//! Tables whose columns are as wide as what is in them.

use super::Line;
use crate::ui::text::width;
use crate::ui::theme::Mark;

/// One cell, and how it looks.
pub type Cell = (String, Mark);

/// A column: its heading, its cells, and whether they are numbers.
pub struct Column {
    pub head: &'static str,
    pub cells: Vec<Cell>,
    pub right: bool,
    /// Columns with a higher number are left out first where there is no room; those with 0 never.
    pub spare: u8,
}

/// Heading and rows in at most `room` columns of the screen.
pub fn table(mut columns: Vec<Column>, room: usize) -> Vec<Line> {
    while wide(&columns) > room {
        let Some(spare) = columns.iter().map(|column| column.spare).max().filter(|spare| *spare > 0) else {
            break;
        };
        columns.retain(|column| column.spare != spare);
    }
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    let head = columns.iter().map(|column| padded(column, column.head, Mark::Quiet)).collect();
    let row = |index: usize| {
        let cell = |column: &Column| {
            column
                .cells
                .get(index)
                .map_or_else(|| (String::new(), Mark::Plain), |(text, mark)| padded(column, text, *mark))
        };
        columns.iter().map(cell).collect()
    };
    std::iter::once(head).chain((0..rows).map(row)).collect()
}

/// What a table of all these columns takes.
pub fn wide(columns: &[Column]) -> usize {
    columns.iter().map(|column| span(column) + 2).sum::<usize>().saturating_sub(2)
}

fn span(column: &Column) -> usize {
    column.cells.iter().map(|(text, _)| width(text)).max().unwrap_or(0).max(width(column.head))
}

fn padded(column: &Column, text: &str, mark: Mark) -> Cell {
    let pad = " ".repeat(span(column).saturating_sub(width(text)));
    let text = if column.right { format!("{pad}{text}  ") } else { format!("{text}{pad}  ") };
    (text, mark)
}
