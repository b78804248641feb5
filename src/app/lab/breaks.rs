//! What each break does, in the words of an intervention, and which of them hold.

use crate::app::action::Failure;
use crate::app::lab::failures::half_of;
use crate::sim::{Holding, Intervention, Scenario, SimTime};

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
        half_of(self.pods)
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

    /// Which breaks of this spot are among the layers that hold.
    #[must_use]
    pub fn holding(&self, held: &[Holding]) -> Vec<Failure> {
        let holds = |failure: &Failure| held.iter().any(|holding| self.is(*failure, &holding.words()));
        Failure::ALL.into_iter().filter(holds).collect()
    }

    /// These words, `TARGET EFFECT`, are that failure here.
    #[must_use]
    pub fn is(&self, failure: Failure, words: &str) -> bool {
        let read = |words: &str| Intervention::parse_now(words, SimTime::ZERO).ok();
        let own = self.broken(failure).filter(|_| failure != Failure::HealAll);
        own.as_deref().and_then(read).zip(read(words)).is_some_and(|(own, other)| {
            own.effect() == other.effect() && own.target().is_same(other.target())
        })
    }
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

    #[test]
    fn every_break_is_an_intervention() {
        for failure in Failure::ALL {
            let words = spot().broken(failure).unwrap();
            Intervention::parse_now(&words, SimTime::ZERO).unwrap();
            Intervention::parse_now(&spot().healed(failure).unwrap(), SimTime::ZERO).unwrap();
        }
    }

    #[test]
    fn words_are_told_apart_and_a_link_has_no_first_end() {
        assert!(spot().is(Failure::Answer503, "us-east-1/payment:2 503"));
        assert!(!spot().is(Failure::Answer503, "us-east-1/payment:3 503"));
        assert!(!spot().is(Failure::Answer503, "us-east-1/payment:2 refuse"));
        assert!(spot().is(Failure::Cut, "us-west-2~us-east-1 cut"));
        assert!(!spot().is(Failure::HealAll, "all heal"));
    }

    #[test]
    fn the_link_has_one_name_from_both_sides() {
        let mut west = spot();
        (west.region, west.other) = ("us-west-2".to_owned(), Some("us-east-1".to_owned()));
        assert_eq!(west.broken(Failure::Cut), spot().broken(Failure::Cut));
    }
}
