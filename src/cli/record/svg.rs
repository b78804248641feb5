//! Screens as SVG: one picture, or several that show in turn. No font file is needed: every run of cells is placed and
//! stretched by itself, and what is alike in all frames is drawn once.

mod sheet;

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::palette::{self, Palette};
pub use sheet::Sheet;

/// Pixels of a cell.
const WIDE: u16 = 9;
const HIGH: u16 = 18;
/// Pixels around it all.
const MARGIN: u16 = 10;
/// From the top of a cell to the line that letters stand on.
const BASE: u16 = 14;

/// The colors of text and ground where a cell names none, and of the line around it all.
#[derive(Debug)]
struct Paper {
    text: String,
    ground: String,
    edge: String,
}

impl Paper {
    fn of(palette: &Palette) -> Self {
        Self {
            text: palette::hex(palette.text),
            ground: palette::hex(palette.ground),
            edge: palette::hex(palette.edge()),
        }
    }
}

/// One picture of these frames, all of one size, `millis` each; `name` is what it shows, in words.
#[must_use]
pub fn picture(name: &str, frames: &[Buffer], millis: u32, palette: &Palette) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let (width, height) = (first.area.width * WIDE, first.area.height * HIGH);
    let paper = Paper::of(palette);
    let papers = [paper];
    let mut drawing = Drawing { body: String::new(), looks: Looks::named("c"), papers: &papers };
    let alike = |x: u16, y: u16| frames.iter().all(|frame| frame[(x, y)] == first[(x, y)]);
    drawing.layer(&[first], alike);
    if frames.len() > 1 {
        for (number, frame) in frames.iter().enumerate() {
            // Where nothing moves, the first frame is what one sees.
            let class = if number == 0 { "f a" } else { "f" };
            let delay = number as u32 * millis;
            let _ = writeln!(drawing.body, "<g class=\"{class}\" style=\"animation-delay:{delay}ms\">");
            drawing.layer(&[frame], |x, y| !alike(x, y));
            drawing.body.push_str("</g>\n");
        }
    }
    let Drawing { body, looks, .. } = drawing;
    let mut style = looks.style(0);
    if frames.len() > 1 {
        let (whole, share) = (millis * frames.len() as u32, 100.0 / frames.len() as f64);
        let _ = write!(
            style,
            ".f{{opacity:0;animation:f {whole}ms step-end infinite}}.a{{opacity:1}}\
             @keyframes f{{0%{{opacity:1}}{share:.3}%{{opacity:0}}}}\
             @media(prefers-reduced-motion:reduce){{.f{{animation:none}}}}"
        );
    }
    let ([Paper { text, ground, edge }], name) = (papers, escaped(name));
    let (outer_width, outer_height) = (width + 2 * MARGIN, height + 2 * MARGIN);
    // The edge is a pixel wide, and drawn half on either side of its line.
    let inset = f32::from(MARGIN) - 0.5;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"-{MARGIN} -{MARGIN} {outer_width} {outer_height}\" role=\"img\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"15\">\n\
         <title>{name}</title>\n<style>text{{white-space:pre;fill:{text}}}{style}</style>\n\
         <rect x=\"-{inset}\" y=\"-{inset}\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{ground}\" stroke=\"{edge}\"/>\n\
         {body}</svg>\n",
        outer_width - 1,
        outer_height - 1,
    )
}

/// The classes of looks: what each declares on every paper.
#[derive(Debug)]
struct Looks {
    /// What a class's name begins with.
    name: &'static str,
    /// Declarations, and the number of their class.
    classes: BTreeMap<Vec<String>, usize>,
}

impl Looks {
    const fn named(name: &'static str) -> Self {
        Self { name, classes: BTreeMap::new() }
    }

    /// The attribute for these declarations, one a paper; none where they are plain on all.
    fn class(&mut self, look: Vec<String>) -> String {
        if look.iter().all(String::is_empty) {
            return String::new();
        }
        let next = self.classes.len();
        let number = *self.classes.entry(look).or_insert(next);
        format!(" class=\"{}{number}\"", self.name)
    }

