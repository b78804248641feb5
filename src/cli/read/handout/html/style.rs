//! The style sheet: the colors of the terminal's palettes, light, and dark where the reader's device is dark.

use std::fmt::Write as _;

use crate::palette::{Palette, Role, hex};

/// What pages are made of; nothing here is wider than the screen, and what is wide scrolls by itself.
const RULES: &str = "\
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;background:var(--ground);color:var(--text)}
body{max-width:46rem;margin:0 auto;padding:1rem 1rem 4rem;font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:2rem 0 .5rem}
h2{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--edge)}
p,ul,ol,pre,blockquote,.wide,.picture{margin:1rem 0}
ul,ol{padding-left:1.5rem}
li{margin:.25rem 0}
a{color:var(--key)}
nav ul{list-style:none;padding:0}
nav a{display:inline-block;padding:.25rem 0}
code,pre,svg{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
code{font-size:.9em}
pre{padding:.75rem;border:1px solid var(--edge);border-radius:6px;font-size:.875rem;line-height:1.45;overflow-x:auto}
pre code{font-size:inherit}
pre.command{white-space:pre-wrap;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.9375rem;line-height:1.45}
th,td{padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--edge);text-align:left;vertical-align:top;min-width:4rem}
.right{text-align:right}
.center{text-align:center}
#repeat td:nth-child(2){min-width:16rem}
#repeat td:last-child{white-space:nowrap}
blockquote{padding-left:1rem;border-left:3px solid var(--edge)}
.part{margin:1.5rem 0;padding-left:1rem;border-left:3px solid var(--key)}
.part>*{margin:.5rem 0}
.label{color:var(--key);font-weight:bold}
details{padding:.25rem 0}
summary{padding:.25rem 0;cursor:pointer;color:var(--key)}
.picture{overflow-x:auto}
.picture svg{display:block;width:100%;min-width:36rem;height:auto;font-size:15px}
svg text{white-space:pre}
.footnote{font-size:.875rem;color:var(--quiet)}
.footnote p{margin:.25rem 0}
sup{line-height:0}
.quiet{color:var(--quiet)}
.key{color:var(--key)}
.string{color:var(--string)}
.number{color:var(--number)}
.bad{color:var(--bad)}
@media print{body{max-width:none}pre,#repeat td:last-child{white-space:pre-wrap}.picture{break-inside:avoid}.picture svg{min-width:0}details::details-content{content-visibility:visible;height:auto}}
";

/// The rules, the colors and those of the pictures on each ground.
pub(super) fn write(picture_styles: &[String; 2], page: &mut String) {
    let [light, dark] = picture_styles;
    let _ = writeln!(page, ":root{{color-scheme:light dark;{}}}", colors(Palette::light()));
    page.push_str(RULES);
    let _ = writeln!(page, "{light}");
    // Paper is light.
    let _ = writeln!(
        page,
        "@media screen and (prefers-color-scheme:dark){{:root{{{}}}{dark}}}",
        colors(Palette::dark())
    );
}

fn colors(palette: &Palette) -> String {
    let of = |role: Role| palette.paint(role).rgb.unwrap_or(palette.text);
    let named = [
        ("ground", palette.ground),
        ("text", palette.text),
        ("quiet", of(Role::Quiet)),
        ("edge", palette.edge()),
        ("key", of(Role::Key)),
        ("string", of(Role::Crossing)),
        ("number", of(Role::Retry)),
        ("bad", of(Role::Failure)),
    ];
    named
        .into_iter()
        .fold(String::new(), |colors, (name, color)| colors + &format!("--{name}:{};", hex(color)))
}
