//! What proxies do about failures: tries made again, endpoints let go.

use super::{figures, reasons, region, service, thousands};
use crate::mesh_view::{Ejector, MeshView};

const NANOS_PER_SECOND: u64 = 1_000_000_000;

pub fn retries(view: &MeshView) -> Vec<String> {
    let (minute, policy) = (&view.detail.minute, &view.detail.policy);
    let again: u64 = minute.retries.iter().map(|trouble| trouble.count).sum();
    let sent: u64 = minute.calls.iter().filter(|calls| !calls.by_users).map(|calls| calls.sent).sum();
    let mut said = vec![format!(
        "{} tries of the last second were not the first of their call; of the last {} s {} of {} between services.",
        thousands(u64::from(view.now.retries)),
        minute.seconds,
        thousands(again),
        thousands(sent)
    )];
    said.extend(reasons::told(view, &minute.retries, |region, count, why| {
        let tries = if count == 1 { "try" } else { "tries" };
        format!("{} {tries} from {region} were made because of the one before: {why}.", thousands(count))
    }));
    said.push(match (policy.retries, policy.retry_limit) {
        (0, _) => "Nothing is tried again here.".to_owned(),
        (most, limit) => {
            let on = match policy.retry_on.as_str() {
                "default" => {
                    "Istio's default conditions (a 503 that a pod answers is not among them)".to_owned()
                }
                "503" => "Istio's conditions before 1.24 (a 503 that a pod answers is among them)".to_owned(),
                other => other.to_owned(),
            };
            let limit = limit.filter(|limit| *limit < u32::MAX).map_or_else(String::new, |limit| {
                format!(
                    " At most {limit} calls of a proxy to a service are tried again at a time (maxRetries)."
                )
            });
            format!("A call gets at most {most} more tries, on {on}.{limit}")
        }
    });
    said
}

pub fn ejections(view: &MeshView) -> Vec<String> {
    let (detail, policy) = (&view.detail, &view.detail.policy);
    let Some(after) = policy.ejects_after else {
        return vec!["Nothing is ever ejected here: nobody counts the errors of an endpoint.".to_owned()];
    };
    let mut said = vec![format!(
        "{} = endpoints that were ejected when the last second ended, counted for each proxy that had done so; {} were ejected in the last {} s.",
        thousands(u64::from(view.now.ejected)),
        thousands(u64::from(detail.minute.ejections)),
        detail.minute.seconds
    )];
    for ejector in &detail.ejectors {
        said.push(who(view, ejector));
        said.extend(policy.max_ejection_percent.map(|percent| bound(ejector, percent)));
    }
    let base = policy.ejection_base / NANOS_PER_SECOND;
    said.push(match policy.max_ejection_percent {
        Some(percent) => format!(
            "{after} errors in a row eject an endpoint for {base} s, the next time for {} s; at most {percent} % of a proxy's endpoints may be out.",
            base * 2
        ),
        None => format!("{after} failures in a row shut a breaker for {base} s or more; any number may be shut."),
    });
    said
}

fn who(view: &MeshView, ejector: &Ejector) -> String {
    let out: Vec<String> = ejector
        .out
        .iter()
        .map(|(place, proxies, until)| {
            let name = view.places.get(usize::from(*place)).map_or_else(
                || "?".to_owned(),
                |place| {
                    if place.region == ejector.region {
                        place.name.clone()
                    } else {
                        format!("{}'s {}", region(view, place.region), place.name)
                    }
                },
            );
            let by = if *proxies == ejector.proxies { "all".to_owned() } else { proxies.to_string() };
            format!("{name} (by {by} of them, until {} at the earliest)", figures::clock(*until))
        })
        .collect();
    format!(
        "{}'s {} {} that call {} have ejected {}.",
        region(view, ejector.region),
        ejector.proxies,
        if ejector.caller == "users" { "clients".to_owned() } else { format!("{} proxies", ejector.caller) },
        service(view, ejector.service),
        out.join(", ")
    )
}

fn bound(ejector: &Ejector, percent: u32) -> String {
    format!(
        "Each lists {} endpoints of it; {percent} % of {} = {} may be out at once.",
        ejector.hosts, ejector.hosts, ejector.most
    )
}
