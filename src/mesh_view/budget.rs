//! A service level objective and what is left of its error budget.
//!
//! The objective is a share of users' requests that are to end well. Of the requests that have ended so far the rest may
//! fail: that is the budget. What of it is used is failed ÷ allowed; how fast it is used now, the burn rate, is the share
//! that failed in the last 60 s ÷ the share that may fail. At a burn rate of 1 the budget is just used up in the end.
//! Source of the terms: The Site Reliability Workbook, chapter 5.

use super::MeshView;
use super::figures::thousands;

/// What may be asked for, in hundredths of a percent of requests that end well.
pub const SLOS: [u32; 5] = [9_900, 9_950, 9_990, 9_995, 9_999];

/// All requests, in the unit of an objective.
const WHOLE: u32 = 10_000;

/// The budget of a run so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Hundredths of a percent that are to end well; less than 10 000.
    slo: u32,
    /// Requests that ended so far, and those of them that ended badly.
    pub finished: u64,
    pub failed: u64,
    /// The same of the last 60 s.
    pub finished_lately: u64,
    pub failed_lately: u64,
}

impl Budget {
    /// Of the run on show, up to the moment on show.
    #[must_use]
    pub fn of(view: &MeshView, slo: u32) -> Self {
        let (ok, failed) = view.detail.so_far;
        let minute = &view.detail.minute;
        Self {
            slo: slo.min(WHOLE - 1),
            finished: ok + failed,
            failed,
            finished_lately: minute.finished(),
            failed_lately: minute.failed,
        }
    }

    /// Of some requests alone.
    #[must_use]
    pub fn of_counts(slo: u32, ok: u64, failed: u64) -> Self {
        let finished = ok + failed;
        Self { slo: slo.min(WHOLE - 1), finished, failed, finished_lately: finished, failed_lately: failed }
    }

    /// The share that may fail, 0 to 1.
    #[must_use]
    pub fn share_allowed(&self) -> f64 {
        f64::from(WHOLE - self.slo) / f64::from(WHOLE)
    }

    /// Failures that the requests so far allow.
    #[must_use]
    pub fn allowed(&self) -> f64 {
        self.finished as f64 * self.share_allowed()
    }

    /// Failed ÷ allowed, in percent; `None` before anything has ended.
    #[must_use]
    pub fn used_percent(&self) -> Option<f64> {
        (self.finished > 0).then(|| self.failed as f64 / self.allowed() * 100.0)
    }

    /// The share that failed in the last 60 s ÷ the share that may; `None` if nothing ended then.
    #[must_use]
    pub fn burn(&self) -> Option<f64> {
        (self.finished_lately > 0)
            .then(|| self.failed_lately as f64 / self.finished_lately as f64 / self.share_allowed())
    }

    /// More has failed than may.
    #[must_use]
    pub const fn is_spent(&self) -> bool {
        self.failed * WHOLE as u64 > self.finished * (WHOLE - self.slo) as u64
    }

    /// `340 % used`.
    #[must_use]
    pub fn used_words(&self) -> String {
        self.used_percent().map_or_else(|| "none done".to_owned(), |used| format!("{} used", rounded(used)))
    }

    /// `12×`; empty if nothing ended.
    #[must_use]
    pub fn burn_words(&self) -> String {
        self.burn().map_or_else(String::new, |burn| match burn {
            burn if burn > 0.0 && burn < 9.95 => format!("{burn:.1}×"),
            burn => format!("{burn:.0}×"),
        })
    }
}

/// A share that may be more than all, and is not rounded to none.
fn rounded(percent: f64) -> String {
    match percent {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.1 => "<0.1 %".to_owned(),
        p if p < 9.95 => format!("{p:.1} %"),
        p => format!("{} %", thousands(p.round() as u64)),
    }
}

/// `99.95 %`, with as many decimals as it has.
#[must_use]
pub fn slo_words(slo: u32) -> String {
    let decimals = match slo {
        slo if slo.is_multiple_of(100) => 0,
        slo if slo.is_multiple_of(10) => 1,
        _ => 2,
    };
    format!("{:.decimals$} %", f64::from(slo) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_what_may_fail_of_what_has_ended() {
        let budget = Budget::of_counts(9_990, 9_966, 34);
        assert!((budget.allowed() - 10.0).abs() < 1e-9);
        assert_eq!(budget.used_words(), "340 % used");
        assert_eq!(budget.burn_words(), "3.4×");
        assert!(budget.is_spent() && !Budget::of_counts(9_990, 9_990, 10).is_spent());
        assert_eq!(Budget::of_counts(9_990, 0, 0).used_words(), "none done");
        assert_eq!(Budget::of_counts(9_900, 999_999, 1).used_words(), "<0.1 % used");
    }

    #[test]
    fn objectives_are_written_as_people_say_them() {
        assert_eq!(SLOS.map(slo_words), ["99 %", "99.5 %", "99.9 %", "99.95 %", "99.99 %"]);
    }
}
