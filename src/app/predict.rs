//! A prediction: asked before a break, locked in, and compared with what a run says.
