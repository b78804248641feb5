//! Everything else: screens, the command line, the sources, a real terminal.
mod layers;
mod pty;
mod terminal;
