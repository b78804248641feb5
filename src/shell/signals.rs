//! TERM, HUP and INT become a wake, so that the loop ends by itself and the terminal is given back.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::wake::Wake;

/// Starts the thread that waits for them.
pub fn start(to: Sender<Wake>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if to.send(Wake::Stop { signal: name(signal) }).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

fn name(signal: i32) -> &'static str {
    match signal {
        SIGTERM => "TERM",
        SIGHUP => "HUP",
        _ => "INT",
    }
}
