//! Plain counts.

/// Users' requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    pub issued: u64,
    pub ok: u64,
    pub failed: u64,
    /// Tries beyond the first, of any call.
    pub retries: u64,
}

/// Calls to one service by proxies of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Calls that have ended, retries within them.
    pub total: u64,
    pub ok: u64,
    /// Tries sent to each region.
    pub to: Vec<u64>,
    /// Tries in the caller's own region that have ended, and those of them that went well.
    pub local_ended: u64,
    pub local_ok: u64,
}

/// What went over a boundary of regions or zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    pub calls: u64,
    pub bytes: u64,
}

/// What the data layer did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataCounts {
    /// Commits that no longer count.
    pub lost: u64,
    /// Writes that a concurrent later one has replaced.
    pub conflicts: u64,
    /// Its share of the bytes that crossed.
    pub bytes: u64,
}
