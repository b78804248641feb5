//! A theme file to a palette.

use serde::Deserialize;
use toml::Spanned;

use super::{Paint, Palette, Rgb, Role, Stroke, xterm};
use crate::course::Diagnostic;
use crate::course::near::nearest;
use crate::course::toml_text::Origin;

/// The user's sixteen, in their order.
const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    base: Option<Spanned<String>>,
    ground: Option<Spanned<String>>,
    text: Option<Spanned<String>>,
    #[serde(default)]
    roles: RawRoles,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoles {
    quiet: Option<RawPaint>,
    local: Option<RawPaint>,
    crossing: Option<RawPaint>,
    failure: Option<RawPaint>,
    retry: Option<RawPaint>,
    frame: Option<RawPaint>,
    focus: Option<RawPaint>,
    selected: Option<RawPaint>,
    strong: Option<RawPaint>,
    key: Option<RawPaint>,
    figure: Option<RawPaint>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPaint {
    rgb: Option<Spanned<String>>,
    indexed: Option<u8>,
    ansi: Option<Spanned<String>>,
    style: Option<Spanned<String>>,
    bare: Option<Spanned<String>>,
}

/// Reads a user's theme: what it leaves out is as in its `base`, and that is `dark` where it names none.
pub fn read(file: &str, text: &str) -> Result<Palette, Diagnostic> {
    let origin = Origin::file(file, text);
    let raw: RawTheme = origin.read()?;
    let base = match &raw.base {
        None => Palette::dark(),
        Some(name) => Palette::shipped(name.get_ref()).ok_or_else(|| {
            let what = format!("there is no theme '{}' to begin from", name.get_ref());
            let names: Vec<&str> = Palette::names().collect();
            origin.error(&name.span(), what, meant(name.get_ref(), &names))
        })?,
    };
    laid_over(&origin, base.clone(), raw)
}

/// Reads a theme that is its own base, as the shipped ones are.
pub(super) fn whole(file: &str, text: &str) -> Result<Palette, Diagnostic> {
    let origin = Origin::file(file, text);
    let raw = origin.read()?;
    laid_over(&origin, Palette::default(), raw)
}

fn laid_over(origin: &Origin<'_>, mut palette: Palette, raw: RawTheme) -> Result<Palette, Diagnostic> {
    if let Some(ground) = &raw.ground {
        palette.ground = rgb(origin, ground)?;
    }
    if let Some(text) = &raw.text {
        palette.text = rgb(origin, text)?;
    }
    let roles = raw.roles;
    let wanted = [
        roles.quiet,
        roles.local,
        roles.crossing,
        roles.failure,
        roles.retry,
        roles.frame,
        roles.focus,
        roles.selected,
        roles.strong,
        roles.key,
        roles.figure,
    ];
    debug_assert_eq!(wanted.len(), Role::ALL.len());
    for (paint, raw) in palette.roles.iter_mut().zip(wanted) {
        if let Some(raw) = raw {
            *paint = painted(origin, paint, &raw)?;
        }
    }
    Ok(palette)
}

/// A new 24-bit color brings its own nearest of the 256; everything else that is not said stays.
fn painted(origin: &Origin<'_>, base: &Paint, raw: &RawPaint) -> Result<Paint, Diagnostic> {
    let new = raw.rgb.as_ref().map(|text| rgb(origin, text)).transpose()?;
    Ok(Paint {
        rgb: new.or(base.rgb),
        indexed: raw.indexed.or(new.map(xterm::nearest)).or(base.indexed),
        ansi: raw.ansi.as_ref().map(|name| ansi(origin, name)).transpose()?.or(base.ansi),
        style: strokes(origin, raw.style.as_ref(), &base.style)?,
        bare: strokes(origin, raw.bare.as_ref(), &base.bare)?,
    })
}

fn rgb(origin: &Origin<'_>, text: &Spanned<String>) -> Result<Rgb, Diagnostic> {
    let hex = text.get_ref().strip_prefix('#').filter(|hex| hex.len() == 6);
    let number = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
    number.map(|n| ((n >> 16) as u8, (n >> 8) as u8, n as u8)).ok_or_else(|| {
        let what = format!("'{}' is no color", text.get_ref());
        origin.error(&text.span(), what, "write # and six hexadecimal digits, such as \"#95BEF1\"")
    })
}

fn ansi(origin: &Origin<'_>, name: &Spanned<String>) -> Result<u8, Diagnostic> {
    let index = ANSI.iter().position(|known| known == name.get_ref());
    index.map(|index| index as u8).ok_or_else(|| {
        let what = format!("'{}' is none of the sixteen colors", name.get_ref());
        origin.error(&name.span(), what, meant(name.get_ref(), &ANSI))
    })
}

fn strokes(
    origin: &Origin<'_>,
    text: Option<&Spanned<String>>,
    base: &[Stroke],
) -> Result<Vec<Stroke>, Diagnostic> {
    let Some(text) = text else { return Ok(base.to_vec()) };
    let stroke = |word: &str| {
        let known = Stroke::NAMES.iter().find(|(name, _)| *name == word);
        known.map(|(_, stroke)| *stroke).ok_or_else(|| {
            let what = format!("'{word}' is no style");
            origin.error(&text.span(), what, meant(word, &Stroke::NAMES.map(|(name, _)| name)))
        })
    };
    text.get_ref().split_whitespace().map(stroke).collect()
}

fn meant(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("it can be {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        read("mine.toml", text).expect_err("it is wrong").to_string()
    }

    #[test]
    fn what_a_theme_leaves_out_is_as_in_its_base() {
        let text = "base = \"light\"\n[roles]\nlocal = { rgb = \"#0000FF\" }\n";
        let palette = read("mine.toml", text).unwrap();
        let (own, base) = (palette.paint(Role::Local), Palette::light().paint(Role::Local));
        assert_eq!((own.rgb, own.indexed, own.ansi), (Some((0, 0, 255)), Some(21), base.ansi));
        assert_eq!(palette.paint(Role::Failure), Palette::light().paint(Role::Failure));
        assert_eq!(read("mine.toml", "").unwrap(), *Palette::dark());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_the_nearest_spelling() {
        assert_eq!(
            said("[roles]\nfailrue = {}\n"),
            "mine.toml:2:1: error: unknown key 'failrue' (did you mean 'failure'?)"
        );
        assert_eq!(
            said("base = \"ligth\""),
            "mine.toml:1:8: error: there is no theme 'ligth' to begin from (did you mean 'light'?)"
        );
        assert!(
            said("[roles]\nkey = { rgb = \"#12\" }").starts_with("mine.toml:2:15: error: '#12' is no color")
        );
        assert!(said("[roles]\nkey = { ansi = \"bleu\" }").ends_with("(did you mean 'blue'?)"));
        assert!(said("[roles]\nkey = { style = \"bold dmi\" }").ends_with("(did you mean 'dim'?)"));
    }
}
