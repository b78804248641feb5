//! Fields of a `DestinationRule`: locality, outlier detection, connection pool, load balancer.

use super::{Field, Group, Line, Values};
use crate::app::lab::rule::yaml;

const OBJECT: &str = "DestinationRule, spec";
const YES_NO: Values = Values::Choices(&["true", "false"]);
const SPLITS: Values = Values::Steps(
    &["0/100", "50/50", "80/20", "90/10", "95/5", "99/1", "100/0"],
    "two weights that sum to 100",
);
const LIMITS: Values = Values::Steps(
    &["1", "2", "5", "10", "20", "50", "100", "1000", "unlimited"],
    "1 to 1000000, or unlimited",
);
const PERIODS: &str = "1ms or longer";

pub const LOCALITY: &[Field] = &[
    Field {
        group: Group::Locality,
        key: "mesh.locality",
        name: "locality",
        values: Values::Choices(&["off", "failover", "failover-priority", "distribute", "zone-aware"]),
        says: "Whom a caller prefers: failover its own zone, failover-priority its own region; distribute splits by weight, zone-aware balances zones of the own region.",
        object: OBJECT,
        line: Line::Made(yaml::locality),
    },
    Field {
        group: Group::Locality,
        key: "mesh.distribute",
        name: "distribute",
        values: SPLITS,
        says: "Own region / other regions: each weight shrinks with the health of what it leads to, so that this split also fails over.",
        object: OBJECT,
        line: Line::Made(yaml::distribute),
    },
    Field {
        group: Group::Locality,
        key: "mesh.failover",
        name: "failover",
        values: Values::Regions,
        says: "Which region a region's callers go to first when their own does not suffice; from three regions up that is a choice.",
        object: OBJECT,
        line: Line::Made(yaml::failover),
    },
    Field {
        group: Group::Locality,
        key: "mesh.traffic_distribution",
        name: "trafficDistribution",
        values: Values::Choices(&["none", "prefer-close"]),
        says: "The Service itself asks for its own zone first, then its region; it needs no outlier detection and goes by readiness.",
        object: "Service",
        line: Line::Each(&[
            ("none", "spec.trafficDistribution is not written"),
            ("prefer-close", "spec.trafficDistribution: PreferClose"),
        ]),
    },
    Field {
        group: Group::Locality,
        key: "mesh.route_weights",
        name: "route weights",
        values: Values::Steps(
            &["0/100", "50/50", "80/20", "90/10", "95/5", "99/1", "100/0", "none"],
            "two weights that sum to 100, or none",
        ),
        says: "Own region / other regions as weights of a route, a subset each: they know nothing of health, so a dead region keeps its share.",
        object: "VirtualService, spec, and the DestinationRule's subsets",
        line: Line::Made(yaml::route_weights),
    },
];

pub const OUTLIER: &[Field] = &[
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.enabled",
        name: "outlierDetection",
        values: YES_NO,
        says: "The block itself: without it nobody is ejected, and failover between localities is off.",
        object: OBJECT,
        line: Line::Each(&[
            ("true", "trafficPolicy.outlierDetection: {…}"),
            ("false", "trafficPolicy.outlierDetection is not written"),
        ]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.consecutive_5xx",
        name: "consecutive5xxErrors",
        values: Values::Steps(&["0", "1", "2", "3", "5", "7", "10", "20"], "0 to 1000000; 0: never"),
        says: "So many errors in a row from one pod eject it, counted by each calling proxy for itself.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.consecutive5xxErrors", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.consecutive_gateway_errors",
        name: "consecutiveGatewayErrors",
        values: Values::Steps(&["0", "1", "2", "3", "5", "7", "10"], "0 to 1000000; 0: never"),
        says: "So many 502, 503 or 504 in a row eject; it matters only below consecutive5xxErrors.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.consecutiveGatewayErrors", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.split_external_local_origin_errors",
        name: "splitExternalLocalOriginErrors",
        values: YES_NO,
        says: "Refused and timed-out connections are counted apart from answers, instead of as 503 and 504.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.splitExternalLocalOriginErrors", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.consecutive_local_origin_failures",
        name: "consecutiveLocalOriginFailures",
        values: Values::Steps(&["0", "1", "2", "3", "5", "7", "10"], "0 to 1000000; 0: never"),
        says: "So many failed connections in a row eject, where they are counted apart.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.consecutiveLocalOriginFailures", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.interval",
        name: "interval",
        values: Values::Steps(&["1s", "2s", "5s", "10s", "20s", "30s", "1m"], PERIODS),
        says: "Between two sweeps, the only moments at which an ejected pod comes back.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.interval", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.base_ejection_time",
        name: "baseEjectionTime",
        values: Values::Steps(&["1s", "5s", "10s", "15s", "30s", "1m", "2m", "5m"], PERIODS),
        says: "How long the first ejection lasts at least; the n-th lasts n times as long, up to 300 s.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.baseEjectionTime", &[]),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.max_ejection_percent",
        name: "maxEjectionPercent",
        values: Values::Steps(&["1", "10", "20", "25", "30", "50", "75", "100"], "0 to 100 percent"),
        says: "How many of all pods of the service, both regions together, one proxy may have ejected at once; Istio's default is 10.",
        object: OBJECT,
        line: Line::Made(yaml::max_ejection),
    },
    Field {
        group: Group::Outlier,
        key: "mesh.outlier.min_health_percent",
        name: "minHealthPercent",
        values: Values::Steps(&["0", "10", "25", "30", "50", "75", "100"], "0 to 100 percent"),
        says: "Below this health a level panics and uses all its pods; above 0 Istio 1.31 also leaves pods that are not ready out of the list.",
        object: OBJECT,
        line: Line::At("trafficPolicy.outlierDetection.minHealthPercent", &[]),
    },
];

