//! Pictures for the README: buffers to one SVG, several to one that moves. No font file is needed: every cell is
//! placed by itself, and what is alike in all frames is drawn once.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Pixels of a cell.
const WIDE: u16 = 9;
const HIGH: u16 = 18;

/// The colors of text and ground where a cell names none.
pub struct Paper {
    pub text: &'static str,
    pub ground: &'static str,
}

/// Dark, as most terminals are.
pub const DARK: Paper = Paper { text: "#D8DEE6", ground: "#101418" };

/// One picture that shows the frames in turn, `millis` each.
pub fn animated(frames: &[Buffer], millis: u32, paper: &Paper) -> String {
    let area = frames[0].area;
    let (width, height) = (area.width * WIDE, area.height * HIGH);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"15\">\n\
         <style>text{{white-space:pre}} .f{{opacity:0}} .a{{opacity:1}} .f{{animation:f {}ms step-end infinite}} \
         @keyframes f{{0%{{opacity:1}}{:.3}%{{opacity:0}}}}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{}\"/>\n",
        millis * frames.len() as u32,
        100.0 / frames.len() as f64,
        paper.ground
    );
    let alike = |x: u16, y: u16| frames.iter().all(|frame| frame[(x, y)] == frames[0][(x, y)]);
    layer(&mut svg, &frames[0], paper, alike);
    if frames.len() > 1 {
        for (number, frame) in frames.iter().enumerate() {
            // Where nothing moves, the first frame is what one sees.
            let class = if number == 0 { "f a" } else { "f" };
            writeln!(svg, "<g class=\"{class}\" style=\"animation-delay:{}ms\">", number as u32 * millis)
                .expect("a string");
            layer(&mut svg, frame, paper, |x, y| !alike(x, y));
            svg.push_str("</g>\n");
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The cells that are wanted, one element a run of one style.
fn layer(svg: &mut String, frame: &Buffer, paper: &Paper, wanted: impl Fn(u16, u16) -> bool) {
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
            while x < frame.area.width && wanted(x, y) && looks(&frame[(x, y)]) == looks(first) {
                text.push_str(frame[(x, y)].symbol());
                x += 1;
            }
            run(svg, start, y, &text, first, paper);
        }
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

fn looks(cell: &Cell) -> (Color, Modifier) {
    (cell.fg, cell.modifier)
}

fn run(svg: &mut String, x: u16, y: u16, text: &str, cell: &Cell, paper: &Paper) {
    let columns = text.chars().count() as u16;
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let color = hex(cell.fg, paper);
    let (left, top) = (x * WIDE, y * HIGH);
    if reversed {
        let wide = columns * WIDE;
        writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{HIGH}\" fill=\"{color}\"/>")
            .expect("a string");
    }
    let fill = if reversed { paper.ground.to_owned() } else { color };
    let mut extra = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        extra.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::ITALIC) {
        extra.push_str(" font-style=\"italic\"");
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        extra.push_str(" text-decoration=\"underline\"");
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (base, wide) = (top + 14, columns * WIDE);
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"{base}\" textLength=\"{wide}\" fill=\"{fill}\"{extra}>{text}</text>"
    )
    .expect("a string");
}

fn hex(color: Color, paper: &Paper) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02X}{green:02X}{blue:02X}"),
        _ => paper.text.to_owned(),
    }
}
