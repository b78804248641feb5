//! The heat strip: how every pod was in every second. A row of the screen is two pods in half blocks, or one as a shape
//! where there is no color; a service, told by its worst pod, where there is little height.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::scale::Scale;
use super::{figures, gauges, panel, place};
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::mesh_view::{HeatCell, MeshView, PlaceId, PlaceKind, PlaceState};
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// A label takes no more columns.
const LABEL_MAX: usize = 20;

/// What one row of the strip shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    /// The worst of these places is shown, in the upper half where the row has two.
    pub upper: Vec<PlaceId>,
    /// The same of the lower half; empty where the row is one.
    pub lower: Vec<PlaceId>,
}

/// The rows for so much height: a pod each; or two in half blocks, where cells are colors; or a service each.
#[must_use]
pub fn rows(view: &MeshView, theme: Theme, height: u16) -> Vec<Row> {
    let in_one: &[usize] = if theme.paints_cells() { &[1, 2] } else { &[1] };
    let fits = |rows: &Vec<Row>| rows.len() <= usize::from(height);
    in_one.iter().map(|count| by_pods(view, *count)).find(fits).unwrap_or_else(|| by_service(view))
}

/// Regions, and in each the pods of every service in the order of calls.
fn groups(view: &MeshView) -> impl Iterator<Item = (String, String, Vec<PlaceId>)> {
    let order = place::service_order(view);
    let regions = view.regions.iter().enumerate();
    regions.flat_map(move |(at, region)| {
        let pods = |service: &String| -> Vec<PlaceId> {
            let is = |place: &crate::mesh_view::Place| {
                matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod)
                    && place.state != PlaceState::Gone
                    && usize::from(place.region) == at
                    && place.service == *service
            };
            (0..view.places.len()).filter(|id| is(&view.places[*id])).map(|id| id as PlaceId).collect()
        };
        let initial = figures::initial(&region.name);
        let group = |service: &String| (initial.clone(), service.clone(), pods(service));
        order.iter().map(group).filter(|(.., pods)| !pods.is_empty()).collect::<Vec<_>>()
    })
}

fn by_pods(view: &MeshView, in_one: usize) -> Vec<Row> {
    groups(view)
        .flat_map(|(region, service, pods)| {
            let row = |some: &[PlaceId]| {
                let number = |id: &PlaceId| {
                    let place = &view.places[usize::from(*id)];
                    figures::number(&place.name, &place.service).to_owned()
                };
                let numbers: Vec<String> = some.iter().map(number).collect();
                Row {
                    label: format!("{region} {service} {}", numbers.join(" ")),
                    upper: some[..1].to_vec(),
                    // One alone fills its row, unless others have two.
                    lower: some[(in_one - 1).min(1)..].to_vec(),
                }
            };
            pods.chunks(in_one).map(row).collect::<Vec<_>>()
        })
        .collect()
}

fn by_service(view: &MeshView) -> Vec<Row> {
    let row = |(region, service, pods): (String, String, Vec<PlaceId>)| Row {
        label: format!("{region} {service} ({})", pods.len()),
        lower: pods.clone(),
        upper: pods,
    };
    groups(view).map(row).collect()
}

/// Rows that the strip takes with every pod in it, its heading and the row of marks included.
#[must_use]
pub fn rows_wanted(view: &MeshView, theme: Theme) -> u16 {
    by_pods(view, if theme.paints_cells() { 2 } else { 1 }).len() as u16 + 2
}

/// Columns left of the cells.
#[must_use]
pub fn label_columns(rows: &[Row]) -> u16 {
    rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).min(LABEL_MAX) as u16 + 1
}

/// Draws heading, rows and the marks below them, as far as there is height.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let heading = rest.cut_top(1);
    let view = scene.view;
    // The last row is for marks.
    let shown = rows(view, theme, rest.height.saturating_sub(1));
    let mut cells = rest.inset(1, 0);
    let labels = cells.cut_left(label_columns(&shown));
    let scale = scale(view, cells.width);
    let words = match scale.per {
        1 => "Pods by seconds".to_owned(),
        per => format!("Pods, {per} s a column, the worst shown"),
    };
    panel::headed_rule(&words, theme, heading, 0, buf);
    draw_legend(view, &shown, theme, (heading, width(&words) as u16 + 5), buf);
    for (at, row) in shown.iter().take(usize::from(rest.height)).enumerate() {
        let at = at as u16;
        let label =
            clipped(&row.label, usize::from(labels.width.saturating_sub(1)), theme.glyph(Glyph::Ellipsis));
        let selected = scene.selected.is_some_and(|id| row.upper.contains(&id) || row.lower.contains(&id));
        let look = if selected { Mark::Selected } else { Mark::Quiet };
        line_at(buf, labels, at, 0, &label, theme.mark(look));
        for column in 0..cells.width {
            let (glyph, style) = cell(view, row, &scale, column, theme);
            line_at(buf, cells, at, column, glyph, style);
        }
    }
    let below = shown.len() as u16;
    for column in scale.marks(view) {
        line_at(buf, cells, below, column, theme.glyph(Glyph::Event), theme.mark(Mark::Failure));
    }
}

/// The columns of a strip so wide.
#[must_use]
pub fn scale(view: &MeshView, columns: u16) -> Scale {
    Scale::of(view.at, view.detail.heat.seconds(), columns, gauges::WINDOW)
}

/// A cell of the strip as a cell of the screen.
#[must_use]
pub fn cell(view: &MeshView, row: &Row, scale: &Scale, column: u16, theme: Theme) -> (&'static str, Style) {
    let seconds = scale.seconds_in(column);
    let worst = |places: &[PlaceId]| {
        let cells = places.iter().map(|id| view.detail.heat.worst(*id, seconds.clone()));
        cells.max().unwrap_or_default()
    };
    let (upper, lower) = (worst(&row.upper), worst(&row.lower));
    if theme.paints_cells() {
        return theme.half_blocks(upper, lower);
    }
    (theme.cell_shape(upper.max(lower)), Style::new())
}

/// The looks that are in the strip, named, at the end of the heading.
fn draw_legend(view: &MeshView, rows: &[Row], theme: Theme, (area, after): (Area, u16), buf: &mut Buffer) {
    let seconds = view.detail.heat.seconds();
    let shown = |cell: HeatCell| {
        let mut places = rows.iter().flat_map(|row| row.upper.iter().chain(&row.lower));
        places.any(|id| (0..seconds).any(|second| view.detail.heat.cell(*id, second) == cell))
    };
    let kinds: Vec<HeatCell> = HeatCell::ALL.into_iter().skip(1).filter(|cell| shown(*cell)).collect();
    let wide: usize = kinds.iter().map(|cell| cell.word().len() + 4).sum::<usize>() + 1;
    let mut at = area.width.saturating_sub(wide as u16).max(after);
    for cell in kinds {
        if at + cell.word().len() as u16 + 4 > area.width {
            break;
        }
        let (glyph, style) = if theme.paints_cells() {
            theme.half_blocks(cell, cell)
        } else {
            (theme.cell_shape(cell), Style::new())
        };
        at = line_at(buf, area, 0, at, " ", Style::new());
        at = line_at(buf, area, 0, at, glyph, style);
        at = line_at(buf, area, 0, at, " ", Style::new());
        at = line_at(buf, area, 0, at, cell.word(), theme.mark(Mark::Quiet));
        at = line_at(buf, area, 0, at, " ", Style::new());
    }
}
