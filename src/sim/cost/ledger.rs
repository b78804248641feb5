//! What a run has cost so far: the mean over its seconds, because what a second needs has to be there in that second.

use super::Bill;

/// Sums over whole seconds of the parts that do not come from counted bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    seconds: u64,
    pods: u64,
    mesh: u64,
    control_plane: u64,
    attachments: u64,
}

impl Ledger {
    /// Enters one second at its hourly rates.
    pub fn enter(&mut self, bill: &Bill) {
        self.seconds += 1;
        self.pods += bill.pods;
        self.mesh += bill.mesh;
        self.control_plane += bill.control_plane;
        self.attachments += bill.attachments;
    }

    /// The mean of the seconds entered; `None` if there was no whole one.
    pub fn mean(&self) -> Option<Bill> {
        let mean = |sum: u64| sum.checked_div(self.seconds);
        Some(Bill {
            pods: mean(self.pods)?,
            mesh: mean(self.mesh)?,
            control_plane: mean(self.control_plane)?,
            attachments: mean(self.attachments)?,
            ..Bill::default()
        })
    }
}
