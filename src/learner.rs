//! What happened to one learner, folded to what they know.
