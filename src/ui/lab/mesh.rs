//! The mesh: regions, pods by shape, the lines between them, and what each region's proxies think.

mod parts;
mod words;

pub use parts::{tag, troubles};
pub use words::pod_look;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Widget};

use super::edges;
use super::flights::{self, Tally};
use super::place::{self, RegionStage, Spot, Stage};
use super::tracks::{Rail, Tracks};
use super::{figures, put};
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::app::manner::Motion;
use crate::mesh_view::{LinkView, MeshView, Place, PlaceId, PlaceKind, PlaceState};
use crate::ui::overlay::ASCII_BORDER;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Draws the mesh into the area; says which requests are in the picture.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) -> Tally {
    let view = scene.view;
    if view.regions.is_empty() || area.is_empty() {
        return Tally::default();
    }
    let (stage, form, area) = plan(view, area);
    for (index, region) in stage.regions.iter().enumerate() {
        draw_frame(region, theme, buf);
        draw_headings(region, theme, area, buf);
        words::title(view, index, region, (scene.region == index, form), theme, buf);
        parts::draw(view, index, region, theme, buf);
    }
    let tracks = lay(view, &stage, area);
    tracks.draw(theme, buf);
    mend_frames(&stage, &tracks, theme, area, buf);
    draw_places(view, &stage, theme, area, buf);
    if let Some(link) = view.links.first() {
        draw_link(link, &stage, form, theme, area, buf);
    }
    if form == place::Form::Beside {
        words::legend(&stage, has_proxies(view), theme, buf);
    }
    let tally = if scene.motion == Motion::Full {
        flights::draw(view, (&stage, form), theme, area, buf)
    } else {
        edges::draw(view, (&stage, form), theme, area, buf);
        Tally::default()
    };
    if let Some((id, spot)) = scene.selected.and_then(|id| Some((id, stage.spot(id)?))) {
        draw_selected(view, id, spot, theme, area, buf);
    }
    if view.links.first().is_some_and(|link| link.cut.0 || link.cut.1) && stage.regions.len() > 1 {
        put(buf, area, stage.cut(form), theme.glyph(Glyph::Cut), theme.mark(Mark::Failure));
    }
    tally
}

/// Where everything stands in an area; how regions are arranged, and the area without its margin.
#[must_use]
pub fn plan(view: &MeshView, area: Area) -> (Stage, place::Form, Area) {
    let form = place::form_for(area);
    let framed = area.width >= 100 && area.height >= 12;
    let area = if area.width >= 76 && !framed { area.inset(1, 0) } else { area };
    (Stage::plan(view, area, form), form, area)
}

fn draw_frame(region: &RegionStage, theme: Theme, buf: &mut Buffer) {
    if region.framed {
        let block = Block::bordered().border_style(theme.mark(Mark::Frame));
        let block =
            if theme.ascii { block.border_set(ASCII_BORDER) } else { block.border_type(BorderType::Plain) };
        block.render(crate::ui::rect(region.area), buf);
    }
}

fn draw_headings(region: &RegionStage, theme: Theme, area: Area, buf: &mut Buffer) {
    let Some(row) = region.heading else { return };
    for (x, room, name) in &region.headings {
        let name = clipped(name, usize::from(*room), theme.glyph(Glyph::Ellipsis));
        let start = if region.mirrored { (x + room).saturating_sub(width(&name) as u16) } else { *x };
        text(buf, area, (start, row), &name, theme.mark(Mark::Quiet));
    }
}

