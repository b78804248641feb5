//! Stores and users.

use super::Text;
use crate::app::lab::failures::Kind;

pub(super) const TEXTS: &[Text] = &[
    Text {
        kinds: &[Kind::Aurora],
        effect: "down",
        does: "The writer instance is gone: writes fail at once, in both regions. Reads and replication go on.",
        seen: "RDS event for the writer instance, its DatabaseConnections at 0. `aws rds describe-global-clusters` names the same writer as before.",
    },
    Text {
        kinds: &[Kind::Aurora],
        effect: "promote",
        does: "This region becomes the writer: a switchover that loses nothing where all is well, else a failover that loses what had not been replicated. Healing does not take it back.",
        seen: "`aws rds describe-global-clusters`: FailoverState while it is under way, then IsWriter at another member.",
    },
    Text {
        kinds: &[Kind::Aurora],
        effect: "lag",
        does: "Commits reach the other regions this much later. Reads there meet older rows.",
        seen: "CloudWatch AuroraGlobalDBReplicationLag of the secondary cluster, in milliseconds.",
    },
    Text {
        kinds: &[Kind::DynamoDb],
        effect: "lag",
        does: "Writes reach the other replicas this much later. Two regions that write one item meanwhile are in conflict; the later write wins.",
        seen: "CloudWatch ReplicationLatency of the table by ReceivingRegion. Conflicts are counted nowhere in AWS.",
    },
    Text {
        kinds: &[Kind::Users],
        effect: "surge",
        does: "The region's users come this many times as often.",
        seen: "RequestCount of the load balancer. If pods cannot keep up, `istio_request_duration_milliseconds` rises before anything fails.",
    },
];
