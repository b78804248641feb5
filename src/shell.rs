//! The outside: terminal, clock, threads that only send, the loop, and carrying out effects.
