//! What is written of a region under its pods, a line each: where its users are sent, its control parts, its data
//! layer, and how its callers split their calls. Where there is no row for them, the region's heading is brief.

use ratatui::buffer::Buffer;

use super::super::figures;
use super::super::place::RegionStage;
use super::{text, words};
use crate::app::geometry::Area;
use crate::mesh_view::parts::Part;
use crate::mesh_view::{LoadTable, MeshView, PlaceState};
use crate::ui::text::{clipped, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Pieces of one line with their looks.
pub type Line = Vec<(String, Mark)>;

/// A heading this long says the state of parts that are well, too.
const ROOM_FOR_ALL: usize = 12;

/// What a line is about, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq)]
enum About<'a> {
    Users,
    Control,
    Data,
    Table(&'a LoadTable),
}

/// The lines there are to show, each with its rank: where there is little room, low ranks stay.
fn wanted(view: &MeshView, index: usize) -> Vec<(u8, About<'_>)> {
    let rank = |parts: &[Part], otherwise| if parts.iter().all(Part::is_well) { otherwise } else { 1 };
    let mut lines = Vec::new();
    if let Some(sent) = view.sent(index) {
        lines.push((if sent.away > 0.0 { 1 } else { 4 }, About::Users));
    }
    lines.push((rank(&view.control_parts(index), 2), About::Control));
    let data = view.data_parts(index);
    if !data.is_empty() {
        lines.push((rank(&data, 3), About::Data));
    }
    let tables = view.regions.get(index).map_or(&[][..], |region| &region.tables);
    let last = tables.len().saturating_sub(1);
    let tables = tables.iter().enumerate();
    // The last service is the lesson's.
    lines.extend(tables.map(|(at, table)| {
        let rank = if at == last { 0 } else { 5 + (last - at).min(100) as u8 };
        (rank, About::Table(table))
    }));
    lines
}

/// Whether an area has a row for all but further tables.
pub fn fit(view: &MeshView, index: usize, room: Area) -> bool {
    wanted(view, index).iter().filter(|(rank, _)| *rank < 5).count() <= usize::from(room.height)
}

/// The lines that fit, at the bottom of the region.
pub fn draw(view: &MeshView, index: usize, region: &RegionStage, theme: Theme, buf: &mut Buffer) {
    let room = region.words;
    let mut lines = wanted(view, index);
    while lines.len() > usize::from(room.height) {
        let worst = lines.iter().map(|(rank, _)| *rank).max();
        lines.retain({
            let mut gone = false;
            move |(rank, _)| {
                let goes = !gone && Some(*rank) == worst;
                gone |= goes;
                !goes
            }
        });
    }
    let first = room.height - lines.len() as u16;
    for (row, (_, about)) in lines.into_iter().enumerate() {
        let line = line(view, index, about, usize::from(room.width), theme);
        let wide = wide(&line).min(usize::from(room.width)) as u16;
        let x = if region.mirrored { room.x + room.width - wide } else { room.x };
        draw_line(&line, room, (x, room.y + first + row as u16), theme, buf);
    }
}

/// Writes the pieces from a cell on, as far as the area goes.
pub fn draw_line(line: &[(String, Mark)], area: Area, (x, y): (u16, u16), theme: Theme, buf: &mut Buffer) {
    let mut at = x;
    for (words, mark) in line {
        let room = usize::from((area.x + area.width).saturating_sub(at));
        text(buf, area, (at, y), &clipped(words, room, theme.glyph(Glyph::Ellipsis)), theme.mark(*mark));
        at += width(words) as u16;
    }
}

fn wide(line: &[(String, Mark)]) -> usize {
    line.iter().map(|(words, _)| width(words)).sum()
}

fn line(view: &MeshView, index: usize, about: About<'_>, room: usize, theme: Theme) -> Line {
    match about {
        About::Users => users(view, index, room, theme),
        About::Control => fitting(&view.control_parts(index), room, theme),
        About::Data => fitting(&view.data_parts(index), room, theme),
        About::Table(table) => {
            let spilling = table.load_percent.first().is_some_and(|load| *load < 100);
            let mark = if spilling { Mark::Crossing } else { Mark::Quiet };
            vec![(words::split(view, index, table, room, theme), mark)]
        }
    }
}

/// `users  Route 53 → 3/s here, 217/s W`.
fn users(view: &MeshView, index: usize, room: usize, theme: Theme) -> Line {
    let Some(sent) = view.sent(index) else { return Line::new() };
    let arrow = if theme.ascii { "->" } else { "→" };
    let here = figures::rate(sent.here);
    if sent.away <= 0.0 {
        let lost = view.regions[index].state == PlaceState::Down && sent.here > 0.0;
        let (end, mark) = if lost { (", which is down", Mark::Failure) } else { ("", Mark::Quiet) };
        return vec![(format!("users  Route 53 {arrow} {here}/s here{end}"), mark)];
    }
    let (away, to) = (figures::rate(sent.away), &view.regions[sent.to].name);
    let start = if sent.here > 0.0 { format!("{here}/s here, ") } else { String::new() };
    let forms = [
        format!("users  Route 53 {arrow} {start}{away}/s to {to}"),
        format!("users {arrow} {start}{away}/s to {to}"),
    ];
    let last = format!("users {arrow} {start}{away}/s {}", figures::initial(to));
    let words = forms.into_iter().find(|form| width(form) <= room).unwrap_or(last);
    vec![(words, Mark::Crossing)]
}

/// `istiod ● up   CoreDNS ● up`: as loosely and as fully as fits.
fn fitting(parts: &[Part], room: usize, theme: Theme) -> Line {
    let forms = [(3, false), (2, false), (2, true)];
    let lines = forms.map(|(gap, short)| joined(parts, gap, |part| named(part, short, theme)));
    let [loose, close, short] = lines;
    [loose, close].into_iter().find(|line| wide(line) <= room).unwrap_or(short)
}

fn joined(parts: &[Part], gap: usize, of: impl Fn(&Part) -> Line) -> Line {
    let mut line = Line::new();
    for part in parts {
        if !line.is_empty() {
            line.push((" ".repeat(gap), Mark::Quiet));
        }
        line.extend(of(part));
    }
    line
}

/// Name, shape, word.
fn named(part: &Part, short: bool, theme: Theme) -> Line {
    let (glyph, mark) = look(part.state);
    let mut words = part.words();
    if short {
        words = words.replace(", lag", "").replace("lag ", "");
    }
    vec![
        (format!("{} ", part.name), Mark::Quiet),
        (theme.glyph(glyph).to_owned(), theme_mark(part, mark)),
        (format!(" {words}"), theme_mark(part, mark)),
    ]
}

fn theme_mark(part: &Part, mark: Mark) -> Mark {
    if part.is_well() { Mark::Quiet } else { mark }
}

const fn look(state: PlaceState) -> (Glyph, Mark) {
    match state {
        PlaceState::Healthy => (Glyph::Ready, Mark::Quiet),
        PlaceState::Slow => (Glyph::Slow, Mark::Crossing),
        PlaceState::NotReady => (Glyph::NotReady, Mark::Retry),
        PlaceState::Erring | PlaceState::Silent => (Glyph::Erring, Mark::Failure),
        PlaceState::Refusing | PlaceState::Down | PlaceState::Isolated | PlaceState::Gone => {
            (Glyph::Down, Mark::Failure)
        }
    }
}

/// What is not well with a region's parts, each in two or three words at most: `✗ istiod`.
pub fn troubles(view: &MeshView, index: usize) -> Vec<(Glyph, &'static str, Mark)> {
    // Where a region is down, all of it is.
    if view.regions.get(index).is_none_or(|region| region.state == PlaceState::Down) {
        return Vec::new();
    }
    let parts = view.control_parts(index).into_iter().chain(view.data_parts(index));
    parts
        .filter(|part| !part.is_well())
        .map(|part| {
            let (glyph, mark) = look(part.state);
            (glyph, part.name, mark)
        })
        .collect()
}

/// The worst of a region whose pods are all well.
pub fn worst(view: &MeshView, index: usize) -> Option<(Glyph, String, Mark)> {
    let parts: Vec<Part> = view.control_parts(index).into_iter().chain(view.data_parts(index)).collect();
    let part = parts.iter().find(|part| !part.is_well())?;
    let (glyph, mark) = look(part.state);
    Some((glyph, format!("{} {}", part.name, part.word()), mark))
}

/// For a heading with so much room that says something already: users sent away and parts that are not well, or
/// all parts where there is room for them.
pub fn in_brief(view: &MeshView, index: usize, (room, said): (usize, &str), theme: Theme) -> Line {
    let mut pieces = Line::new();
    if let Some(sent) = view.sent(index).filter(|sent| sent.away >= 0.5) {
        let to = figures::initial(&view.regions[sent.to].name);
        let (crossing, rate) = (theme.glyph(Glyph::Crossing), figures::rate(sent.away));
        let long = format!("{crossing} users {rate}/s {to}");
        let fits = width(&long) <= room;
        pieces.push((if fits { long } else { format!("{crossing}{rate}/s {to}") }, Mark::Crossing));
    }
    for (glyph, name, mark) in troubles(view, index) {
        if !said.starts_with(name) {
            pieces.push((tag(glyph, name, theme), mark));
        }
    }
    let fine = view.regions.get(index).is_some_and(|region| region.state == PlaceState::Healthy);
    if pieces.is_empty() && room >= ROOM_FOR_ALL && fine {
        let parts = view.control_parts(index);
        let well = parts.iter().filter(|part| part.is_well());
        pieces.extend(well.map(|part| (tag(Glyph::Ready, part.name, theme), Mark::Quiet)));
    }
    let mut line = Line::new();
    for piece in pieces {
        let gap = usize::from(!line.is_empty());
        if wide(&line) + gap + width(&piece.0) <= room {
            if gap > 0 {
                line.push((" ".to_owned(), Mark::Quiet));
            }
            line.push(piece);
        }
    }
    line
}

/// A part's shape and name in few columns; an ASCII shape is a letter and keeps apart from the name.
pub fn tag(glyph: Glyph, name: &'static str, theme: Theme) -> String {
    format!("{}{}{}", theme.glyph(glyph), if theme.ascii { ":" } else { "" }, brief(name))
}

const fn brief(name: &'static str) -> &'static str {
    match name.as_bytes() {
        b"CoreDNS" => "DNS",
        b"gateway" => "gw",
        b"DynamoDB" => "Dynamo",
        _ => name,
    }
}
