//! The parts of a region that no request is answered by: control plane, cluster DNS, gateway, data layer, and
//! where its users are sent. Picture and text take them from here, so they cannot disagree.

use super::{MeshView, Place, PlaceKind, PlaceState};

/// One part and how it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// `istiod`, `CoreDNS`, `gateway`, `Aurora`, `DynamoDB`.
    pub name: &'static str,
    /// How it is; all parts of a region that is down are down.
    pub state: PlaceState,
    /// Aurora: it writes, or it reads.
    pub writer: Option<bool>,
    /// A data store: milliseconds that it is behind the others.
    pub lag_ms: Option<f64>,
}

/// Where the users of a region were sent over the last second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sent {
    /// Requests a second to their own region.
    pub here: f64,
    /// Requests a second to other regions.
    pub away: f64,
    /// The other region that most of those go to.
    pub to: usize,
}

impl MeshView {
    /// Control plane, cluster DNS and, where calls go through one, the gateway.
    #[must_use]
    pub fn control_parts(&self, region: usize) -> Vec<Part> {
        let Some(shown) = self.regions.get(region) else { return Vec::new() };
        let part = |name, state| {
            let state = if shown.state == PlaceState::Down { PlaceState::Down } else { state };
            Part { name, state, writer: None, lag_ms: None }
        };
        let mut parts = Vec::new();
        // Without a mesh there is nothing that istiod would steer.
        if self.pattern == "mesh" || shown.istiod != PlaceState::Healthy {
            parts.push(part("istiod", shown.istiod));
        }
        parts.push(part("CoreDNS", shown.dns));
        let gateways = self.in_region(region).filter(|place| place.kind == PlaceKind::Gateway);
        parts.extend(gateways.map(|gateway| part("gateway", gateway.state)));
        parts
    }

    /// The data stores: Aurora, `DynamoDB`.
    #[must_use]
    pub fn data_parts(&self, region: usize) -> Vec<Part> {
        let part = |place: &Place| {
            let (name, writer) = match place.kind {
                PlaceKind::Aurora => ("Aurora", Some(place.writer)),
                PlaceKind::DynamoDb => ("DynamoDB", None),
                _ => return None,
            };
            Some(Part { name, state: place.state, writer, lag_ms: place.lag_ms })
        };
        self.in_region(region).filter_map(part).collect()
    }

    /// Where users are sent; `None` where they come through no load balancer.
    #[must_use]
    pub fn sent(&self, region: usize) -> Option<Sent> {
        let to = &self.regions.get(region)?.users_to;
        let here = *to.get(region)?;
        let others = || to.iter().copied().enumerate().filter(|(other, _)| *other != region);
        let most = others().max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Sent { here, away: others().map(|(_, rate)| rate).sum(), to: most.0 })
    }

    /// The places of a region that are there.
    pub fn in_region(&self, region: usize) -> impl Iterator<Item = &Place> {
        let here = move |place: &&Place| usize::from(place.region) == region;
        self.places.iter().filter(here).filter(|place| place.state != PlaceState::Gone)
    }
}

impl Part {
    /// All is as it should be.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.state == PlaceState::Healthy
    }

    /// How it is without its figures: `up`, `down`, `late`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        let store = self.writer.is_some() || self.lag_ms.is_some();
        match self.state {
            PlaceState::Healthy => "up",
            PlaceState::Erring => "secret lost",
            // What is written elsewhere comes late, or not at all for now.
            PlaceState::Slow if store => "late",
            other => other.word(),
        }
    }

    /// How it is in a word or two: `up`, `writer`, `reader, lag < 1 s`, `down`.
    #[must_use]
    pub fn words(&self) -> String {
        let role = self.writer.map(|writer| if writer { "writer" } else { "reader" });
        let up = matches!(self.state, PlaceState::Healthy | PlaceState::Slow);
        let lag = self.lag_ms.filter(|ms| up && (self.is_well() || *ms >= 1000.0)).map(lag_words);
        let state =
            if lag.is_some() || (self.is_well() && role.is_some()) { None } else { Some(self.word()) };
        let words: Vec<String> = role.into_iter().chain(state).map(str::to_owned).chain(lag).collect();
        words.join(", ")
    }
}

/// A lag in steps that do not flicker: most of the time it is some part of a second.
fn lag_words(ms: f64) -> String {
    if ms < 1000.0 { "lag <1 s".to_owned() } else { format!("lag {:.0} s", ms / 1000.0) }
}

impl PlaceState {
    /// How something is, in a word or two.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Healthy => "ready",
            Self::Erring => "answers with errors",
            Self::Slow => "slow",
            Self::NotReady => "not ready",
            Self::Silent => "silent",
            Self::Refusing => "refuses",
            Self::Down => "down",
            Self::Isolated => "cut off",
            Self::Gone => "gone",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::RegionView;
    use super::*;

    #[test]
    fn a_region_that_is_down_has_no_part_that_is_up() {
        let region = RegionView { state: PlaceState::Down, ..RegionView::default() };
        let view = MeshView { regions: vec![region], pattern: "mesh".to_owned(), ..MeshView::default() };
        let parts = view.control_parts(0);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(|part| part.words() == "down"), "{parts:?}");
    }

    #[test]
    fn a_store_says_whether_it_writes_and_how_far_behind_it_is() {
        let part = |state, writer, lag_ms| Part { name: "Aurora", state, writer, lag_ms }.words();
        assert_eq!(part(PlaceState::Healthy, Some(true), None), "writer");
        assert_eq!(part(PlaceState::Healthy, Some(false), Some(420.0)), "reader, lag <1 s");
        assert_eq!(part(PlaceState::Slow, None, Some(12_000.0)), "lag 12 s");
        assert_eq!(part(PlaceState::Down, Some(true), None), "writer, down");
        assert_eq!(part(PlaceState::Slow, Some(false), Some(0.0)), "reader, late");
    }

    #[test]
    fn users_who_are_sent_away_are_counted() {
        let region = |users_to| RegionView { users_to, ..RegionView::default() };
        let regions = vec![region(vec![3.0, 215.0]), region(vec![0.0, 140.0]), region(Vec::new())];
        let view = MeshView { regions, ..MeshView::default() };
        assert_eq!(view.sent(0), Some(Sent { here: 3.0, away: 215.0, to: 1 }));
        assert_eq!(view.sent(1), Some(Sent { here: 140.0, away: 0.0, to: 0 }));
        assert_eq!(view.sent(2), None);
    }
}
