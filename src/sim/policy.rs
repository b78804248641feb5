//! The decisions a proxy takes: each a pure function and its state. State in, decision out; nothing acts.
