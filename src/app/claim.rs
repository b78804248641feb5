//! Claims of the content worked out with the simulator.
