//! Screens as an asciinema recording: version 2 of its format, a line of JSON for the head and one for each change.

use std::time::Duration;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use serde_json::{Value, json};

use crate::app::geometry::Size;

/// A recording as far as it has gone.
#[derive(Debug)]
pub struct Cast {
    text: String,
    size: Size,
    /// What the terminal shows; nothing yet, or nothing after it was cleared.
    shown: Option<Buffer>,
}

impl Cast {
    /// A recording that begins in this size.
    #[must_use]
    pub fn new(title: &str, size: Size) -> Self {
        let head = json!({
            "version": 2,
            "width": size.width,
            "height": size.height,
            "title": title,
            "env": { "TERM": "xterm-256color" },
        });
        let mut cast = Self { text: String::new(), size, shown: None };
        cast.line(&head);
        cast
    }

    /// The terminal shows this from `at` on. What has not changed is not sent again.
    pub fn show(&mut self, at: Duration, picture: Buffer) -> std::io::Result<()> {
        let area = picture.area;
        let size = Size::new(area.width, area.height);
        if size != self.size {
            self.event(at, "r", &format!("{}x{}", size.width, size.height));
            (self.size, self.shown) = (size, None);
        }
        let mut bytes = Vec::new();
        let before = self.shown.take().unwrap_or_else(|| {
            // No cursor, and nothing of what was there.
            bytes.extend_from_slice(b"\x1b[?25l\x1b[0m\x1b[2J\x1b[H");
            Buffer::empty(area)
        });
        let changes = before.diff(&picture);
        if !changes.is_empty() {
            CrosstermBackend::new(&mut bytes).draw(changes.into_iter())?;
        }
        self.shown = Some(picture);
        if !bytes.is_empty() {
            self.event(at, "o", &String::from_utf8_lossy(&bytes));
        }
        Ok(())
    }

    /// A point that a player can go to.
    pub fn mark(&mut self, at: Duration, name: &str) {
        self.event(at, "m", name);
    }

    /// All of it.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    fn event(&mut self, at: Duration, kind: &str, data: &str) {
        self.line(&json!([at.as_micros() as f64 / 1e6, kind, data]));
    }

    fn line(&mut self, value: &Value) {
        self.text += &value.to_string();
        self.text.push('\n');
    }
}
