//! The simulator: regions of Kubernetes, apart, federated or in one mesh, as discrete events in integer time.
//!
//! ```text
//!   us-east-1                                            us-west-2
//!   users ─ resolvers ── · · · · Route 53 · · · · ── resolvers ─ users
//!               │                                              │
//!         load balancer                                  load balancer
//!               │                                              │
//!            ingress ──⬡──┐                              ┌──⬡── ingress
//!                         ▼                              ▼
//!                      checkout ──⬡──┐  · · 70 ms · ·  checkout ──⬡──┐
//!                         │          ▼                   │           ▼
//!                      DynamoDB   payment             DynamoDB    payment
//!                                    └── Aurora              Aurora ──┘
//! ```
//!
//! ⬡ is a proxy beside each calling pod: it alone decides where a call goes, from what it has been told (endpoints, by
//! its region's control plane) and what it has seen (answers). Without a mesh it is kube-proxy, which has seen nothing.
//! A run is (scenario, pattern, seed, interventions) and nothing else: the same four give the same [`Engine::digest`],
//! however the run is chopped, rewound or listened to.
//!
//! Scenario and interventions come in ([`scenario`], `intervention`, `fault`); the engine takes events from the queue
//! and changes the `world`; proxies decide by [`policy`]; `meter` and `sink` count and tell; [`report`], [`cost`],
//! `trace` and `timeline` are for whoever asks.

pub mod cost;
mod decimal;
mod engine;
mod event;
mod fault;
mod intervention;
mod meter;
pub mod near;
pub mod policy;
mod proxy;
pub mod queue;
pub mod report;
mod reproduce;
pub mod rng;
pub mod scenario;
mod sink;
pub mod time;
mod timeline;
mod trace;
mod world;

pub use engine::{Budget, Engine, Progress};
pub use fault::Holding;
pub use intervention::{Effect, Factor, Intervention, InterventionError, Part, Target};
pub use report::Report;
pub use reproduce::{CommandLine, DURATION_DEFAULT, SEED_DEFAULT, quoted};
pub use rng::{Ratio, Seed};
pub use scenario::{Pattern, Scenario, ScenarioError, ScenarioFile};
pub use sink::Hearing;
pub use time::{SimSpan, SimTime};
pub use timeline::Timeline;
pub use trace::{TraceHop, TraceKind, words as trace_words};
