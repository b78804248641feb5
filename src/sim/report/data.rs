//! What the data layer came to.
//!
//! Null is what could not happen: losses and old reads where nobody writes to Aurora, conflicts where nobody writes to
//! `DynamoDB`, all but losses where there is one region, and RPO and RTO before a promotion is done. What could have
//! happened and did not is 0.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::sim::engine::Engine;
use crate::sim::time::SimSpan;

/// The data layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Data {
    /// Users' requests that write, whatever becomes of them.
    pub writes: u64,
    /// Commits of Aurora that no longer count: not yet replicated when another region was promoted, or taken by a writer
    /// that had been replaced and did not know. Counted at that moment, whichever requests they were part of.
    pub writes_lost: Option<u64>,
    /// Writes to `DynamoDB` that a later one in another region has replaced without having seen it: one for each write
    /// that is gone.
    pub conflicts: Option<u64>,
    /// Reads of Aurora that returned an older version of their row than the writer had committed by then.
    pub stale_reads: Option<u64>,
    /// Bytes of writes and of replication between regions; they are in `cross_region.bytes` and billed there, while
    /// `cross_region.calls` counts calls between services only.
    pub cross_bytes: Option<u64>,
    /// Of the last promotion: from the first commit that was lost to the old writer's last moment; 0 if none was lost.
    pub rpo_ms: Option<u64>,
    /// Of the last promotion: from the first trouble with the old writer, or from a switchover's beginning, to its end.
    pub rto_ms: Option<u64>,
    pub aurora: Option<Aurora>,
    pub dynamodb: Option<DynamoDb>,
}

/// Aurora at the end, counted from the start of the run: `committed` = `lost` + `has` + `pending` in every region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aurora {
    pub writer: String,
    pub committed: u64,
    pub lost: u64,
    pub regions: BTreeMap<String, RegionCopy>,
}

/// What one region has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionCopy {
    /// Writes that it has and that count.
    pub has: u64,
    /// Writes that have not come to it yet.
    pub pending: u64,
}

/// `DynamoDB` at the end, counted from the start of the run: what a region `has` of the others and what is `pending` are
/// together what the others have `committed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DynamoDb {
    pub regions: BTreeMap<String, Replica>,
}

/// One replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replica {
    /// Writes that it took itself.
    pub committed: u64,
    /// Writes that it has of the others.
    pub has: u64,
    /// Writes of the others that have not come to it yet.
    pub pending: u64,
}

impl Data {
    pub(super) fn of(engine: &Engine) -> Self {
        let (meter, world) = (engine.meter(), engine.world());
        let stores = &world.stores;
        let several = world.regions.len() > 1;
        let millis = |span: SimSpan| span.nanos() / 1_000_000;
        let (aurora, dynamodb) = (stores.aurora_written, stores.dynamodb_written);
        Self {
            writes: meter.writes,
            writes_lost: aurora.then_some(meter.data.lost),
            conflicts: (dynamodb && several).then_some(meter.data.conflicts),
            stale_reads: (aurora && several).then(|| engine.stale_reads()),
            cross_bytes: ((aurora || dynamodb) && several).then_some(meter.data.bytes),
            rpo_ms: stores.aurora.rpo.map(millis),
            rto_ms: stores.aurora.rto.map(millis),
            aurora: aurora.then(|| aurora_of(engine)),
            dynamodb: dynamodb.then(|| dynamodb_of(engine)),
        }
    }
}

fn aurora_of(engine: &Engine) -> Aurora {
    let aurora = &engine.world().stores.aurora;
    let copy = |region: usize| {
        let stream = &aurora.streams[region];
        let writer = region == usize::from(aurora.writer);
        if writer {
            RegionCopy { has: aurora.head, pending: 0 }
        } else {
            RegionCopy { has: stream.applied(), pending: stream.pending() }
        }
    };
    let names: Vec<&str> = engine.scenario().regions().collect();
    Aurora {
        writer: names[usize::from(aurora.writer)].to_owned(),
        committed: aurora.committed,
        lost: aurora.lost,
        regions: names.iter().enumerate().map(|(region, name)| ((*name).to_owned(), copy(region))).collect(),
    }
}

fn dynamodb_of(engine: &Engine) -> DynamoDb {
    let dynamodb = &engine.world().stores.dynamodb;
    let regions = engine.world().regions.len() as u8;
    let replica = |region: u8| {
        let others = || (0..regions).filter(move |&other| other != region);
        Replica {
            committed: dynamodb.committed(region),
            has: others().map(|from| dynamodb.stream(from, region).applied()).sum(),
            pending: others().map(|from| dynamodb.stream(from, region).pending()).sum(),
        }
    };
    let names = engine.scenario().regions().enumerate();
    DynamoDb { regions: names.map(|(region, name)| (name.to_owned(), replica(region as u8))).collect() }
}
