//! What dots say, standing still, for those who want less to move: which way calls cross and how many, where they
//! fail, and what has just changed. Rates are the view's own counts, never sums of sampled hops.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::place::{Form, Stage};
use super::{figures, put};
use crate::app::geometry::Area;
use crate::mesh_view::{MeshView, Nanos, PlaceKind};
use crate::ui::text::{line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// A change is marked for so long.
const NEWS: Nanos = 3_000_000_000;

/// What crosses between the regions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Calls a second, both ways.
    pub rate: f64,
    /// Some went from the first region to the second, and the other way.
    pub ways: (bool, bool),
}

/// What crosses now, if anything does. The link has the count; the hops on show have the direction.
#[must_use]
pub fn crossing(view: &MeshView) -> Option<Crossing> {
    let link = view.links.first().filter(|link| link.calls_per_second >= 0.5)?;
    let region = |id| view.places.get(usize::from(id)).map(|place| place.region);
    let goes =
        |from, to| view.hops.iter().any(|hop| region(hop.from) == Some(from) && region(hop.to) == Some(to));
    let (first, second) = link.ends;
    Some(Crossing { rate: link.calls_per_second, ways: (goes(first, second), goes(second, first)) })
}

/// Draws all of it over the lines.
pub fn draw(view: &MeshView, (stage, form): (&Stage, Form), theme: Theme, area: Area, buf: &mut Buffer) {
    if let Some(crossing) = crossing(view) {
        let mark = theme.mark(Mark::Crossing);
        match form {
            Form::Beside => draw_between(&crossing, stage, theme, mark, area, buf),
            Form::Stacked => put(buf, area, stage.cut(form), theme.glyph(Glyph::Crossing), mark),
        }
    }
    let since = view.at.saturating_sub(NEWS);
    for (place, spot) in stage.placed(view).filter(|(_, spot)| spot.room > 0) {
        let pod = matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod | PlaceKind::Gateway);
        let region = view.regions.get(usize::from(place.region)).map_or("", |region| region.name.as_str());
        let path = format!("{region}/{}", place.name);
        let is_news = |at: Nanos| at >= since && at <= view.at;
        if view.log.iter().any(|line| is_news(line.at) && line.subject == path) {
            put(buf, area, spot.port_in, theme.glyph(Glyph::Event), theme.mark(Mark::Strong));
        } else if pod && place.failing > 0.0 {
            put(buf, area, spot.port_in, theme.glyph(Glyph::Failure), theme.mark(Mark::Failure));
        }
    }
}

/// `◆62/s►` on the trunk, in the middle between the regions.
fn draw_between(crossing: &Crossing, stage: &Stage, theme: Theme, mark: Style, area: Area, buf: &mut Buffer) {
    let Some(trunk) = stage.regions.first().map(|region| region.trunk) else { return };
    let glyph = |shown: bool, glyph| if shown { theme.glyph(glyph) } else { "" };
    let rate = figures::rate(crossing.rate);
    let words = [
        glyph(crossing.ways.1, Glyph::ArrowLeft),
        theme.glyph(Glyph::Crossing),
        &format!("{rate}/s"),
        glyph(crossing.ways.0, Glyph::Arrow),
    ]
    .concat();
    let wide = width(&words) as u16;
    let (Some(row), true) = (trunk.checked_sub(area.y), wide < stage.gap.width) else { return };
    let start = stage.gap.x + (stage.gap.width - wide) / 2;
    line_at(buf, area, row, start.saturating_sub(area.x), &words, mark);
}
