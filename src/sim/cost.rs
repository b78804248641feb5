//! What a mesh costs: whole micro-dollars, from prices in one asset file.
//!
//! `Prices` and the sizes of the mesh's own parts make a [`Bill`], dollars an hour by part. A run fills it with what
//! it counted (`engine::bill`); [`Question`] fills three of them by formula, one for each pattern, and says when a mesh
//! pays, at any rate of requests ([`Answer::curve`]).
//!
//! Left out, because every pattern pays the same for it: the clusters' own control planes, load balancers, the data
//! stores. What stores replicate between regions a run counts with all other bytes; the formula leaves it out.

mod amount;
mod answer;
mod bill;
mod curve;
mod flow;
mod impact;
mod json;
mod ledger;
mod model;
mod prices;
mod question;
mod rates;
mod standby;
mod verdict;

pub use answer::{Answer, Outcome, part_words};
pub use bill::Bill;
pub use curve::{Pays, Point, USUAL_OVERHEAD};
pub use prices::{PriceNote, price_keys, price_note};
pub use question::{OPTIONS, Question, RATE_MAX};

pub(super) use ledger::Ledger;
pub(super) use prices::Prices;

/// Hours of a month: 8760 of a year by twelve.
pub const MONTH_HOURS: u64 = 730;
