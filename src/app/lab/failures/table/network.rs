//! Regions, zones, links and gateways.

use super::Text;
use crate::app::lab::failures::Kind;

const LINKS: &[Kind] = &[Kind::Link, Kind::OneWay];

pub(super) const TEXTS: &[Text] = &[
    Text {
        kinds: &[Kind::Region],
        effect: "down",
        does: "All of the region is gone: pods, control plane, stores, load balancer. Packets to it are lost. Its users are there and come until DNS moves them.",
        seen: "Route 53: HealthCheckStatus of its record is 0 in CloudWatch, and `dig` names the other load balancer once the TTL is over. Callers elsewhere log UF.",
    },
    Text {
        kinds: &[Kind::Region],
        effect: "isolate",
        does: "Every link of the region is cut. Inside all goes on, and its users still reach it over the internet.",
        seen: "Calls to other regions log UF after the connect timeout. AuroraGlobalDBReplicationLag grows. Route 53's health checks stay green.",
    },
    Text {
        kinds: &[Kind::Zone],
        effect: "down",
        does: "All pods of the zone are gone: packets to them are lost. Kubernetes finds them not ready after 50 s.",
        seen: "`kubectl get nodes -L topology.kubernetes.io/zone` has the zone's nodes NotReady. Until then callers log UF after the connect timeout.",
    },
    Text {
        kinds: LINKS,
        effect: "cut",
        does: "No packet passes. Calls that stay inside a region do not notice; what was on its way is lost.",
        seen: "BytesIn and BytesOut of the Transit Gateway's peering attachment fall to 0 in CloudWatch. Calls that cross log UF after the connect timeout. `istioctl proxy-config endpoints` still has the far pods HEALTHY.",
    },
    Text {
        kinds: LINKS,
        effect: "loss",
        does: "This share of the tries that cross is lost; each ends with the connect timeout.",
        seen: "`ss -ti` shows retransmissions on connections that cross; stat upstream_cx_connect_timeout moves for a few calls in a hundred, not for all.",
    },
    Text {
        kinds: LINKS,
        effect: "slow",
        does: "Packets take this much longer, on top of the link's own time. Only what crosses is slower.",
        seen: "`ss -ti` shows the rtt. `istio_request_duration_milliseconds` rises where source and destination cluster differ.",
    },
    Text {
        kinds: &[Kind::Gateway],
        effect: "down",
        does: "The region's gateway is gone: packets to it are lost. Other regions lose all of this region at once; inside it nothing changes.",
        seen: "`istioctl proxy-config endpoints` of a caller elsewhere has one address for the region, port 15443, OUTLIER CHECK FAILED once ejected. Access log: UF after the connect timeout.",
    },
    Text {
        kinds: &[Kind::Gateway],
        effect: "slow",
        does: "The gateway passes everything this much later, both ways.",
        seen: "`istio_request_duration_milliseconds` rises for calls that cross, at the caller and not at the pod that answers.",
    },
    Text {
        kinds: &[Kind::Gateway],
        effect: "refuse",
        does: "The gateway's process is gone and its address refuses connections; those through it are reset.",
        seen: "Access log of callers elsewhere: UC for open calls, UF at once for new ones. The gateway's readiness on port 15021 fails.",
    },
    Text {
        kinds: &[Kind::Gateway],
        effect: "blackhole",
        does: "The gateway accepts connections and passes nothing on.",
        seen: "At the callers the TLS handshake ends with the connect timeout: UF, although the gateway's port is open.",
    },
];
