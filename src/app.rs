//! The application: state, what changes it, and what it asks the world to do. No I/O, no terminal, no clock.
