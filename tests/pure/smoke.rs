use eastwest::sim::*;
#[test]
fn smoke() {
    for name in ["two-regions", "one-service"] {
        let s = Scenario::shipped(name).unwrap();
        let doit = std::env::var("DO").unwrap_or_default();
        let dos: Vec<Intervention> = doit.split(';').filter(|t| !t.is_empty()).map(|t| t.parse().unwrap()).collect();
        let mut e = Engine::new(&s, Seed(7), dos);
        e.hear(Hearing { log: true, seconds: false, hops: false });
        assert_eq!(e.run_until(SimTime::ZERO + SimSpan::from_seconds(240), &mut Budget(u32::MAX)), Progress::Reached);
        println!("{}", serde_json::to_string_pretty(&e.report()).unwrap());
        println!("events {} per request {}", e.events(), e.events() as f64 / e.report().requests.issued as f64);
        for l in e.take_log() { println!("{:>8.3} {:?} {} | {}", l.at as f64 / 1e9, l.kind, l.subject, l.text); }
    }
}
