//! The figures of a comparison as they are written.

use crate::app::lab::compare::tally::{Tally, cheapest};
use crate::app::lab::compare::{Compare, Lane};
pub use crate::mesh_view::budget::slo_words as objective;
use crate::mesh_view::{LoadTable, MeshView, PlaceKind, PlaceState};
use crate::ui::lab::mesh::pod_look;
use crate::ui::lab::{figures, place};
use crate::ui::theme::{Glyph, Mark, Theme};

/// The tallies of those that take part.
pub fn tallies(compare: &Compare) -> [Option<&Tally>; 3] {
    compare.lanes().each_ref().map(|lane| lane.is_on().then(|| lane.tally()))
}

pub fn percent(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| figures::percent(value, decimals))
}

/// Dollars an hour, to a tenth of a cent.
pub fn dollars(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("${value:.3}"))
}

pub fn gigabytes(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"))
}

pub fn millis(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), figures::millis)
}

/// `30 of 75,911`.
pub fn failed(tally: &Tally) -> String {
    format!("{} of {}", figures::thousands(tally.failed), figures::thousands(tally.finished()))
}

/// The service at the end of the chain, whose pods are shown.
pub fn service(view: &MeshView) -> String {
    place::service_order(view).pop().unwrap_or_default()
}

/// Its pods in a region: a shape each, or how many of each shape where there are many.
pub fn pods(view: &MeshView, region: usize, room: usize, theme: Theme) -> Vec<(String, Mark)> {
    let service = service(view);
    let looks: Vec<(Glyph, Mark)> = view
        .places
        .iter()
        .filter(|place| matches!(place.kind, PlaceKind::Pod | PlaceKind::Ingress))
        .filter(|place| place.state != PlaceState::Gone)
        .filter(|place| place.service == service && usize::from(place.region) == region)
        .map(pod_look)
        .collect();
    if looks.len() <= room {
        return looks.into_iter().map(|(glyph, mark)| (theme.glyph(glyph).to_owned(), mark)).collect();
    }
    let mut groups: Vec<((Glyph, Mark), usize)> = Vec::new();
    for look in looks {
        match groups.iter_mut().find(|(known, _)| *known == look) {
            Some((_, count)) => *count += 1,
            None => groups.push((look, 1)),
        }
    }
    groups
        .into_iter()
        .map(|((glyph, mark), count)| (format!("{count}{} ", theme.glyph(glyph)), mark))
        .collect()
}

/// How the callers of a region split their calls to it: Envoy's integers, most of its proxies'.
pub fn split(view: &MeshView, region: usize) -> String {
    let service = service(view);
    let tables = view.regions.get(region).map(|region| &region.tables[..]).unwrap_or_default();
    let Some(table) = tables.iter().find(|table| table.service == service) else {
        return "nobody calls".to_owned();
    };
    rule(view, region, table)
}

fn rule(view: &MeshView, region: usize, table: &LoadTable) -> String {
    let own = view.places.iter().filter(|place| {
        let drawn = place.kind != PlaceKind::Users && place.state != PlaceState::Gone;
        drawn && place.service == table.service && usize::from(place.region) == region
    });
    let (own, all) = (own.count() as u32, table.total.iter().sum::<u32>());
    match &table.load_percent[..] {
        [] => "no endpoint".to_owned(),
        loads if loads.iter().all(|load| *load == 0) => "no healthy pod".to_owned(),
        [_] if all > own => format!("one pool of {all}"),
        [_] => format!("its own {all} only"),
        [here, away @ ..] => format!("{here} % here, {} % away", away.iter().sum::<u32>()),
    }
}

/// What the pattern does, in one line and in its own numbers of the last second.
pub fn character(lane: &Lane) -> String {
    let now = &lane.view().now;
    let local = now
        .local_percent
        .map_or_else(|| "nothing called".to_owned(), |share| format!("{} local", figures::percent(share, 1)));
    match lane.view().pattern.as_str() {
        "dual" => match now.crossing {
            0 => "each region alone: no call crosses".to_owned(),
            calls => format!("each region alone: {calls}/s cross"),
        },
        "federation" => format!("one name for both: {local}"),
        _ => match lane.view().places.iter().filter(|place| place.ejected_by > 0).count() {
            0 => format!("local first: {local}"),
            pods => format!("local first: {local}, {pods} ejected"),
        },
    }
}

/// Whether it keeps the objective, and whether it is the one to take.
pub fn meets(compare: &Compare, index: usize) -> (&'static str, Mark, bool) {
    let Some(tally) = tallies(compare)[index] else { return ("-", Mark::Quiet, false) };
    let slo = compare.slo();
    let takes = cheapest(tallies(compare), |tally| tally.meets(slo)) == Some(index);
    match tally.meets(slo) {
        true if takes => ("yes", Mark::Strong, true),
        true => ("yes", Mark::Plain, false),
        false => ("no", Mark::Failure, false),
    }
}

/// One sentence: what to take for what is asked.
pub fn verdict(compare: &Compare) -> String {
    let (all, slo) = (tallies(compare), compare.slo());
    let asked = objective(slo);
    let line = |index: usize, tally: &Tally| {
        let share = percent(tally.success_percent(), 2);
        (compare.lanes()[index].name(), share, dollars(Some(tally.bill.total)), failed(tally))
    };
    let met = all.iter().flatten().filter(|tally| tally.meets(slo)).count();
    if let Some((index, tally)) = cheapest(all, |tally| tally.meets(slo)).and_then(|at| Some((at, all[at]?)))
    {
        let (name, _, dollars, failed) = line(index, tally);
        return match met {
            1 => format!("only {name} keeps {asked}: {dollars} an hour, {failed} requests failed."),
            _ => format!(
                "{name} is the cheapest of {met} that keep {asked}: {dollars} an hour, {failed} failed."
            ),
        };
    }
    let shares = all.map(|tally| tally.and_then(Tally::success_percent));
    let closest = crate::app::lab::compare::tally::best(shares, true);
    match closest.and_then(|at| Some((at, all[at]?))) {
        Some((index, tally)) => {
            let (name, share, dollars, _) = line(index, tally);
            format!("none keeps {asked}. {name} comes closest: {share} for {dollars} an hour.")
        }
        None => "no request has ended yet.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objective_has_the_decimals_it_needs() {
        assert_eq!(["99 %", "99.5 %", "99.95 %"], [9_900, 9_950, 9_995].map(objective));
    }
}
