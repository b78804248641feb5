//! The data stores: who has which write.
//!
//! Writes are counted by their position in the history of the place that took them, and replication keeps their order.
//! So what a replica has is one number, and a row is old there if its newest write stands behind that number: nothing is
//! kept for each write, however long a link is cut.

mod aurora;
mod dynamodb;
mod reads;
mod stream;

use crate::sim::rng::{Concern, Dice, LogNormal, below};
use crate::sim::scenario::{Scenario, Step};
use crate::sim::time::SimSpan;

use super::spread;

pub use aurora::{Aurora, Move, Trouble};
pub use dynamodb::DynamoDb;
pub use reads::{Read, Reads};
pub use stream::{Stream, Waited};

/// Both stores of a mesh.
#[derive(Clone, Debug)]
pub struct Stores {
    pub aurora: Aurora,
    pub dynamodb: DynamoDb,
    /// Reads of Aurora, and how many of them met an old row.
    pub reads: Reads,
    /// Rows and items that requests are about, evenly drawn.
    rows: u32,
    pub aurora_read: LogNormal,
    pub aurora_write: LogNormal,
    pub dynamodb_access: LogNormal,
    /// From a commit to the other region having it: Aurora's and `DynamoDB`'s.
    pub aurora_lag: LogNormal,
    pub dynamodb_lag: LogNormal,
    /// What an unplanned promotion takes, and a planned one after the target has caught up.
    pub promotion: SimSpan,
    pub switchover: SimSpan,
    /// Some service calls the store, and some users write.
    pub aurora_written: bool,
    pub dynamodb_written: bool,
}

impl Stores {
    /// The stores of a scenario, before anything has been written.
    pub fn new(scenario: &Scenario) -> Self {
        let data = &scenario.data;
        let regions = scenario.regions.len();
        let span = |span: &crate::sim::scenario::Spread| spread(span.median, span.p99);
        let written = scenario.users.iter().any(|users| !users.writes.is_zero());
        Self {
            aurora: Aurora::new(regions, data.aurora_writer as u8),
            dynamodb: DynamoDb::new(regions, data.strong),
            reads: Reads::default(),
            rows: data.rows,
            aurora_read: span(&data.aurora_read),
            aurora_write: span(&data.aurora_write),
            dynamodb_access: span(&data.dynamodb),
            aurora_lag: span(&data.aurora_lag),
            dynamodb_lag: span(&data.dynamodb_lag),
            promotion: data.promotion,
            switchover: data.switchover,
            aurora_written: written && scenario.calls_store(Step::Aurora),
            dynamodb_written: written && scenario.calls_store(Step::DynamoDb),
        }
    }

    /// The row, or the item, that a request is about: the same in all its calls and tries.
    #[inline]
    pub fn row(&self, dice: &Dice, request: u64) -> u32 {
        below(dice.draw(Concern::Row, request, 0, 0), u64::from(self.rows)) as u32
    }
}
