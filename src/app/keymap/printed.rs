//! The table of keys as TOML, which is also what a user's changes are written in.

use super::names::actions;
use super::{Context, of};

const HEAD: &str = "\
# Every key, as `eastwest keys` prints it. Copy the lines that you want to change, with the heading in square
# brackets above them, to config.toml; docs/configuration.md says where that is.
#
# Several keys for one action are separated by blanks, and the first is the one that is shown. \"\" takes all away.
# A key is a character, ctrl- and a character, or one of: space enter esc tab back-tab backspace delete up down left
# right page-up page-down home end. One key cannot mean two things in one place; the start says which two they are.
";

/// All bindings in force, a table a context, with what each does behind it.
#[must_use]
pub fn toml() -> String {
    let mut text = HEAD.to_owned();
    for context in Context::ALL {
        let lines: Vec<(String, &str)> = actions(context)
            .into_iter()
            .filter_map(|action| {
                let row = of(context).find(|binding| binding.action == action)?;
                let keys = row.keys.replace('\\', "\\\\").replace('"', "\\\"");
                Some((format!("{} = \"{keys}\"", action.name()), row.words()))
            })
            .collect();
        let wide = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
        text += &["\n[keys.", &context.name(), "]  # ", context.title(), "\n"].concat();
        for (line, words) in lines {
            let gap = " ".repeat(wide - line.len());
            text += &[&line, &gap, "  # ", words, "\n"].concat();
        }
    }
    text
}
