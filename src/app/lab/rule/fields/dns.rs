//! How users are led to a region: records and health checks of Route 53.

use super::{Field, Group, Line, Values};
use crate::app::lab::rule::yaml;

const RECORD: &str = "AWS::Route53::RecordSet";
const CHECK: &str = "AWS::Route53::HealthCheck";

pub const FIELDS: &[Field] = &[
    Field {
        group: Group::Dns,
        key: "dns.policy",
        name: "routing policy",
        values: Values::Choices(&["latency", "failover"]),
        says: "Users are led to the nearest healthy region, or all of them to the primary one while it is healthy.",
        object: RECORD,
        line: Line::Made(yaml::dns_policy),
    },
    Field {
        group: Group::Dns,
        key: "dns.ttl",
        name: "TTL",
        values: Values::Steps(&["0s", "5s", "10s", "30s", "1m", "2m", "5m"], "0s or longer"),
        says: "How long resolvers keep an answer, so how long users keep coming after the record changed.",
        object: RECORD,
        line: Line::Seconds("TTL"),
    },
    Field {
        group: Group::Dns,
        key: "dns.check",
        name: "health check",
        values: Values::Choices(&["shallow", "deep"]),
        says: "What is asked: the entry service alone, or a request through the whole chain.",
        object: CHECK,
        line: Line::Each(&[
            ("shallow", "HealthCheckConfig.ResourcePath: a path that ingress answers by itself"),
            ("deep", "HealthCheckConfig.ResourcePath: a path that calls the whole chain"),
        ]),
    },
    Field {
        group: Group::Dns,
        key: "dns.check_interval",
        name: "RequestInterval",
        values: Values::Steps(&["10s", "30s"], "100ms or longer here; Route 53 has 10 and 30 s alone"),
        says: "From an answer to the next question, for each of 16 checkers; 10 s costs extra.",
        object: CHECK,
        line: Line::Made(yaml::check_interval),
    },
    Field {
        group: Group::Dns,
        key: "dns.check_threshold",
        name: "FailureThreshold",
        values: Values::Steps(&["1", "2", "3", "5", "10"], "1 to 1000 here; Route 53 has 1 to 10"),
        says: "So many equal results in a row change a checker's mind.",
        object: CHECK,
        line: Line::Made(yaml::check_threshold),
    },
    Field {
        group: Group::Dns,
        key: "dns.resolver_overstay",
        name: "resolver overstay",
        values: Values::Steps(&["0s", "30s", "1m", "5m", "10m"], "0s or longer"),
        says: "How much longer than the TTL resolvers and clients keep an answer.",
        object: "no object",
        line: Line::Nowhere("No line: resolvers and clients of users are not yours to set."),
    },
];
