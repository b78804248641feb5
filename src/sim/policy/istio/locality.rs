//! Where something runs, and whether a rule means that place.

use std::fmt;
use std::str::FromStr;

/// `region/zone/subzone`; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locality {
    pub region: String,
    pub zone: String,
    pub subzone: String,
}

impl Locality {
    #[must_use]
    pub fn new(region: &str, zone: &str) -> Self {
        Self { region: region.to_owned(), zone: zone.to_owned(), subzone: String::new() }
    }

    /// Does a rule's `region/zone/subzone` mean this place? `*` is anything, and so is a zone or subzone left out.
    #[must_use]
    pub fn matches(&self, rule: &str) -> bool {
        let mut parts = rule.splitn(3, '/');
        let region = parts.next().unwrap_or_default();
        let fits = |part: Option<&str>, own: &str| {
            part.is_none_or(|part| part == "*" || part.is_empty() || part == own)
        };
        (region == "*" || region == self.region)
            && fits(parts.next(), &self.zone)
            && fits(parts.next(), &self.subzone)
    }

    /// Istio's distance: 0 the same place, 1 the same zone, 2 the same region, 3 elsewhere. An unknown place has no region.
    pub(super) fn distance(&self, other: Option<&Self>) -> u32 {
        let nowhere = Self::default();
        let other = other.unwrap_or(&nowhere);
        if self.region != other.region {
            3
        } else if self.zone != other.zone {
            2
        } else {
            u32::from(self.subzone != other.subzone)
        }
    }
}

impl FromStr for Locality {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '/').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Ok(Self { region: next(), zone: next(), subzone: next() })
    }
}

impl fmt::Display for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.region)?;
        for part in [&self.zone, &self.subzone] {
            if !part.is_empty() {
                write!(f, "/{part}")?;
            }
        }
        Ok(())
    }
}
