//! The simulator: a two-region service mesh as discrete events in integer time.
