//! What each break does, in the words of an intervention, and which of them hold.

use crate::app::action::Failure;
use crate::sim::{Intervention, Scenario, SimTime, Target};

/// Where breaks go: a region, and the service at the end of its chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub region: String,
    pub other: Option<String>,
    pub service: String,
    /// Pods of that service in that region.
    pub pods: u32,
}

impl Spot {
    /// The spot of a region, counted from 0.
    #[must_use]
    pub fn of(scenario: &Scenario, region: usize) -> Self {
        let name = scenario.regions().nth(region).unwrap_or_default().to_owned();
        let other = scenario.regions().find(|other| *other != name).map(ToOwned::to_owned);
        let service = scenario.services().last().unwrap_or_default().to_owned();
        let pods = scenario.pods(&name, &service);
        Self { region: name, other, service, pods }
    }

    /// Half of the pods, one at least.
    #[must_use]
    pub const fn half(&self) -> u32 {
        if self.pods < 2 { 1 } else { self.pods / 2 }
    }

    /// `TARGET` and `EFFECT`; nothing where there is no such thing here.
    fn words(&self, failure: Failure) -> Option<(String, &'static str)> {
        let all = format!("{}/{}", self.region, self.service);
        let half = format!("{all}:{}", self.half());
        Some(match failure {
            Failure::Answer503 => (half, "503"),
            Failure::All503 => (all, "503"),
            Failure::Errors => (all, "errors=30/100"),
            Failure::Slow => (all, "slow=500ms"),
            Failure::Refuse => (half, "refuse"),
            Failure::NotReady => (half, "notready"),
            Failure::Crash => (all, "crash"),
            Failure::Cut => (self.link()?, "cut"),
            Failure::RegionDown => (self.region.clone(), "down"),
            Failure::HealAll => ("all".to_owned(), "heal"),
        })
    }

    /// The link, with its regions in the order of the scenario whichever is chosen.
    fn link(&self) -> Option<String> {
        let other = self.other.as_ref()?;
        let (one, two) = if *other < self.region { (other, &self.region) } else { (&self.region, other) };
        Some(format!("{one}~{two}"))
    }

    /// What to do to break it, as `TARGET EFFECT`.
    #[must_use]
    pub fn broken(&self, failure: Failure) -> Option<String> {
        self.words(failure).map(|(target, effect)| format!("{target} {effect}"))
    }

    /// What to do to mend it, as `TARGET heal`.
    #[must_use]
    pub fn healed(&self, failure: Failure) -> Option<String> {
        self.words(failure).map(|(target, _)| format!("{target} heal"))
    }

    /// Which breaks of this spot hold at a moment, by what was done up to then.
    #[must_use]
    pub fn holding(&self, log: &[Intervention], at: SimTime) -> Vec<Failure> {
        Failure::ALL.into_iter().filter(|failure| self.holds(*failure, log, at)).collect()
    }

    fn holds(&self, failure: Failure, log: &[Intervention], at: SimTime) -> bool {
        let Some((target, effect)) = self.words(failure).filter(|_| failure != Failure::HealAll) else {
            return false;
        };
        let effect_words = format!("{target} {effect}");
        log.iter().filter(|done| done.at() <= at).fold(false, |holds, done| {
            let ended = || done.lasts().is_some_and(|span| done.at() + span <= at);
            match () {
                () if done.is_heal() && healed_by(done, &target) => false,
                () if done.words() == effect_words
                    || done.words().starts_with(&format!("{effect_words} ")) =>
                {
                    !ended()
                }
                () => holds,
            }
        })
    }
}

fn healed_by(heal: &Intervention, target: &str) -> bool {
    *heal.target() == Target::All || heal.target().to_string() == target
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot() -> Spot {
        Spot {
            region: "us-east-1".to_owned(),
            other: Some("us-west-2".to_owned()),
            service: "payment".to_owned(),
            pods: 4,
        }
    }

    fn holding(log: &[&str], at: &str) -> Vec<Failure> {
        let log: Vec<Intervention> = log.iter().map(|text| text.parse().unwrap()).collect();
        let span: crate::sim::SimSpan = at.parse().unwrap();
        spot().holding(&log, SimTime::ZERO + span)
    }

    #[test]
    fn every_break_is_an_intervention() {
        for failure in Failure::ALL {
            let words = spot().broken(failure).unwrap();
            Intervention::parse_now(&words, SimTime::ZERO).unwrap();
            Intervention::parse_now(&spot().healed(failure).unwrap(), SimTime::ZERO).unwrap();
        }
    }

    #[test]
    fn a_break_holds_until_it_is_healed_or_ends() {
        let log = ["10s us-east-1/payment:2 503", "20s us-west-2 down", "30s us-east-1/payment:2 heal"];
        assert_eq!(holding(&log, "9s"), []);
        assert_eq!(holding(&log, "10s"), [Failure::Answer503]);
        assert_eq!(holding(&log, "31s"), []);
        assert_eq!(holding(&["1s us-east-1 down for 5s"], "3s"), [Failure::RegionDown]);
        assert_eq!(holding(&["1s us-east-1 down for 5s"], "6s"), []);
        assert_eq!(holding(&["1s us-east-1~us-west-2 cut", "2s all heal"], "2s"), []);
    }

    #[test]
    fn the_link_has_one_name_from_both_sides() {
        let mut west = spot();
        (west.region, west.other) = ("us-west-2".to_owned(), Some("us-east-1".to_owned()));
        assert_eq!(west.broken(Failure::Cut), spot().broken(Failure::Cut));
    }
}