/// All lines: between services that follow one another, to the stores, and wherever a request is.
fn lay(view: &MeshView, stage: &Stage, area: Area) -> Tracks {
    let mut tracks = Tracks::new(area);
    let hops = view.hops.iter().map(|hop| (hop.from, hop.to));
    for (from, to) in usual_ways(view).chain(sent_ways(view)).chain(hops) {
        let (Some(route), Some(to_spot)) = (stage.route(from, to), stage.spot(to)) else { continue };
        let idle = view.places.get(usize::from(to)).is_some_and(is_left_out);
        for (a, b) in route.lines() {
            let level = a.1 == b.1;
            let trunk = level && stage.regions.iter().any(|region| region.trunk == a.1);
            let rail = match () {
                () if idle && level && b == to_spot.port_in => Rail::Idle,
                () if trunk && crosses(stage, from, to) => Rail::Trunk,
                () => Rail::Lane,
            };
            tracks.lay(a, b, rail);
        }
    }
    tracks
}

fn crosses(stage: &Stage, from: PlaceId, to: PlaceId) -> bool {
    stage.spot(from).zip(stage.spot(to)).is_some_and(|(from, to)| from.region != to.region)
}

/// Pairs of places that call each other when all is well, and across when it is not.
fn usual_ways(view: &MeshView) -> impl Iterator<Item = (PlaceId, PlaceId)> {
    let order = place::service_order(view);
    let number = move |place: &Place| match place.kind {
        PlaceKind::Users => Some(0),
        PlaceKind::Gateway => None,
        PlaceKind::Aurora => Some(order.len() + 1),
        PlaceKind::DynamoDb => Some(order.len()),
        PlaceKind::Ingress | PlaceKind::Pod => {
            order.iter().position(|name| *name == place.service).map(|at| at + 1)
        }
    };
    let numbered: Vec<(PlaceId, Option<usize>, &Place)> =
        view.places.iter().enumerate().map(|(id, place)| (id as PlaceId, number(place), place)).collect();
    let mut ways = Vec::new();
    for (from, from_number, caller) in numbered.iter().filter(|(.., place)| !place::is_store(place.kind)) {
        for (to, to_number, called) in &numbered {
            let follows = from_number.zip(*to_number).is_some_and(|(a, b)| a + 1 == b);
            let own = caller.region == called.region;
            let far = caller.kind != PlaceKind::Users && !place::is_store(called.kind);
            if follows && called.kind != PlaceKind::Users && (own || far) {
                ways.push((*from, *to));
            }
        }
    }
    ways.into_iter()
}

/// From users to the front of the region that they are sent to.
fn sent_ways(view: &MeshView) -> impl Iterator<Item = (PlaceId, PlaceId)> {
    let numbered = || view.places.iter().enumerate().map(|(id, place)| (id as PlaceId, place));
    let moved = numbered().filter(|(_, place)| place.kind == PlaceKind::Users).filter_map(|(id, users)| {
        let sent = view.sent(usize::from(users.region)).filter(|sent| sent.away >= 0.5)?;
        Some((id, sent.to))
    });
    moved.flat_map(move |(users, to)| {
        let fronts = numbered().filter(move |(_, place)| {
            place.kind == PlaceKind::Ingress
                && usize::from(place.region) == to
                && !matches!(place.state, PlaceState::Gone | PlaceState::Down)
        });
        fronts.map(move |(front, _)| (users, front))
    })
}

/// Nobody sends anything there: its callers have ejected it, or it is gone.
fn is_left_out(place: &Place) -> bool {
    let unwell = matches!(place.state, PlaceState::Down | PlaceState::NotReady | PlaceState::Refusing);
    place.rate == 0.0 && (place.ejected_by > 0 || unwell)
}

/// The trunk goes through the borders.
fn mend_frames(stage: &Stage, tracks: &Tracks, theme: Theme, area: Area, buf: &mut Buffer) {
    for region in stage.regions.iter().filter(|region| region.framed && stage.regions.len() > 1) {
        let x = if region.mirrored {
            region.area.x
        } else {
            (region.area.x + region.area.width).saturating_sub(1)
        };
        let glyph = if theme.ascii { "+" } else { "╪" };
        if tracks.has_trunk((x, region.trunk)) {
            put(buf, area, (x, region.trunk), glyph, theme.mark(Mark::Frame));
        }
    }
}

