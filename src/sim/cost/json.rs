//! The object of `eastwest calc cost --json`, and numbers in it by their path.

use serde_json::{Map, Value, json};

use super::MONTH_HOURS;
use super::answer::{Answer, Outcome};
use super::curve::{Pays, USUAL_OVERHEAD};
use crate::sim::scenario::Pattern;
use crate::sim::time::SimSpan;

impl Answer {
    /// The object of `eastwest calc cost --json`.
    pub fn to_json(&self) -> Value {
        let question = self.question();
        let (pods, cpu) = question.pods();
        let flow = self.model.flow(Pattern::Mesh);
        let bills: Map<String, Value> = self
            .bills
            .iter()
            .map(|outcome| (outcome.pattern.name().to_owned(), outcome_json(outcome)))
            .collect();
        let prices: Map<String, Value> = (question.prices.all().into_iter())
            .map(|(key, micro)| (key.to_owned(), json!(micro as f64 / 1e6)))
            .collect();
        let usual: Map<String, Value> = USUAL_OVERHEAD
            .iter()
            .zip(self.usual)
            .map(|(percent, found)| (format!("{percent}_percent"), pays(found)))
            .collect();
        json!({
            "schema": 1,
            "scenario": question.scenario.name(),
            "assumed": {
                "rps": question.rate_milli as f64 / 1e3,
                "bytes_per_request": (question.request_bytes(flow.bytes) as f64 / 1e6).round(),
                "pods": pods,
                "pod_cpu": rounded(cpu as f64 / 1e3 / pods.max(1) as f64, 3),
                "incidents_per_month": question.incidents,
                "incident_s": question.incident.as_millis_f64() / 1e3,
                "outage_usd_hour": question.outage_hour as f64 / 1e6,
                "slo_percent": question.slo.map(|slo| slo as f64 / 1e7),
                "standby": if question.standby.warm { "warm" } else { "hot" },
                "warm_pods_percent": question.standby.kept as f64 / 1e7,
                "scale_up_s": question.standby.scale_up.as_millis_f64() / 1e3,
                "month_hours": MONTH_HOURS,
            },
            "prices": prices,
            "bills": bills,
            "break_even_rps": self.federation.map(|pays| pays.from),
            "mesh_pays": {
                "against_federation": pays(self.federation),
                "against_dual": pays(self.dual),
            },
            "usual_overhead": usual,
            "break_even_outage_usd_hour": self.break_even_outage,
            "cheapest_that_meets": self.cheapest.map(Pattern::name),
            "verdict": self.verdict(),
        })
    }

    /// The number at a dotted path into [`Answer::to_json`]; `None` if there is none.
    pub fn number(&self, path: &str) -> Option<f64> {
        let json = self.to_json();
        // A price's own key has a dot.
        if let Some(key) = path.strip_prefix("prices.") {
            return json["prices"].get(key)?.as_f64();
        }
        path.split('.').try_fold(&json, |value, key| value.get(key))?.as_f64()
    }
}

/// From which rate on, and up to which if it ends; `null` for never.
fn pays(found: Option<Pays>) -> Value {
    found.map_or(Value::Null, |pays| json!({"from_rps": pays.from, "until_rps": pays.until}))
}

/// Dollars an hour to three decimals, and dollars a month to two.
fn outcome_json(outcome: &Outcome) -> Value {
    let sums = [
        ("mesh_and_control_plane", outcome.bill.mesh + outcome.bill.control_plane),
        ("total", outcome.total()),
    ];
    let parts = outcome.parts().into_iter().chain(sums);
    let mut month = Map::new();
    let mut bill = Map::new();
    for (name, micro) in parts {
        bill.insert(name.to_owned(), json!(rounded(micro as f64 / 1e6, 3)));
        month.insert(name.to_owned(), json!(rounded(micro as f64 * MONTH_HOURS as f64 / 1e6, 2)));
    }
    bill.insert("usd_per_month".to_owned(), Value::Object(month));
    let overhead = (outcome.bill.pods > 0)
        .then(|| rounded(100.0 * outcome.bill.mesh as f64 / outcome.bill.pods as f64, 2));
    bill.insert("mesh_percent_of_pods".to_owned(), json!(overhead));
    bill.insert("between_regions_gb_per_hour".to_owned(), json!(rounded(outcome.bytes.0 as f64 / 1e9, 3)));
    bill.insert("between_zones_gb_per_hour".to_owned(), json!(rounded(outcome.bytes.1 as f64 / 1e9, 3)));
    bill.insert(
        "incident".to_owned(),
        json!({
            "lasts_s": seconds(outcome.impact.lasts),
            "lost_s": seconds(outcome.impact.lost),
            "why": outcome.impact.why,
        }),
    );
    bill.insert("availability_percent".to_owned(), json!(rounded(outcome.availability_percent(), 4)));
    bill.insert("meets".to_owned(), json!(outcome.meets));
    Value::Object(bill)
}

fn seconds(span: SimSpan) -> f64 {
    rounded(span.as_millis_f64() / 1000.0, 2)
}

fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = [1.0, 10.0, 100.0, 1000.0, 10_000.0][decimals.clamp(0, 4) as usize];
    (number * scale).round() / scale
}
