//! The real binary in a pseudo-terminal. Waits for conditions, never for a time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Silence longer than this, while something is waited for, is a failure.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pieces of output looked at before giving up on a screen that moves for ever.
const PIECES_MAX: usize = 20_000;

/// A running program and the screen it draws on.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    pieces: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// All bytes that came, for questions about sequences.
    pub bytes: Vec<u8>,
}

impl Terminal {
    /// Starts `eastwest ARGS` with its data under `home`.
    pub fn start(home: &Path, columns: u16, rows: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_eastwest"));
        command.args(args);
        for name in [
            "NO_COLOR",
            "TMUX",
            "COLORFGBG",
            "COLORTERM",
            "LC_ALL",
            "LC_CTYPE",
            "REDUCE_MOTION",
            "EASTWEST_FAULT",
        ] {
            command.env_remove(name);
        }
        command.env("EASTWEST_HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the binary starts");
        drop(pair.slave);
        let (to, pieces) = channel();
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        thread::Builder::new()
            .spawn(move || {
                let mut buffer = [0; 8192];
                while let Ok(count) = reader.read(&mut buffer) {
                    if count == 0 || to.send(buffer[..count].to_vec()).is_err() {
                        return;
                    }
                }
            })
            .expect("a thread");
        let keys = pair.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self { master: pair.master, child, keys, pieces, screen, bytes: Vec::new() }
    }

    /// Types bytes as a terminal sends them.
    pub fn send(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).expect("the program reads");
        self.keys.flush().expect("the program reads");
    }

    /// What stands on the screen.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen is as wanted; fails with the screen as it is.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        for _ in 0..PIECES_MAX {
            if wanted(self.screen.screen()) {
                return;
            }
            match self.pieces.recv_timeout(PATIENCE) {
                Ok(piece) => self.take(&piece),
                Err(_) => break,
            }
        }
        panic!("never saw {what}; the screen is:\n{}", self.text());
    }

    /// Waits until that text stands on the screen.
    #[track_caller]
    pub fn until_text(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Takes the next piece of output; fails when there is none.
    #[track_caller]
    pub fn more(&mut self) {
        let piece = self.pieces.recv_timeout(PATIENCE).expect("there is more to come");
        self.take(&piece);
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size).expect("the terminal takes a size");
    }

    /// Sends a signal by name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        // The shell's own `kill`: the program of that name is not on every machine.
        let kill = format!("kill -s {name} {id}");
        let status = std::process::Command::new("sh").args(["-c", &kill]).status().expect("a shell runs");
        assert!(status.success());
    }

    /// Waits for the end and takes all that was still written.
    pub fn ended(&mut self) -> ExitStatus {
        let status = self.child.wait().expect("it ends");
        while let Ok(piece) = self.pieces.recv_timeout(PATIENCE) {
            self.take(&piece);
        }
        status
    }

    /// The other screen was left, the cursor shows, pastes are plain again, the mouse is the terminal's.
    pub fn is_given_back(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste() && !has_mouse(screen)
    }

    fn take(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
        self.screen.process(piece);
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

/// The program has the mouse.
pub fn has_mouse(screen: &vt100::Screen) -> bool {
    screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
}
