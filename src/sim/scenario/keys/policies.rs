//! The keys of policies that are off unless somebody asks for them.

use super::value;
use crate::sim::policy::pool::UNLIMITED;
use crate::sim::scenario::Mesh;

/// `mesh.connection_pool.*`.
pub(super) fn assign_pool(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let limit = limit(value)?;
    let pool = &mut mesh.pool;
    match key {
        "max_requests" => pool.max_requests = limit,
        "max_connections" => pool.max_connections = limit,
        "max_pending" => pool.max_pending = limit,
        _ => pool.max_retries = limit,
    }
    Ok(())
}

/// A count or `unlimited`. Istio takes a 0 for "not set", so that nobody can mean 0 by it.
fn limit(value: &str) -> Result<u32, String> {
    if value == "unlimited" {
        return Ok(UNLIMITED);
    }
    value::whole(value, 1, 1_000_000)
        .map_err(|_| format!("'{value}' is not a limit; write unlimited or a whole number from 1 to 1000000"))
}
