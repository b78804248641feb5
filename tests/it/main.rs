//! Everything else: screens, the command line, the sources, a real terminal.
mod layers;
mod papers;
mod pty;
mod terminal;
