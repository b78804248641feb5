//! What color each role has, as plain numbers read from TOML. `ui::theme` turns them into looks.
//!
//! The shipped ones are in `assets/themes`. Their colors were searched for the largest smallest difference between any
//! two roles under normal, protan, deutan and tritan vision; a test computes contrast and difference of each.

mod read;
mod xterm;

use std::sync::LazyLock;

pub use read::read;
pub use xterm::{nearest, rgb_of};

/// Red, green and blue, 0 to 255 each, in sRGB.
pub type Rgb = (u8, u8, u8);

/// As a page writes a color: `#101418`.
#[must_use]
pub fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// What something on the screen means, and so how it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// May be skipped.
    Quiet,
    /// A request that stays in its region.
    Local,
    /// A request that crosses.
    Crossing,
    /// A failure.
    Failure,
    /// A retry, an ejection: the mesh at work.
    Retry,
    /// Borders, rules.
    Frame,
    /// The border of the pane with the focus.
    Focus,
    /// The row one stands on.
    Selected,
    /// A heading, a name.
    Strong,
    /// A key in a footer.
    Key,
    /// A number that was computed.
    Figure,
    /// Text as it is: no palette says how.
    Plain,
}

impl Role {
    /// All that a palette paints, in its order.
    pub const ALL: [Self; 11] = [
        Self::Quiet,
        Self::Local,
        Self::Crossing,
        Self::Failure,
        Self::Retry,
        Self::Frame,
        Self::Focus,
        Self::Selected,
        Self::Strong,
        Self::Key,
        Self::Figure,
    ];
}

/// How letters are drawn besides their color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    Bold,
    Dim,
    Underlined,
    Reversed,
}

impl Stroke {
    /// Each with its name in a theme file.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("bold", Self::Bold),
        ("dim", Self::Dim),
        ("underlined", Self::Underlined),
        ("reversed", Self::Reversed),
    ];
}

/// How one role is painted, for each depth of color that a terminal may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// 24 bits.
    pub rgb: Option<Rgb>,
    /// Of xterm's 256.
    pub indexed: Option<u8>,
    /// Of the user's own sixteen: 0 to 7, and the bright ones from 8.
    pub ansi: Option<u8>,
    /// At every depth.
    pub style: Vec<Stroke>,
    /// Besides, where the role has no color.
    pub bare: Vec<Stroke>,
}

/// All roles for one ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The color of the terminal's background that contrast is meant for; only a room's is painted.
    pub ground: Rgb,
    /// The color of plain text there, for the same reason.
    pub text: Rgb,
    /// The last one is [`Role::Plain`], which stays as the terminal has it.
    roles: [Paint; Role::ALL.len() + 1],
}

impl Default for Palette {
    /// No color at all, on black.
    fn default() -> Self {
        Self { ground: (0, 0, 0), text: (255, 255, 255), roles: Default::default() }
    }
}

impl Palette {
    /// How a role is painted.
    #[must_use]
    pub const fn paint(&self, role: Role) -> &Paint {
        &self.roles[role as usize]
    }

    /// The same colors on another ground.
    #[must_use]
    pub fn on(&self, ground: Rgb) -> Self {
        Self { ground, ..self.clone() }
    }

    /// The color of a line that is there and does not draw the eye: a seventh of the way from the ground to the text.
    #[must_use]
    pub fn edge(&self) -> Rgb {
        let between = |ground: u8, text: u8| ((u16::from(ground) * 6 + u16::from(text)) / 7) as u8;
        let (ground, text) = (self.ground, self.text);
        (between(ground.0, text.0), between(ground.1, text.1), between(ground.2, text.2))
    }

    /// A shipped one by its name.
    #[must_use]
    pub fn shipped(name: &str) -> Option<&'static Self> {
        SHIPPED.iter().zip(FILES).find(|(_, (known, _))| *known == name).map(|(palette, _)| palette)
    }

    /// Names of the shipped ones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// The one for a dark ground.
    #[must_use]
    pub fn dark() -> &'static Self {
        &SHIPPED[0]
    }

    /// The one for a light ground.
    #[must_use]
    pub fn light() -> &'static Self {
        &SHIPPED[1]
    }
}

/// The shipped files by name; the first two are those that the terminal's ground chooses between.
const FILES: [(&str, &str); 5] = [
    ("dark", include_str!("../assets/themes/dark.toml")),
    ("light", include_str!("../assets/themes/light.toml")),
    ("high-contrast", include_str!("../assets/themes/high-contrast.toml")),
    ("high-contrast-light", include_str!("../assets/themes/high-contrast-light.toml")),
    ("mono", include_str!("../assets/themes/mono.toml")),
];

/// A test reads each of them with its errors; one that could not be read would have no color.
static SHIPPED: LazyLock<[Palette; FILES.len()]> =
    LazyLock::new(|| FILES.map(|(name, text)| read::whole(name, text).unwrap_or_default()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_reads_and_says_all_roles() {
        for (name, text) in FILES {
            let palette = read::whole(name, text).unwrap_or_else(|wrong| panic!("{wrong}"));
            assert_eq!(Palette::shipped(name), Some(&palette));
            for role in Role::ALL.into_iter().filter(|_| name != "mono") {
                assert_ne!(*palette.paint(role), Paint::default(), "{name}: {role:?} looks like plain text");
            }
        }
        assert_eq!(Palette::shipped("darker"), None);
    }
}
