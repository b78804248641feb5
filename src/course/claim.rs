//! A number in the content and how it is worked out, so that `eastwest check` can work it out again.
//!
//! Evaluating a claim needs the simulator, which this ring does not know: `app::claim` does it.

pub(super) mod read;

/// How a number comes about.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub how: How,
    /// The number the author saw; `check` fails when it is not within `tolerance` any more.
    pub expect: f64,
    /// Absolute.
    pub tolerance: f64,
}

/// Where the number comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// Envoy's integer load of one priority: `levels` as `eastwest calc spill` takes them.
    Spill { levels: Vec<String>, priority: usize },
    /// Money by formula, as `eastwest calc cost` works it out.
    Cost(Cost),
    /// One number of the report of a run.
    Run(Run),
}

/// Three bills to work out, and the path of the number in their JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// `OPTION=VALUE`, with the options of `eastwest calc cost`.
    pub options: Vec<String>,
    pub scenario: String,
    pub set: Vec<String>,
    /// Dotted path, such as `bills.mesh.transfer`.
    pub measure: String,
}

/// A run to measure: all that decides it, as on the command line, and the path of the number in its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub scenario: String,
    pub pattern: String,
    pub set: Vec<String>,
    pub actions: Vec<String>,
    pub seed: u64,
    /// A SPAN.
    pub duration: String,
    /// A SPAN: only requests issued from here on count; `0s` for all.
    pub from: String,
    /// Dotted path under the pattern, such as `calls.payment.us-east-1.local_percent`.
    pub measure: String,
}
