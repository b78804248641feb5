//! What is decided for whole clusters: the mesh and its version, networks, Linkerd, a federation's choice.

use super::{Field, Group, Line, Values};
use crate::app::lab::rule::yaml;

const LABELS: &str = "Service, metadata.labels";
const ANNOTATIONS: &str = "Service, metadata.annotations";

pub const MESH: &[Field] = &[
    Field {
        group: Group::Mesh,
        key: "mesh.kind",
        name: "kind",
        values: Values::Choices(&["istio", "linkerd"]),
        says: "Whose proxies stand beside the pods: Envoys that istiod configures, or Linkerd's.",
        object: "no object",
        line: Line::Nowhere("No line: it is which mesh is installed."),
    },
    Field {
        group: Group::Mesh,
        key: "mesh.istio",
        name: "Istio version",
        values: Values::Steps(&["1.24", "1.30", "1.31"], "1.10 or newer"),
        says: "From 1.31 on a pod that is not ready stays in the list as UNHEALTHY and lowers its region's health; before, it left the list.",
        object: "istiod, environment; the default of its version",
        line: Line::Made(yaml::not_ready),
    },
    Field {
        group: Group::Mesh,
        key: "mesh.network",
        name: "network",
        values: Values::Choices(&["flat", "gateways"]),
        says: "Whether pods reach those of the other region directly, or through its east-west gateway, which counts as one endpoint.",
        object: "Helm values of istiod, a cluster each",
        line: Line::Made(yaml::network),
    },
];

pub const LINKERD: &[Field] = &[
    Field {
        group: Group::Linkerd,
        key: "mesh.linkerd.service",
        name: "service",
        values: Values::Choices(&["federated", "mirror"]),
        says: "One pool of both regions, chosen from by latency; or a mirror that serves only while no own pod is ready.",
        object: LABELS,
        line: Line::Each(&[
            ("federated", "mirror.linkerd.io/federated: member"),
            ("mirror", "mirror.linkerd.io/exported: remote-discovery"),
        ]),
    },
    Field {
        group: Group::Linkerd,
        key: "mesh.linkerd.failure_accrual",
        name: "failure-accrual",
        values: Values::Choices(&["true", "false"]),
        says: "A proxy leaves a pod alone that fails again and again; it is off unless the Service asks for it.",
        object: ANNOTATIONS,
        line: Line::Each(&[
            ("true", "balancer.linkerd.io/failure-accrual: consecutive"),
            ("false", "balancer.linkerd.io/failure-accrual is not written"),
        ]),
    },
    Field {
        group: Group::Linkerd,
        key: "mesh.linkerd.max_failures",
        name: "max-failures",
        values: Values::Steps(&["1", "3", "5", "7", "10", "20"], "1 to 1000000"),
        says: "So many failures in a row shut a pod's breaker.",
        object: ANNOTATIONS,
        line: Line::Text("balancer.linkerd.io/failure-accrual-consecutive-max-failures"),
    },
    Field {
        group: Group::Linkerd,
        key: "mesh.linkerd.min_penalty",
        name: "min-penalty",
        values: Values::Steps(&["100ms", "500ms", "1s", "5s", "10s"], "1ms or longer"),
        says: "How long a shut breaker waits before it lets one try through; each failed try doubles it.",
        object: ANNOTATIONS,
        line: Line::At("balancer.linkerd.io/failure-accrual-consecutive-min-penalty", &[]),
    },
    Field {
        group: Group::Linkerd,
        key: "mesh.linkerd.max_penalty",
        name: "max-penalty",
        values: Values::Steps(&["10s", "30s", "1m", "2m", "5m"], "1ms or longer"),
        says: "The longest such wait.",
        object: ANNOTATIONS,
        line: Line::At("balancer.linkerd.io/failure-accrual-consecutive-max-penalty", &[]),
    },
];

pub const OTHERS: &[Field] = &[
    Field {
        group: Group::Others,
        key: "federation.pick",
        name: "pick",
        values: Values::Choices(&["random", "local-first-cliff", "gateway"]),
        says: "Who answers a call of pattern 2: any ready pod of the clusterset, an own one down to the last, or the ingress gateway that a name leads to.",
        object: "Service of both clusters, metadata.annotations",
        line: Line::Each(&[
            ("random", "No line: kube-proxy takes any endpoint of the imported slices."),
            ("local-first-cliff", "service.cilium.io/affinity: local"),
            ("gateway", "external-dns.kubernetes.io/hostname: payment.example.com"),
        ]),
    },
    Field {
        group: Group::Others,
        key: "registry.consistency",
        name: "consistency",
        values: Values::Choices(&["available", "consistent"]),
        says: "In a partition the registry of endpoints goes on with what it knew, or answers only with a quorum and lets leases run out.",
        object: "no object",
        line: Line::Nowhere("No line: istiod and MCS are the first kind; the other is another registry."),
    },
];
