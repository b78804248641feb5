//! Where the things of the lab's picture are that can be pointed at; planned by the functions that draw them.

use super::{compare, inspect, mesh, panel, planned, timebar};
use crate::app::Failure;
use crate::app::geometry::Area;
use crate::app::lab::Lab;
use crate::app::lab::scene::{Front, Scene};
use crate::app::pointer::Target;
use crate::mesh_view::PlaceId;
use crate::ui::hits::Hits;
use crate::ui::theme::Theme;

/// Notes everything of the lab; nothing of it while a question waits, for that is answered first, or where it is text.
pub fn note(lab: &Lab, theme: Theme, area: Area, hits: &mut Hits) {
    if let Some(side_by_side) = lab.compare() {
        let (time, patterns) = compare::spots(side_by_side, area);
        note_time(&side_by_side.scene(), time, hits);
        for (number, column) in (1..).zip(patterns) {
            hits.add(column, Target::Pattern(number));
        }
        return;
    }
    let scene = lab.scene(false);
    if scene.words.is_none() && scene.bet.is_none() {
        note_scene(&scene, theme, area, hits);
    }
}

/// The same, from a scene.
pub fn note_scene(scene: &Scene<'_>, theme: Theme, area: Area, hits: &mut Hits) {
    // What covers the picture is used with keys.
    if scene.front == Front::Numbers || scene.failures.list.is_some() || scene.rule.is_some() {
        return hits.add(area, Target::Elsewhere);
    }
    let (panes, _) = planned(scene, theme, area);
    if panes.has_picture() && !scene.view.regions.is_empty() {
        note_places(scene, panes.mesh, hits);
    }
    let mut breaks = panes.breaks;
    if !panes.tight {
        breaks.cut_top(1);
    }
    let rows = if panes.beside {
        breaks.cut_left(1);
        panel::rows(scene, breaks)
    } else {
        panel::flowing(scene, breaks)
    };
    for (index, row) in rows {
        hits.add(row, Target::Break(Failure::ALL[index]));
    }
    note_time(scene, panes.time, hits);
    if let Some(sheet) = scene.sheet {
        // What it covers cannot be pointed at.
        hits.add(inspect::frame(sheet, scene.view, theme, panes.below(area)), Target::Elsewhere);
    }
}

fn note_places(scene: &Scene<'_>, mesh: Area, hits: &mut Hits) {
    let (stage, _, area) = mesh::plan(scene.view, mesh);
    for id in 0..scene.view.places.len() as PlaceId {
        if let Some(spot) = stage.spot(id).filter(|spot| spot.room > 0) {
            let cells = Area { x: spot.label.0, y: spot.label.1, width: spot.room, height: 1 };
            hits.add(cells.within(area), Target::Place(id));
        }
    }
}

/// A target a column, so that the pointer scrubs as finely as the bar shows.
fn note_time(scene: &Scene<'_>, area: Area, hits: &mut Hits) {
    let Some(scale) = timebar::Scale::of(scene, area) else { return };
    for column in 0..scale.bar.width {
        let cell = Area { x: scale.bar.x + column, width: 1, ..scale.bar };
        hits.add(cell, Target::Moment(scale.moment(column)));
    }
}
