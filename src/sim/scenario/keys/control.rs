//! Keys about pods' lives, certificates, names and the registry.

use crate::sim::scenario::control::{Consistency, Control};
use crate::sim::scenario::value;

/// Gives the key at `path` a value, if it is one of these.
pub(super) fn assign(control: &mut Control, path: &[&str], value: &str) -> Result<(), String> {
    match path {
        ["kubernetes", "start"] => control.start = value::span(value)?,
        ["kubernetes", _] => control.pre_stop = value::span(value)?,
        ["mesh", _] => control.cert_ttl = value::period(value)?,
        ["dns", "cluster_ttl"] => control.cluster_ttl = value::span(value)?,
        ["dns", _] => control.ndots = value::whole(value, 0, 15)?,
        _ => {
            control.consistency = value::one_of(value, &Consistency::NAMES)?;
        }
    }
    Ok(())
}
