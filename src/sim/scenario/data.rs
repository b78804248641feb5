//! What the data stores are like.

use super::{Scenario, Spread, Step};
use crate::sim::intervention::{Effect, Intervention};
use crate::sim::time::SimSpan;

/// The data stores: how long they take, and how their replicas follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// Rows of Aurora and items of `DynamoDB` that requests are about.
    pub rows: u32,
    /// Index of Aurora's writer region.
    pub aurora_writer: usize,
    pub aurora_read: Spread,
    pub aurora_write: Spread,
    /// From a commit at the writer to another region having it.
    pub aurora_lag: Spread,
    /// An unplanned promotion, from the request to the new region writing.
    pub promotion: SimSpan,
    /// A planned one, from the target having caught up to it writing.
    pub switchover: SimSpan,
    pub dynamodb: Spread,
    pub dynamodb_lag: Spread,
    /// Multi-Region strong consistency (MRSC).
    pub strong: bool,
}

impl Default for Data {
    /// Lags: "typically less than one second" of Aurora and "usually within a second" of `DynamoDB` (AWS, Aurora User
    /// Guide and `DynamoDB` Developer Guide on global databases and tables). Promotion: "in under a minute" (AWS
    /// Well-Architected Labs, disaster recovery); the User Guide speaks of "minutes". Switchover: AWS says only that the
    /// database is "unavailable for a short time" (`SwitchoverGlobalCluster`); 30 s is our figure for that.
    fn default() -> Self {
        let lag = Spread { median: SimSpan::from_millis(400), p99: SimSpan::from_seconds(1) };
        Self {
            rows: 1000,
            aurora_writer: 0,
            aurora_read: Spread::default(),
            aurora_write: Spread::default(),
            aurora_lag: lag,
            promotion: SimSpan::from_seconds(60),
            switchover: SimSpan::from_seconds(30),
            dynamodb: Spread::default(),
            dynamodb_lag: lag,
            strong: false,
        }
    }
}

/// MRSC works with this many replicas (AWS, `DynamoDB` Developer Guide, multi-Region strong consistency); with fewer,
/// losing one region would leave no majority.
const STRONG_REGIONS: usize = 3;

impl Scenario {
    /// Some service calls this store.
    pub(in crate::sim) fn calls_store(&self, store: Step) -> bool {
        self.services.iter().any(|service| service.steps.contains(&store))
    }

    /// Whether there is such a store to break.
    pub(super) fn has_store(&self, store: Step, name: &str) -> Result<(), String> {
        if self.calls_store(store) {
            return Ok(());
        }
        Err(format!("no service of this scenario calls {name}"))
    }

    /// A promotion names a region, and it does not end: promoting the old writer again is another one.
    pub(super) fn promotes(&self, intervention: &Intervention) -> Result<(), String> {
        let Effect::Promote(region) = intervention.effect() else { return Ok(()) };
        super::keys::region_index(self, region)?;
        if intervention.lasts().is_some() {
            return Err("a promotion is no layer that could end, so it takes no 'for'".to_owned());
        }
        Ok(())
    }

    /// What must hold between the keys of the stores.
    pub(super) fn data_is_whole(&self) -> Result<(), String> {
        let data = &self.data;
        for (key, spread) in [
            ("data.aurora.read", &data.aurora_read),
            ("data.aurora.write", &data.aurora_write),
            ("data.aurora.lag", &data.aurora_lag),
            ("data.dynamodb.access", &data.dynamodb),
            ("data.dynamodb.lag", &data.dynamodb_lag),
        ] {
            super::check::spread(key, spread.median, spread.p99)?;
        }
        let regions = self.regions.len();
        if data.strong && self.calls_store(Step::DynamoDb) && regions < STRONG_REGIONS {
            return Err(format!(
                "data.dynamodb.consistency=strong (MRSC) needs {STRONG_REGIONS} regions, two of which must have a write \
                 before it is answered; this scenario has {regions}, so write eventual"
            ));
        }
        Ok(())
    }
}
