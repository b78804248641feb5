//! The failures as a page of the documentation.

use super::table::texts;

/// One table a kind of target: `docs/failures.md` holds it, and a test holds that.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::new();
    let mut heading = String::new();
    for text in texts() {
        let titles: Vec<&str> = text.kinds.iter().map(|kind| kind.title()).collect();
        let kinds = titles.join(", ");
        if kinds != heading {
            page += &format!(
                "\n## {}{}\n\n| effect | what it does | how one sees it |\n| --- | --- | --- |\n",
                kinds[..1].to_uppercase(),
                &kinds[1..]
            );
            heading = kinds;
        }
        let row = [text.effect, text.does, text.seen].map(|cell| cell.replace('|', "\\|"));
        page += &format!("| `{}` | {} | {} |\n", row[0], row[1], row[2]);
    }
    page
}