fn draw_places(view: &MeshView, stage: &Stage, theme: Theme, area: Area, buf: &mut Buffer) {
    let callers = place::service_order(view);
    for (place, spot) in stage.placed(view).filter(|(_, spot)| spot.room > 0) {
        let mirrored = stage.regions.get(spot.region).is_some_and(|region| region.mirrored);
        match place.kind {
            PlaceKind::Users => {
                let rate = figures::rate(place.rate);
                aligned(buf, area, spot, &rate, !mirrored, Style::new());
                draw_sent(view, stage, spot, theme, buf);
            }
            PlaceKind::Aurora | PlaceKind::DynamoDb => {
                aligned(buf, area, spot, words::store(place), false, theme.mark(words::store_mark(place)));
            }
            PlaceKind::Gateway => {
                let (glyph, mark) = pod_look(place);
                put(buf, area, spot.label, theme.glyph(glyph), theme.mark(mark));
                if stage.regions.get(spot.region).is_some_and(|region| region.stores.is_some()) {
                    // Under the trunk, beside the way to the stores.
                    let x = if mirrored { spot.label.0.saturating_sub(1) } else { spot.label.0 };
                    text(buf, area, (x, spot.label.1 + 1), "gw", theme.mark(Mark::Quiet));
                }
            }
            PlaceKind::Ingress | PlaceKind::Pod => {
                draw_pod(view, place, spot, mirrored, theme, area, buf);
                let calls = callers.last().is_some_and(|last| *last != place.service);
                if calls && spot.room > 1 && has_proxies(view) {
                    let x = if mirrored { spot.port_out.0 + 1 } else { spot.port_out.0.saturating_sub(1) };
                    put(buf, area, (x, spot.label.1), theme.glyph(Glyph::Proxy), theme.mark(Mark::Quiet));
                }
            }
        }
    }
}

/// Under the users' number, how many of them are sent to another region.
fn draw_sent(view: &MeshView, stage: &Stage, spot: &Spot, theme: Theme, buf: &mut Buffer) {
    let (Some(region), Some(sent)) = (stage.regions.get(spot.region), view.sent(spot.region)) else { return };
    let row = spot.label.1 + 1;
    if sent.away < 0.5 || (row >= region.trunk && !region.trunk_above) {
        return;
    }
    let to = figures::initial(&view.regions[sent.to].name);
    let rate = figures::rate(sent.away);
    let crossing = theme.glyph(Glyph::Crossing);
    let forms =
        [format!("{crossing}{rate} {to}"), format!("{crossing}{rate}{to}"), format!("{crossing} {to}")];
    let Some(words) = forms.into_iter().find(|form| width(form) <= usize::from(spot.room)) else { return };
    let wide = width(&words) as u16;
    let x = if region.mirrored { (spot.label.0 + spot.room).saturating_sub(wide) } else { spot.label.0 };
    text(buf, region.area, (x, row), &words, theme.mark(Mark::Crossing));
}

/// The shape, then the number, then how busy it is or what is wrong; mirrored, the shape is last.
fn draw_pod(
    view: &MeshView,
    place: &Place,
    spot: &Spot,
    mirrored: bool,
    theme: Theme,
    area: Area,
    buf: &mut Buffer,
) {
    let (glyph, mark) = pod_look(place);
    let at = if mirrored { spot.label.0 + spot.room - 1 } else { spot.label.0 };
    put(buf, area, (at, spot.label.1), theme.glyph(glyph), theme.mark(mark));
    if spot.room > 1 {
        let arrow = if mirrored { Glyph::ArrowLeft } else { Glyph::Arrow };
        if !is_left_out(place) {
            put(buf, area, spot.port_in, theme.glyph(arrow), theme.mark(Mark::Frame));
        }
        let number = figures::number(&place.name, &place.service);
        let (figure, mark) = words::pod_figure(view, place, spot.room);
        let room = usize::from(spot.room - 1);
        let number = clipped(number, room.min(3), theme.glyph(Glyph::Ellipsis));
        let figure = clipped(&figure, room.saturating_sub(width(&number) + 1), "");
        let beside = if mirrored { at.saturating_sub(width(&number) as u16) } else { at + 1 };
        text(buf, area, (beside, spot.label.1), &number, theme.mark(Mark::Quiet));
        aligned(buf, area, spot, &figure, !mirrored, theme.mark(mark));
    }
}

