//! Takes the terminal and gives it back, whatever happens.
//!
//! Install [`guard_panics`] before anything else that hooks panics: the terminal is given back first, so that
//! the message is readable.

use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// A frame fits, so that it reaches the terminal in one or two writes.
const BUFFER_BYTES: usize = 64 * 1024;

/// The terminal as the loop draws on it.
pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Whether there is anything to give back.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the mouse is ours.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Clicks and the wheel (1000), moving with a button held (1002), in SGR's coordinates (1006), which reach beyond
/// column 223. Not any movement (1003): a mouse that is only passing by would wake us.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Hold(());

impl Drop for Hold {
    fn drop(&mut self) {
        give_back();
    }
}

/// Raw mode, the other screen, bracketed paste, no cursor.
pub fn take() -> io::Result<(Screen, Hold)> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let hold = Hold(());
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, stdout());
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    Ok((Terminal::new(CrosstermBackend::new(out))?, hold))
}

/// Undoes [`take`]; once, and as far as it goes: a terminal that is gone cannot be written to.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        capture_mouse(&mut out, false).ok();
        execute!(out, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show).ok();
        disable_raw_mode().ok();
    }
}

/// Has the terminal report the mouse, or not any more; writes only what changes. What is written is out at once, so
/// that nothing can come after the terminal was given back.
pub fn capture_mouse(out: &mut impl Write, on: bool) -> io::Result<()> {
    // A thread that dies gives the terminal back; a picture that was under way then must not take the mouse again.
    let on = on && TAKEN.load(Ordering::SeqCst);
    if MOUSE.swap(on, Ordering::SeqCst) == on {
        return Ok(());
    }
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF })?;
    out.flush()
}

/// Whether the terminal reports the mouse.
#[must_use]
pub fn has_mouse() -> bool {
    MOUSE.load(Ordering::SeqCst)
}

/// From here on a panic gives the terminal back before it prints.
pub fn guard_panics() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        print(info);
    }));
}

/// Forgets what is on the screen, so that the next frame draws all of it.
///
/// `Terminal::clear` would ask for the cursor's position and wait for an answer that the input thread reads.
pub fn forget(screen: &mut Screen) -> io::Result<()> {
    let size = screen.size()?;
    screen.resize(size.into())
}

/// Colors are ours to decide: `NO_COLOR` has been heard already, and may have been overridden.
pub fn use_colors(on: bool) {
    crossterm::style::force_color_output(on);
}

/// Draws one frame inside a synchronized update, so that no terminal shows half of it.
pub fn draw(screen: &mut Screen, picture: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
    queue!(screen.backend_mut(), BeginSynchronizedUpdate)?;
    screen.draw(picture)?;
    queue!(screen.backend_mut(), EndSynchronizedUpdate)?;
    screen.backend_mut().flush()
}
