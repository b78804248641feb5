//! All that the screen says as lines, for those who hear it.

use super::Worth;
use super::curve::tens;
use super::sheet::{Figure, NAMES, usd};
use crate::app::action::Action;
use crate::app::keymap;
use crate::app::lab::words::wrapped;
use crate::mesh_view::figures::thousands;

/// Rates that the text lists in each power of ten.
const LISTED: [u64; 3] = [1, 2, 5];

impl Worth {
    /// The lines of the text in rows of so many columns.
    #[must_use]
    pub fn text(&self, columns: usize) -> Vec<String> {
        self.words().iter().flat_map(|line| wrapped(line, columns)).collect()
    }

    /// All of it as lines, for those who hear it.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let key = |action| keymap::shown(self.context(), action);
        let mut lines = vec![format!("Worth it? Figures of {}.", self.scenario())];
        let row = self.selected();
        let now = self.figure(self.row(), row);
        if now.typing {
            lines.push(format!("Typing {}: {}_", row.spoken(), now.value));
            lines.push(format!("  {} takes it, {} drops it", key(Action::Confirm), key(Action::Back)));
        } else {
            lines.push(format!("On {}: {}{}", row.spoken(), now.value, from(&now)));
            let (less, more) = (key(Action::Less), key(Action::More));
            lines.push(format!(
                "  {less} less, {more} more, digits type a value, {} default",
                key(Action::Erase)
            ));
        }
        lines.push(format!("  {}", self.about()));
        lines.push("Verdict:".to_owned());
        lines.extend(self.findings().iter().map(|text| format!("  {text}")));
        lines.push("Bills, dollars an hour:".to_owned());
        let bills = self.lines();
        for (column, name) in NAMES.iter().enumerate() {
            let cells: Vec<String> =
                bills.iter().map(|line| format!("{} {}", line.label, line.cells[column])).collect();
            if !cells.is_empty() {
                lines.push(format!("  {name}: {}", cells.join(", ")));
            }
        }
        lines.push("Outages:".to_owned());
        lines.extend(self.incident().iter().map(|text| format!("  {text}")));
        lines.push("Bills by requests a second, dollars an hour:".to_owned());
        lines.extend(self.listed());
        lines.push("Your figures:".to_owned());
        for (figure, row) in self.figures().iter().zip(self.rows()) {
            lines.push(format!("  {}: {}{}", row.spoken(), figure.value, from(figure)));
        }
        lines.push(format!("As a command: {}", self.command()));
        lines
    }

    /// The curve as lines, at whole rates.
    fn listed(&self) -> Vec<String> {
        let (Some(curve), Ok(answer)) = (self.curve(0), self.answer()) else { return Vec::new() };
        let rates = tens().flat_map(|power| LISTED.map(|digit| digit * power));
        rates
            .filter(|rate| (curve.from..=curve.to).contains(rate))
            .map(|rate| {
                let [dual, federation, mesh] = answer.at(rate * 1000).totals.map(usd);
                format!("  at {}: dual {dual}, federation {federation}, mesh {mesh}", thousands(rate))
            })
            .collect()
    }
}

/// `, from the scenario`, `, yours`.
fn from(figure: &Figure) -> String {
    match figure.origin {
        "" => String::new(),
        "scenario" => ", from the scenario".to_owned(),
        other => format!(", {other}"),
    }
}
