use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
pub fn ansi(buf: &Buffer) -> String {
    let mut out = String::from("\x1b[?25l\x1b[H");
    for y in 0..buf.area.height {
        out += &format!("\x1b[{};1H", y + 1);
        for x in 0..buf.area.width {
            let c = &buf[(x, y)];
            out += "\x1b[0";
            if let Color::Rgb(r, g, b) = c.fg {
                out += &format!(";38;2;{r};{g};{b}");
            }
            if c.modifier.contains(Modifier::BOLD) {
                out += ";1";
            }
            if c.modifier.contains(Modifier::DIM) {
                out += ";2";
            }
            if c.modifier.contains(Modifier::REVERSED) {
                out += ";7";
            }
            out += "m";
            out += c.symbol();
        }
    }
    out
}
use eastwest::app::geometry::{Size, chrome};
use eastwest::app::lab::scene::Scene;
use eastwest::mesh_view::MeshView;
use eastwest::sim::*;
use eastwest::ui::lab;
use eastwest::ui::theme::*;
const COLOR: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
#[test]
#[ignore = "scratch"]
fn scratch_real() {
    for (name, log, at) in [
        ("well", vec![], 20_000),
        ("half", vec!["20s us-east-1/payment:2 503"], 32_300),
        ("half1", vec!["20s us-east-1/payment:2 503"], 20_200),
        ("cut", vec!["20s us-east-1~us-west-2 cut", "21s us-east-1/payment 503"], 26_500),
        ("down", vec!["20s us-east-1 down"], 26_500),
        ("slow", vec!["20s us-east-1/payment slow=500ms"], 26_500),
        ("notready", vec!["20s us-east-1/payment:2 notready"], 26_500),
        ("errors", vec!["20s us-east-1/payment errors=30/100"], 26_500),
        ("crash", vec!["20s us-east-1/payment crash"], 26_500),
        ("all", vec!["20s us-east-1/payment 503"], 26_500),
    ] {
        let log: Vec<Intervention> = log.iter().map(|t| t.parse().unwrap()).collect();
        let mut tl = Timeline::new(Scenario::shipped("two-regions").unwrap(), Seed(7), log);
        let to = SimTime::from_nanos(at * 1_000_000);
        tl.advance(to, &mut Budget(u32::MAX));
        let mut view = MeshView::default();
        tl.view(to, &mut view);
        let tally = lab::flights::flying(&view).count();
        println!(
            "{name}: hops {} flying {tally} weight {} sample {}",
            view.hops.len(),
            view.hops.iter().map(|h| h.weight).sum::<u32>(),
            view.sample
        );
        for (w, h) in [(120, 40), (80, 24), (60, 20), (200, 60)] {
            let s = Scene {
                view: &view,
                playing: true,
                speed: "1×".into(),
                behind: false,
                newest: view.at,
                region: 0,
                row: 0,
                broken: &[],
                asks: true,
                bet: None,
                verdict: None,
                caption: "",
            };
            let mut buf = crate::styled::blank(w, h);
            lab::draw_scene(&s, COLOR, chrome(Size::new(w, h)).body, &mut buf);
            std::fs::write(format!("/tmp/lab_{name}_{w}.ansi"), ansi(&buf)).unwrap();
            std::fs::write(format!("/tmp/lab_{name}_{w}.txt"), crate::styled::text(&buf)).unwrap();
        }
    }
}
