//! Fields of a `VirtualService`: retries and timeouts.

use super::{Field, Group, Line, Values};
use crate::app::lab::rule::yaml;

const OBJECT: &str = "VirtualService, spec";

pub const FIELDS: &[Field] = &[
    Field {
        group: Group::Retries,
        key: "mesh.retries.attempts",
        name: "attempts",
        values: Values::Steps(&["0", "1", "2", "3", "4", "5"], "0 to 10"),
        says: "Tries beyond the first; 2 is what Istio does when nothing is written.",
        object: OBJECT,
        line: Line::At("http[].retries.attempts", &[]),
    },
    Field {
        group: Group::Retries,
        key: "mesh.retries.on",
        name: "retryOn",
        values: Values::Choices(&["default", "503", "connect-failure", "gateway-error", "5xx"]),
        says: "What is tried again; Istio's default has not had a pod's own 503 since 1.24, and 503 puts it back.",
        object: OBJECT,
        line: Line::Made(yaml::retry_on),
    },
    Field {
        group: Group::Retries,
        key: "mesh.retries.per_try_timeout",
        name: "perTryTimeout",
        values: Values::Steps(
            &["50ms", "100ms", "250ms", "500ms", "1s", "2s", "5s", "none"],
            "longer than 0s, or none",
        ),
        says: "How long one try may take from its connection on; without it a pod that never answers is never left.",
        object: OBJECT,
        line: Line::At("http[].retries.perTryTimeout", &[]),
    },
    Field {
        group: Group::Retries,
        key: "mesh.retries.remote_localities",
        name: "retryRemoteLocalities",
        values: Values::Choices(&["true", "false"]),
        says: "From the second retry on, levels that were tried are left out, so that it goes to the other region.",
        object: OBJECT,
        line: Line::At("http[].retries.retryRemoteLocalities", &[]),
    },
    Field {
        group: Group::Retries,
        key: "mesh.retries.backoff",
        name: "backoff",
        values: Values::Steps(&["1ms", "10ms", "25ms", "100ms", "250ms", "1s"], "1ms or longer"),
        says: "The longest wait before the first retry, of which a random part is waited; it grows with each, up to ten times this.",
        object: OBJECT,
        line: Line::At("http[].retries.backoff", &[]),
    },
    Field {
        group: Group::Retries,
        key: "mesh.retries.ignore_previous_hosts",
        name: "retryIgnorePreviousHosts",
        values: Values::Choices(&["true", "false"]),
        says: "A retry avoids the pods that this call has tried already.",
        object: OBJECT,
        line: Line::At("http[].retries.retryIgnorePreviousHosts", &[]),
    },
    Field {
        group: Group::Retries,
        key: "mesh.timeout",
        name: "timeout",
        values: Values::Steps(
            &["100ms", "250ms", "500ms", "1s", "2s", "3s", "5s", "15s", "none"],
            "longer than 0s, or none",
        ),
        says: "How long a call may take, all its tries together; Istio's default is none. Under patterns 1 and 2 it is the application's own.",
        object: OBJECT,
        line: Line::At("http[].timeout", &[]),
    },
];
