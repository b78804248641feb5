//! Control planes and names.

use super::Text;
use crate::app::lab::failures::Kind;

pub(super) const TEXTS: &[Text] = &[
    Text {
        kinds: &[Kind::Istiod],
        effect: "down",
        does: "The region's proxies keep what they were told last. No new endpoint, no sidecar for new pods, no renewed certificate.",
        seen: "Envoy's control_plane.connected_state is 0; `istioctl proxy-status` cannot reach istiod. Traffic metrics do not move.",
    },
    Text {
        kinds: &[Kind::Istiod],
        effect: "slow",
        does: "Every change comes to the region's proxies this much later.",
        seen: "`pilot_proxy_convergence_time` rises; `istioctl proxy-status` says STALE.",
    },
    Text {
        kinds: &[Kind::Istiod],
        effect: "secret-lost",
        does: "The remote secret is gone: istiod forgets the other clusters, and their endpoints leave the lists of its proxies.",
        seen: "`istioctl remote-clusters` misses them; `kubectl -n istio-system get secret -l istio/multiCluster=true` is empty; `istioctl proxy-config endpoints` has own addresses only.",
    },
    Text {
        kinds: &[Kind::Dns],
        effect: "down",
        does: "No CoreDNS pod is left: a look-up fails at once, before any proxy sees a call. Names in the caller's cache last until they lapse.",
        seen: "Applications log failed look-ups; Envoy logs nothing, for there was no call. `kubectl -n kube-system get endpointslices -l kubernetes.io/service-name=kube-dns` has no ready endpoint.",
    },
    Text {
        kinds: &[Kind::Dns],
        effect: "slow",
        does: "Each name of the search list costs this much, one after another; above 5 s the resolver gives up.",
        seen: "`coredns_dns_request_duration_seconds` rises. In a trace the time lies before the client span of the call.",
    },
];
