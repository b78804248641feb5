//! One thread in a blocking read. It never polls: with `use-dev-tty` a zero-timeout poll returns nothing, and
//! without it crossterm loses keys that arrive beside a resize.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use super::wake::{Obituary, Wake};

/// Starts it. Its death is a [`Wake::Died`].
pub fn start(to: Sender<Wake>) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || read_until_it_fails(&to))?;
    Ok(())
}

fn read_until_it_fails(to: &Sender<Wake>) {
    let mut obituary = Obituary::new("input", to.clone());
    loop {
        match crossterm::event::read() {
            Ok(event) => {
                if to.send(Wake::Input(event)).is_err() {
                    return obituary.let_go();
                }
                test_fault();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return obituary.because(format!("the terminal cannot be read: {error}")),
        }
    }
}

/// In builds with assertions, `EASTWEST_FAULT=input` lets this thread die at its first key, so that a test can
/// see the terminal given back. Release builds do not look.
fn test_fault() {
    assert!(
        !(cfg!(debug_assertions) && std::env::var_os("EASTWEST_FAULT").is_some_and(|fault| fault == "input")),
        "EASTWEST_FAULT=input asked for this"
    );
}
