//! Writing entries without a screen: a journal and the ids to write with.

use std::ffi::OsString;

use super::{Home, Journal, StoreFault, device};
use crate::learner::{Entry, Event, IdMaker};
use crate::srs::Moment;

/// Writes on this device's log.
#[derive(Debug)]
pub struct Pen {
    journal: Journal,
    ids: IdMaker,
}

impl Pen {
    /// Opens the log of this device, making what is missing; gives all entries of all devices.
    ///
    /// `variable` looks up environment variables, `process` is this process's id.
    pub fn open(
        home: &Home,
        variable: impl Fn(&str) -> Option<OsString>,
        process: u32,
        now: Moment,
    ) -> Result<(Self, Vec<Entry>), StoreFault> {
        home.create()?;
        let entropy = device::entropy(process, u128::from(now.ms.unsigned_abs()) * 1_000_000);
        let name = device::name(home, &device::host(variable), entropy)?;
        let (mut journal, entries) = Journal::open(home, &name);
        if let Some(fault) = journal.take_faults().into_iter().next() {
            return Err(fault);
        }
        let mut ids = IdMaker::new(name.clone(), entropy);
        for entry in entries.iter().filter(|entry| entry.id.device() == name) {
            ids.seen(entry.at);
        }
        Ok((Self { journal, ids }, entries))
    }

    /// Writes what happened at `now`, so that it survives a power cut.
    pub fn write(&mut self, now: Moment, event: Event) -> Result<Entry, StoreFault> {
        let entry = self.ids.entry(now, event);
        self.journal.append(&entry)?;
        Ok(entry)
    }
}
