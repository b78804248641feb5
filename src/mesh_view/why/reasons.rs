//! Reasons in words.

use super::{KINDS_MAX, region, service, thousands};
use crate::mesh_view::stretch::{Reason, Trouble};
use crate::mesh_view::{MeshView, PlaceKind};

/// One sentence for each kind of trouble, the most frequent first; the rest is counted in one.
pub fn told(
    view: &MeshView,
    troubles: &[Trouble],
    sentence: impl Fn(&str, u64, &str) -> String,
) -> Vec<String> {
    let mut sorted: Vec<&Trouble> = troubles.iter().collect();
    sorted.sort_by_key(|trouble| (std::cmp::Reverse(trouble.count), trouble.region, trouble.service));
    let (told, rest) = sorted.split_at(sorted.len().min(KINDS_MAX));
    let mut said: Vec<String> = told
        .iter()
        .map(|trouble| sentence(region(view, trouble.region), trouble.count, &why(view, trouble)))
        .collect();
    if !rest.is_empty() {
        let count: u64 = rest.iter().map(|trouble| trouble.count).sum();
        said.push(format!("{} more had {} other reasons.", thousands(count), rest.len()));
    }
    said
}

/// `payment answered with an error`.
fn why(view: &MeshView, trouble: &Trouble) -> String {
    let name = service(view, trouble.service);
    match trouble.reason {
        Reason::Answered => format!("{name} answered with an error"),
        Reason::QueueFull => format!("a pod of {name} had its queue full"),
        Reason::Aurora => format!("{name} could not write to Aurora"),
        Reason::DynamoDb => format!("{name} could not write to DynamoDB"),
        Reason::Refused => format!("{name} refused a connection"),
        Reason::Expired => format!("no mTLS connection to {name}, a certificate has expired"),
        Reason::ConnectTimeout => format!("no connection to {name} came about in time"),
        Reason::Reset => format!("a connection to {name} broke"),
        Reason::Timeout => format!("{name} did not answer within the timeout"),
        Reason::Overflow => format!("the caller's own proxy was over a limit for {name} (503, UO)"),
        Reason::Injected => format!("an error was injected instead of a call to {name} (FI)"),
        // Users come through a load balancer, and without sidecars nobody judges health.
        Reason::NoHost if entry(view) == Some(name) || view.pattern != "mesh" => {
            format!("no ready endpoint of {name} was left (503)")
        }
        Reason::NoHost => format!("no healthy endpoint of {name} was left to send to (503, UH)"),
        Reason::NoAddress => format!("there was no address for {name} (CoreDNS)"),
        Reason::Left => "the user went away before an answer came".to_owned(),
    }
}

fn entry(view: &MeshView) -> Option<&str> {
    let place = view.places.iter().find(|place| place.kind == PlaceKind::Ingress)?;
    Some(&place.service)
}