    /// All classes, as a style sheet for one paper.
    fn style(&self, paper: usize) -> String {
        let mut style = String::new();
        for (look, number) in &self.classes {
            let _ = write!(style, ".{}{number}{{{}}}", self.name, look[paper]);
        }
        style
    }
}

/// The same screen on one paper or several.
struct Drawing<'a> {
    body: String,
    looks: Looks,
    papers: &'a [Paper],
}

impl Drawing<'_> {
    /// The cells that are wanted, one element a run of one look. There is a frame for each paper, and their letters
    /// are the same.
    fn layer(&mut self, frames: &[&Buffer], wanted: impl Fn(u16, u16) -> bool) {
        let Some(frame) = frames.first() else { return };
        let same = |at: (u16, u16), other: (u16, u16)| {
            frames.iter().all(|frame| looks(&frame[at]) == looks(&frame[other]))
        };
        for y in 0..frame.area.height {
            let mut x = 0;
            while x < frame.area.width {
                let first = &frame[(x, y)];
                if !wanted(x, y) || is_blank(first) {
                    x += 1;
                    continue;
                }
                let start = x;
                let mut text = String::new();
                while x < frame.area.width && wanted(x, y) && same((x, y), (start, y)) {
                    text.push_str(frame[(x, y)].symbol());
                    x += 1;
                }
                let kept = text.trim_end().chars().count() as u16;
                let blanks = if is_drawn_blank(first) { 0 } else { text.chars().count() as u16 - kept };
                let text = if blanks > 0 { text.trim_end() } else { &text };
                let cells: Vec<&Cell> = frames.iter().map(|frame| &frame[(start, y)]).collect();
                self.run((start, y), x - start - blanks, text, &cells);
            }
        }
    }

    /// The cells are the first of the run, one a paper.
    fn run(&mut self, (x, y): (u16, u16), columns: u16, text: &str, cells: &[&Cell]) {
        let (left, top, wide) = (x * WIDE, y * HIGH, columns * WIDE);
        let reversed = cells.iter().any(|cell| cell.modifier.contains(Modifier::REVERSED));
        if reversed {
            let fill = self.fill(cells);
            let _ = writeln!(
                self.body,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{HIGH}\"{fill}/>"
            );
        }
        let looks = cells.iter().zip(self.papers).map(|(cell, paper)| look(cell, paper, reversed)).collect();
        let class = self.looks.class(looks);
        let (base, text) = (top + BASE, escaped(text));
        let _ =
            writeln!(self.body, "<text x=\"{left}\" y=\"{base}\" textLength=\"{wide}\"{class}>{text}</text>");
    }

    /// What is behind reversed letters: the color they would have.
    fn fill(&mut self, cells: &[&Cell]) -> String {
        let fills = cells.iter().zip(self.papers);
        let fills: Vec<String> =
            fills.map(|(cell, paper)| hex(cell.fg).unwrap_or_else(|| paper.text.clone())).collect();
        match fills.as_slice() {
            [fill] => format!(" fill=\"{fill}\""),
            fills => self.looks.class(fills.iter().map(|fill| format!("fill:{fill};")).collect()),
        }
    }
}

/// The declarations of a cell's look; none where it is plain.
fn look(cell: &Cell, paper: &Paper, reversed: bool) -> String {
    let fill = if reversed { Some(paper.ground.clone()) } else { hex(cell.fg) };
    let mut look = fill.map(|fill| format!("fill:{fill};")).unwrap_or_default();
    for (modifier, declaration) in [
        (Modifier::BOLD, "font-weight:bold;"),
        (Modifier::ITALIC, "font-style:italic;"),
        (Modifier::UNDERLINED, "text-decoration:underline;"),
        (Modifier::DIM, "opacity:.65;"),
    ] {
        if cell.modifier.contains(modifier) {
            look += declaration;
        }
    }
    look
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !is_drawn_blank(cell)
}

/// Of this look even a blank is seen.
fn is_drawn_blank(cell: &Cell) -> bool {
    cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

fn looks(cell: &Cell) -> (Color, Modifier) {
    (cell.fg, cell.modifier)
}

/// The color of a cell that names one.
fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(red, green, blue) => Some(palette::hex((red, green, blue))),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
