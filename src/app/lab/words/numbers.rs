//! The numbers, one by one, as text: each with its sentences, the objective, and how the pods were lately.

use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::Scene;
use crate::mesh_view::budget::{Budget, slo_words};
use crate::mesh_view::words::spoken;
use crate::mesh_view::{HeatCell, MeshView, Metric, Place, PlaceId, why};

/// All of it.
pub(super) fn lines(scene: &Scene<'_>) -> Vec<String> {
    let (view, slo) = (scene.view, scene.slo);
    let budget = Budget::of(view, slo);
    let key = keymap::shown(Context::Lab, Action::NextSlo);
    let mut lines = vec![
        "The numbers, one by one".to_owned(),
        format!("  objective: {} of requests end well; {key} for the next one", slo_words(slo)),
    ];
    if let Some(burn) = budget.burn() {
        lines.push(format!("  error budget {}, burn rate {burn:.1}", budget.used_words()));
    }
    for metric in Metric::ALL {
        lines.push(format!("  {} {}", metric.name(), spoken(&metric.figure(view, slo))));
        let sentences = why::sentences(metric, view, slo);
        lines.extend(sentences.iter().map(|sentence| format!("    {}", spoken(sentence))));
    }
    lines.extend(heat(view));
    lines
}

/// What the heat strip shows: pods that were not ready all the time, and for how many seconds they were what.
fn heat(view: &MeshView) -> Vec<String> {
    let seconds = view.detail.heat.seconds();
    if seconds == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!("Pods, the last {seconds} s")];
    let mut well = 0;
    for (id, place) in view.places.iter().enumerate() {
        let times = times(view, id as PlaceId, seconds);
        match times.as_slice() {
            [] => {}
            [(HeatCell::Ready, _)] => well += 1,
            _ => lines.push(line(view, place, &times)),
        }
    }
    lines.push(format!("  ready in every second: {well} pods"));
    lines
}

/// How many seconds a place was in each state, where it was there at all.
fn times(view: &MeshView, id: PlaceId, seconds: usize) -> Vec<(HeatCell, usize)> {
    let count = |cell| (0..seconds).filter(|&second| view.detail.heat.cell(id, second) == cell).count();
    let times = HeatCell::ALL.into_iter().skip(1).map(|cell| (cell, count(cell)));
    times.filter(|(_, count)| *count > 0).collect()
}

fn line(view: &MeshView, place: &Place, times: &[(HeatCell, usize)]) -> String {
    let region = view.regions.get(usize::from(place.region)).map_or("", |region| region.name.as_str());
    let words: Vec<String> = times.iter().map(|(cell, count)| format!("{} {count} s", cell.word())).collect();
    format!("  {} of {region}: {}", place.name, words.join(", "))
}