/// Brackets around what is selected, and its words turned over: shape says it where looks cannot.
fn draw_selected(view: &MeshView, id: PlaceId, spot: &Spot, theme: Theme, area: Area, buf: &mut Buffer) {
    let look = theme.mark(Mark::Selected);
    let room = spot.room.max(1);
    let (x, y) = spot.label;
    for column in x..x + room {
        if column < area.x + area.width && (area.y..area.y + area.height).contains(&y) {
            buf[(column, y)].set_style(look);
        }
    }
    let near = |at: &Place| is_in_column(at.kind) && spot.room <= 1;
    if view.places.get(usize::from(id)).is_some_and(near) {
        // Pods that stand cell by cell have no room for brackets between them.
        return;
    }
    let strong = theme.mark(Mark::Focus);
    if let Some(left) = x.checked_sub(1) {
        put(buf, area, (left, y), "[", strong);
    }
    put(buf, area, (x + room, y), "]", strong);
}

const fn is_in_column(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Ingress | PlaceKind::Pod)
}

/// Text at one end of a spot's room.
fn aligned(buf: &mut Buffer, area: Area, spot: &Spot, words: &str, right: bool, style: Style) {
    let words = clipped(words, usize::from(spot.room), "");
    let shift = if right { spot.room.saturating_sub(width(&words) as u16) } else { 0 };
    text(buf, area, (spot.label.0 + shift, spot.label.1), &words, style);
}

/// What is to be known of the way between the regions, around it.
fn draw_link(link: &LinkView, stage: &Stage, form: place::Form, theme: Theme, area: Area, buf: &mut Buffer) {
    let Some(trunk) = stage.regions.first().map(|region| region.trunk) else { return };
    let room = if form == place::Form::Beside { stage.gap.width } else { area.width };
    let lines = words::link(link, room);
    let is_cut = link.cut.0 || link.cut.1;
    let mark = if is_cut { Mark::Failure } else { Mark::Quiet };
    if stage.regions.len() < 2 {
        return;
    }
    if form == place::Form::Beside {
        let middle = |words: &str| stage.gap.x + stage.gap.width.saturating_sub(width(words) as u16) / 2;
        for (index, words) in lines.iter().enumerate() {
            let row = if index == 0 { trunk.saturating_sub(1) } else { trunk + index as u16 };
            let words = clipped(words, usize::from(stage.gap.width), "");
            text(
                buf,
                area,
                (middle(&words), row),
                &words,
                theme.mark(if index == 0 { mark } else { Mark::Quiet }),
            );
        }
        return;
    }
    let words = lines.join(&format!(" {} ", theme.glyph(Glyph::Dot)));
    let room = stage.link_column.saturating_sub(area.x + 2);
    let words = clipped(&words, usize::from(room), "");
    let start = stage.link_column.saturating_sub(width(&words) as u16 + 1);
    text(buf, area, (start, stage.gap.y), &words, theme.mark(mark));
}

/// Text at a cell of the screen, clipped to the area.
pub(super) fn text(buf: &mut Buffer, area: Area, (x, y): (u16, u16), words: &str, style: Style) {
    if let (Some(column), Some(row)) = (x.checked_sub(area.x), y.checked_sub(area.y)) {
        line_at(buf, area, row, column, words, style);
    }
}

/// Proxies stand beside pods under a mesh alone.
fn has_proxies(view: &MeshView) -> bool {
    view.pattern == "mesh"
}
