//! What can be set in a scenario and broken in it, as lists: for whoever tries everything.

use super::Scenario;
use super::keys::{KEYS, Use};

impl Scenario {
    /// Every key that `--set` takes here, with the names of this scenario's regions and services, each with a good
    /// value.
    pub fn settable(&self) -> Vec<(String, &'static str)> {
        let mut found = Vec::new();
        for key in KEYS.iter().filter(|key| key.used == Use::Anywhere) {
            let regions = fill(vec![key.pattern.to_owned()], "<region>", self.regions());
            let both = fill(regions, "<service>", self.services());
            found.extend(both.into_iter().map(|path| (path, key.example)));
        }
        found
    }

    /// Every target that an intervention can name here, as it is spelled; of pods the first, and the first two.
    pub fn targets(&self) -> Vec<String> {
        let regions: Vec<&str> = self.regions().collect();
        let mut found: Vec<String> = ["all", "aurora", "dynamodb"].map(str::to_owned).to_vec();
        for (index, region) in regions.iter().enumerate() {
            found.push((*region).to_owned());
            for part in ["users", "gateway", "istiod", "dns"] {
                found.push(format!("{region}/{part}"));
            }
            for service in self.services().filter(|service| self.pods(region, service) > 0) {
                found.push(format!("{region}/{service}"));
                found.push(format!("{region}/{service}-1"));
                found.push(format!("{region}/{service}:{}", self.pods(region, service).min(2)));
            }
            for other in regions.iter().skip(index + 1) {
                found.extend([
                    format!("{region}~{other}"),
                    format!("{region}>{other}"),
                    format!("{other}>{region}"),
                ]);
            }
        }
        found.extend(self.regions.iter().flat_map(|region| region.zones.iter().cloned()));
        found
    }
}

/// Each pattern once for each name, where the placeholder stands in it.
fn fill<'a>(patterns: Vec<String>, placeholder: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names: Vec<&str> = names.collect();
    let mut filled = Vec::new();
    for pattern in patterns {
        if pattern.contains(placeholder) {
            filled.extend(names.iter().map(|name| pattern.replace(placeholder, name)));
        } else {
            filled.push(pattern);
        }
    }
    filled
}
