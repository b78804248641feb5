//! Everything else: screens, the command line, the sources, a real terminal.
mod lab_draw;
mod lab_views;
mod layers;
mod styled;
