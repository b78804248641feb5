use eastwest::sim::*;
#[test]
fn run() {
    let text = std::fs::read_to_string("/tmp/claims.json").unwrap();
    let mut out = String::new();
    for line in text.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut s = Scenario::shipped(v["scenario"].as_str().unwrap()).unwrap();
        for x in v["set"].as_array().unwrap() { s.set(x.as_str().unwrap()).unwrap_or_else(|e| panic!("{x}: {e:?}")); }
        s.validate().unwrap_or_else(|e| panic!("{v}: {e:?}"));
        let dos: Vec<Intervention> = v["do"].as_array().unwrap().iter().map(|t| t.as_str().unwrap().parse().unwrap()).collect();
        for d in &dos { s.check(d).unwrap(); }
        let mut e = Engine::new(&s, Seed(v["seed"].as_u64().unwrap()), dos);
        e.measure_from(SimTime::ZERO + SimSpan::from_millis(v["from"].as_u64().unwrap()));
        e.hear(Hearing { log: true, seconds: false, hops: false });
        let mut b = Budget(u32::MAX);
        e.run_until(SimTime::ZERO + SimSpan::from_millis(v["duration"].as_u64().unwrap()), &mut b);
        let log: Vec<String> = e.take_log().iter().map(|l| format!("{:.3} {:?} {}", l.at as f64 / 1e9, l.kind, l.text)).collect();
        out.push_str(&serde_json::to_string(&serde_json::json!({"report": e.report(), "log": log})).unwrap());
        out.push('\n');
    }
    std::fs::write("/tmp/claims.out", out).unwrap();
}
