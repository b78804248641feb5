//! What somebody meant whose target does not take the effect: another kind of target, nearly spelled right.

use super::{Target, effects};
use crate::sim::near;

/// What stands beside services inside a region.
const INSIDE: [&str; 4] = ["gateway", "istiod", "dns", "users"];

/// `why`, and if it has no advice yet, what the target may have been meant for.
pub(super) fn with_advice(target: &Target, effect: &str, why: String) -> String {
    if why.contains("did you mean") {
        return why;
    }
    match target {
        Target::Service { region, service } => match near::nearest(service, INSIDE) {
            Some(part) => format!("{why}; did you mean '{region}/{part}'?"),
            None => why,
        },
        Target::Place(_) if effects::is_for_services(effect) => {
            format!("{why}; a service is written with its region, such as us-east-1/payment")
        }
        _ => why,
    }
}
