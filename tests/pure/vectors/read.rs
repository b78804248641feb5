//! From JSON to the types of the policies.

use eastwest::sim::policy::istio::{Distribute, Endpoint, Failover, Group, Labels, Locality, LocalityLb};
use eastwest::sim::policy::locality::LocalityWeight;
use eastwest::sim::policy::priority::{Level, Score};
use serde_json::Value;

pub fn number(value: &Value) -> u32 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number")) as u32
}

pub fn numbers(value: &Value) -> Vec<u32> {
    list(value).iter().map(number).collect()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// The items of an array; none where the field is missing.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub fn levels(input: &Value) -> Vec<Level> {
    let level = |value: &Value| Level {
        total: number(&value["total"]),
        healthy: number(&value["healthy"]),
        degraded: number(&value["degraded"]),
        excluded: number(&value["excluded"]),
    };
    list(&input["priorities"]).iter().map(level).collect()
}

/// The over-provisioning factor is the level's own here; weights take the place of counts where a case has them.
pub fn scores(input: &Value) -> Vec<Score> {
    let score = |(level, value): (&Level, &Value)| {
        let opf = number(&value["opf"]);
        let weight = |name: &str| value[name].as_u64();
        match weight("total_weight") {
            Some(total) => {
                let (healthy, degraded) =
                    (weight("healthy_weight").unwrap(), weight("degraded_weight").unwrap());
                Score::by_weight(healthy, degraded, total, opf)
            }
            None => Score::of(level, opf),
        }
    };
    levels(input).iter().zip(list(&input["priorities"])).map(score).collect()
}

pub fn locality_weights(input: &Value) -> Vec<LocalityWeight> {
    let weight = |value: &Value| LocalityWeight {
        weight: number(&value["weight"]),
        total: number(&value["total"]),
        healthy: number(&value["healthy"]),
        excluded: 0,
    };
    list(&input["localities"]).iter().map(weight).collect()
}

pub fn locality(value: &Value) -> Option<Locality> {
    value.as_str().map(|text| text.parse().unwrap())
}

pub fn labels(value: &Value) -> Labels {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(key, value)| (key.clone(), text(value))).collect()
}

/// Groups as `failoverPriority` sees them: a locality and its endpoints' labels.
pub fn groups(input: &Value) -> Vec<Group> {
    let endpoint = |value: &Value| Endpoint { labels: labels(value), weight: 1 };
    let group = |value: &Value| Group {
        locality: locality(&value["locality"]),
        endpoints: list(&value["endpoints"]).iter().map(endpoint).collect(),
    };
    list(&input["groups"]).iter().map(group).collect()
}

/// A group of one endpoint for each locality.
pub fn group_at(at: &Value, weight: u32) -> Group {
    Group { locality: locality(at), endpoints: vec![Endpoint { labels: Labels::new(), weight }] }
}

/// `localityLbSetting`, whose fields are all optional.
pub fn setting(value: &Value) -> LocalityLb {
    LocalityLb {
        distribute: list(&value["distribute"]).iter().map(distribute).collect(),
        failover: list(&value["failover"]).iter().map(failover).collect(),
        failover_priority: list(&value["failoverPriority"]).iter().map(text).collect(),
    }
}

fn distribute(value: &Value) -> Distribute {
    let to = value["to"].as_object().unwrap().iter().map(|(place, weight)| (place.clone(), number(weight)));
    Distribute { from: text(&value["from"]), to: to.collect() }
}

fn failover(value: &Value) -> Failover {
    Failover { from: text(&value["from"]), to: text(&value["to"]) }
}
