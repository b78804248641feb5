//! Colors that everybody can tell apart and read, computed from the shipped themes.
//!
//! - Contrast: WCAG 2.2, relative luminance and contrast ratio.
//! - Vision: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
//!   IEEE TVCG 15(6), 2009, matrices of severity 1.0, on linear RGB.
//! - Difference: CIEDE2000 after Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula", Color Research and
//!   Application 30(1), 2005, for D65.

#![expect(clippy::many_single_char_names, reason = "they are the paper's")]
#![expect(
    clippy::disallowed_methods,
    reason = "only a test reads these numbers, on the machine that computed them"
)]

use std::fmt::Write as _;

use eastwest::app::present::session::Stage;
use eastwest::palette::{Palette, Rgb, Role, nearest, rgb_of};
use eastwest::ui::theme::room;

type Linear = [f64; 3];

/// Roles that stand beside each other in the mesh.
const TOLD_APART: [(&str, Role); 5] = [
    ("local", Role::Local),
    ("crossing", Role::Crossing),
    ("failure", Role::Failure),
    ("retry", Role::Retry),
    ("quiet", Role::Quiet),
];

const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deutan",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritan",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

fn linear((red, green, blue): Rgb) -> Linear {
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |color: Rgb| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

fn seen(color: Rgb, vision: &[[f64; 3]; 3]) -> Linear {
    let from = linear(color);
    vision.map(|row| row.iter().zip(from).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
}

fn lab([red, green, blue]: Linear) -> [f64; 3] {
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    let y = f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    let z = f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000, equation numbers as in the paper.
fn difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2)))); // 4
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g)); // 5
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2)); // 6
    let hue =
        |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2)); // 7
    let gray = c1 * c2 == 0.0;
    let apart = match h2 - h1 {
        _ if gray => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    }; // 10
    let dh = 2.0 * (c1 * c2).sqrt() * (apart / 2.0).to_radians().sin(); // 11
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2)); // 12, 13
    let h = match h1 + h2 {
        sum if gray => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    }; // 14
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.20 * cos(4.0 * h - 63.0); // 15
    let turned = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp(); // 16
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt(); // 18
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t); // 19, 20
    let rt = -(2.0 * turned).to_radians().sin() * 2.0 * seventh(c); // 17, 21
    let (l, c, h) = ((l2 - l1) / sl, (c2 - c1) / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt() // 22
}

/// The smallest difference between any two colors, for any vision, and between which.
fn smallest(colors: &[(&str, Rgb)]) -> (f64, String) {
    let mut least = (f64::MAX, String::new());
    for (vision, matrix) in &VISIONS {
        for (index, (name, one)) in colors.iter().enumerate() {
            for (other_name, other) in &colors[index + 1..] {
                let apart = difference(lab(seen(*one, matrix)), lab(seen(*other, matrix)));
                if apart < least.0 {
                    least = (apart, format!("{name} and {other_name}, {vision}"));
                }
            }
        }
    }
    least
}

fn colors(palette: &Palette, of: impl Fn(Role) -> Option<Rgb>) -> Vec<(&'static str, Rgb)> {
    let roles = TOLD_APART.iter().filter_map(|(name, role)| Some((*name, of(*role)?)));
    roles.chain([("text", palette.text)]).collect()
}

#[test]
fn the_difference_is_that_of_the_paper() {
    // Pairs 1, 4, 17 and 33 of table 1.
    for (one, other, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
    ] {
        let found = difference(one, other);
        assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
    }
}

#[test]
fn every_role_can_be_read_and_told_from_every_other_one() {
    let mut report = String::new();
    // 24 bits, then 256 colors: contrast, difference. The 256 hold no brown as dark as 7 to 1 on white wants.
    for (name, wanted, indexed) in [
        ("dark", (4.5, 15.0), (4.5, 15.0)),
        ("light", (4.5, 17.0), (4.5, 17.0)),
        ("high-contrast", (7.0, 17.0), (7.0, 15.0)),
        ("high-contrast-light", (7.0, 15.0), (5.5, 14.0)),
    ] {
        let palette = Palette::shipped(name).unwrap();
        let of_true = colors(palette, |role| palette.paint(role).rgb);
        let of_indexed = colors(palette, |role| rgb_of(palette.paint(role).indexed?));
        for (depth, colors, (contrast_min, apart_min)) in
            [("24 bits", of_true, wanted), ("256", of_indexed, indexed)]
        {
            assert_eq!(colors.len(), TOLD_APART.len() + 1, "{name} has all roles in {depth}");
            for (role, color) in &colors {
                let ratio = contrast(*color, palette.ground);
                assert!(ratio >= contrast_min, "{name}, {depth}: {role} has {ratio:.2}");
                write!(report, "{role} {ratio:.1} ").unwrap();
            }
            let (apart, which) = smallest(&colors);
            writeln!(report, "{name}, {depth}: {apart:.2} ({which})").unwrap();
            assert!(apart >= apart_min, "{report}");
        }
    }
    println!("{report}");
}

#[test]
fn every_role_can_be_read_in_every_room() {
    for (room, wanted, indexed) in
        [(Stage::DarkRoom, 4.5, 4.5), (Stage::BrightRoom, 7.0, 5.5), (Stage::HighContrast, 7.0, 7.0)]
    {
        let palette = room::palette(room).expect("a room is painted");
        let painted = Role::ALL.into_iter().map(|role| palette.paint(role));
        let text = contrast(palette.text, palette.ground);
        assert!(text >= 7.0, "{room:?}: text has {text:.2}");
        let ground = rgb_of(nearest(palette.ground)).unwrap();
        for paint in painted {
            let of_true = paint.rgb.map(|color| (contrast(color, palette.ground), wanted));
            let of_indexed = paint.indexed.and_then(rgb_of).map(|color| (contrast(color, ground), indexed));
            for (ratio, least) in of_true.into_iter().chain(of_indexed) {
                assert!(ratio >= least, "{room:?}: {paint:?} has {ratio:.2}");
            }
        }
    }
    assert_eq!(room::palette(Stage::Own), None);
}