pub const POOL: &[Field] = &[
    Field {
        group: Group::Pool,
        key: "mesh.connection_pool.max_connections",
        name: "tcp.maxConnections",
        values: LIMITS,
        says: "Connections of one proxy to all pods of a service; what finds none waits.",
        object: OBJECT,
        line: Line::At("trafficPolicy.connectionPool.tcp.maxConnections", &[]),
    },
    Field {
        group: Group::Pool,
        key: "mesh.connection_pool.max_pending",
        name: "http1MaxPendingRequests",
        values: LIMITS,
        says: "Requests of one proxy that wait for a connection; one more is answered with 503 at once (UO). It holds for HTTP/2 too.",
        object: OBJECT,
        line: Line::At("trafficPolicy.connectionPool.http.http1MaxPendingRequests", &[]),
    },
    Field {
        group: Group::Pool,
        key: "mesh.connection_pool.max_requests",
        name: "http2MaxRequests",
        values: LIMITS,
        says: "Requests of one proxy under way to a service; one more is answered with 503 at once (UO). It holds for HTTP/1.1 too.",
        object: OBJECT,
        line: Line::At("trafficPolicy.connectionPool.http.http2MaxRequests", &[]),
    },
    Field {
        group: Group::Pool,
        key: "mesh.connection_pool.max_retries",
        name: "maxRetries",
        values: LIMITS,
        says: "Calls of one proxy that are being tried again at the same time; what is over it fails as it is.",
        object: OBJECT,
        line: Line::At("trafficPolicy.connectionPool.http.maxRetries", &[]),
    },
    Field {
        group: Group::Pool,
        key: "mesh.connect_timeout",
        name: "tcp.connectTimeout",
        values: Values::Steps(&["100ms", "250ms", "500ms", "1s", "2s", "5s", "10s", "30s"], PERIODS),
        says: "How long a connection may take to be made: what a call to a place that lost its packets costs before it fails.",
        object: OBJECT,
        line: Line::At("trafficPolicy.connectionPool.tcp.connectTimeout", &[]),
    },
];

pub const BALANCE: &[Field] = &[
    Field {
        group: Group::Balance,
        key: "mesh.lb",
        name: "simple",
        values: Values::Choices(&["least-request", "round-robin", "random"]),
        says: "Which pod of the chosen level gets the call: the less busy of two drawn at random, the next one in turn, or any.",
        object: OBJECT,
        line: Line::Each(&[
            ("least-request", "trafficPolicy.loadBalancer.simple: LEAST_REQUEST"),
            ("round-robin", "trafficPolicy.loadBalancer.simple: ROUND_ROBIN"),
            ("random", "trafficPolicy.loadBalancer.simple: RANDOM"),
        ]),
    },
    Field {
        group: Group::Balance,
        key: "mesh.warmup.duration",
        name: "warmup.duration",
        values: Values::Steps(&["5s", "10s", "30s", "1m", "2m", "none"], "longer than 0s, or none"),
        says: "So long a pod that joins the list gets less than its share, a little more with each moment.",
        object: OBJECT,
        line: Line::At("trafficPolicy.loadBalancer.warmup.duration", &[]),
    },
    Field {
        group: Group::Balance,
        key: "mesh.warmup.minimum_percent",
        name: "warmup.minimumPercent",
        values: Values::Steps(&["0", "1", "5", "10", "25", "50", "100"], "0 to 100 percent"),
        says: "The share of its weight that a pod begins with.",
        object: OBJECT,
        line: Line::At("trafficPolicy.loadBalancer.warmup.minimumPercent", &[]),
    },
    Field {
        group: Group::Balance,
        key: "mesh.warmup.aggression",
        name: "warmup.aggression",
        values: Values::Steps(&["1", "1.5", "2", "4", "10"], "1 to 100"),
        says: "The curve of the warm-up: at 1 the weight grows evenly, above 1 it grows fastest at the start.",
        object: OBJECT,
        line: Line::At("trafficPolicy.loadBalancer.warmup.aggression", &[]),
    },
    Field {
        group: Group::Balance,
        key: "mesh.panic_threshold",
        name: "panic threshold",
        values: Values::Steps(
            &["istio", "0", "10", "25", "50", "75", "100"],
            "0 to 100 percent, or istio: what it sends",
        ),
        says: "Below this health a level uses all its pods, well or not; Istio sends minHealthPercent, which is 0.",
        object: "Envoy's cluster; Istio has no field of its own for it",
        line: Line::Made(yaml::panic),
    },
    Field {
        group: Group::Balance,
        key: "mesh.update_merge_window",
        name: "update_merge_window",
        values: Values::Steps(&["0s", "100ms", "500ms", "1s", "2s", "5s"], "0s or longer"),
        says: "Changes of health that come so close together reach the load balancer together; until then ejected pods get calls.",
        object: "Envoy's cluster; Istio has no field for it, an EnvoyFilter sets it",
        line: Line::At("common_lb_config.update_merge_window", &[]),
    },
];
