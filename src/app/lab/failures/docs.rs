//! The failures as a page of the documentation.

use super::table::texts;

const HEAD: &str = "| effect | what it does | how one sees it |\n| --- | --- | --- |\n";

/// One table a kind of target: `docs/failures.md` holds it, and a test holds that.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::new();
    let mut heading = String::new();
    for text in texts() {
        let titles: Vec<&str> = text.kinds.iter().map(|kind| kind.title()).collect();
        let kinds = titles.join(", ");
        if kinds != heading {
            let title = [&kinds[..1].to_uppercase(), &kinds[1..]].concat();
            page += &["\n## ", &title, "\n\n", HEAD].concat();
            heading = kinds;
        }
        page += &["| `", text.effect, "` | ", text.does, " | ", text.seen, " |\n"].concat();
    }
    page
}
