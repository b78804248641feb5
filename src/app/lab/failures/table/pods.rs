//! Services and their pods.

use super::Text;
use crate::app::lab::failures::Kind;

const PODS: &[Kind] = &[Kind::Service, Kind::FirstPods, Kind::Pod];

pub(super) const TEXTS: &[Text] = &[
    Text {
        kinds: PODS,
        effect: "503",
        does: "Each call to such a pod is answered with 503 at once. Its readiness probe passes, so it stays listed.",
        seen: "Access log: 503, no response flag, details via_upstream. `istioctl proxy-config endpoints` says OUTLIER CHECK FAILED once that proxy has ejected it; `kubectl get endpointslices` still has it ready.",
    },
    Text {
        kinds: PODS,
        effect: "errors",
        does: "This share of calls to such a pod is answered with 503, drawn for each call; the rest go well. It stays ready.",
        seen: "`istio_requests_total` with response_code 503 in that proportion. Envoy's outlier_detection.ejections_enforced_consecutive_5xx moves only when enough errors come in a row.",
    },
    Text {
        kinds: PODS,
        effect: "slow",
        does: "Each answer of such a pod comes this much later. Nothing fails, so nothing is ejected.",
        seen: "`istio_request_duration_milliseconds` of the workload rises, success does not fall. With a timeout on the route the access log has 504 and UT.",
    },
    Text {
        kinds: PODS,
        effect: "refuse",
        does: "Such a pod refuses connections at once and stays listed as ready. Istio's default retries go to another pod.",
        seen: "Access log of the caller: UF for a refused connection, UF,URX when the retries are used up. Stat upstream_cx_connect_fail of the cluster.",
    },
    Text {
        kinds: PODS,
        effect: "blackhole",
        does: "Such a pod accepts every call and never answers. Without a timeout the call stays open.",
        seen: "Stat upstream_rq_active of the cluster only grows. The access log has no line until a call ends: 504 and UT with a timeout, DC when the caller hangs up.",
    },
    Text {
        kinds: PODS,
        effect: "notready",
        does: "The readiness probe of such a pod fails; it still serves whoever calls it.",
        seen: "`kubectl get endpointslices -o yaml` has ready: false. `istioctl proxy-config endpoints` says UNHEALTHY from Istio 1.31 on and leaves the pod out up to 1.30.",
    },
    Text {
        kinds: PODS,
        effect: "crash",
        does: "The container exits: open calls are reset, connections are refused, and kubelet restarts it after kubernetes.restart, later each time.",
        seen: "`kubectl get pods` counts RESTARTS, then CrashLoopBackOff. Access log: UC for calls that were open, UF for new connections.",
    },
    Text {
        kinds: &[Kind::Service],
        effect: "restart",
        does: "A rolling restart, one pod at a time: each leaves all lists, drains and ends, and its successor starts.",
        seen: "`kubectl rollout status deployment/NAME`. The EndpointSlice has terminating: true for the pod that goes and ready: false for the one that starts.",
    },
    Text {
        kinds: &[Kind::Service],
        effect: "scale",
        does: "The service has this many pods from now on: new ones start, those with the highest numbers drain.",
        seen: "`kubectl get deployment NAME` and its EndpointSlices. istiod counts the endpoint pushes in pilot_xds_pushes{type=\"eds\"}.",
    },
    Text {
        kinds: &[Kind::Pod],
        effect: "down",
        does: "The pod's node is gone: packets to it are lost. Kubernetes finds it not ready after 50 s.",
        seen: "Access log of the caller: UF after the connect timeout; stat upstream_cx_connect_timeout. `kubectl get nodes` says NotReady once the grace period is over.",
    },
];
