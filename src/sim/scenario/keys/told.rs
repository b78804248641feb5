//! The rules of a scenario as they are written after `--set`.

use super::dns::{DEPTHS, OWNERS, POLICIES};
use super::mesh::{BALANCES, KINDS, LOCALITIES};
use crate::sim::policy::pool::UNLIMITED;
use crate::sim::scenario::control::Consistency;
use crate::sim::scenario::linkerd::SERVICES;
use crate::sim::scenario::{Linkerd, Mesh, Network, Outlier, Pick, Retries, Scenario, Via, Warmup};
use crate::sim::time::SimSpan;

impl Scenario {
    /// The value of a rule, which [`Scenario::set`] takes for it: of the keys `mesh.*`, `dns.*`, `federation.*`,
    /// `registry.*` and of `entry.via`. `None` for other keys, and for `mesh.fault.*` and `mesh.outlier.phase`.
    #[must_use]
    pub fn told(&self, key: &str) -> Option<String> {
        let path: Vec<&str> = key.split('.').collect();
        match path[..] {
            ["mesh", "failover"] => Some(self.told_failover()),
            ["mesh", ref rest @ ..] => of_mesh(&self.mesh, rest),
            ["dns", ref rest @ ..] => self.of_dns(rest),
            ["federation", "pick"] => word(&Pick::NAMES, self.federation),
            ["registry", "consistency"] => word(&Consistency::NAMES, self.control.consistency),
            ["entry", "via"] => word(&Via::NAMES, self.entry.via),
            _ => None,
        }
    }

    fn told_failover(&self) -> String {
        let name = |region: usize| self.regions.get(region).map_or("", |region| region.name.as_str());
        let rules: Vec<String> =
            self.mesh.failover.iter().map(|&(from, to)| format!("{}:{}", name(from), name(to))).collect();
        if rules.is_empty() { "none".to_owned() } else { rules.join(",") }
    }

    fn of_dns(&self, rest: &[&str]) -> Option<String> {
        let dns = &self.dns;
        match rest {
            ["policy"] => word(&POLICIES, dns.policy),
            ["primary"] => self.regions.get(dns.primary).map(|region| region.name.clone()),
            ["ttl"] => Some(dns.ttl.to_string()),
            ["resolver_overstay"] => Some(dns.resolver_overstay.to_string()),
            ["check"] => word(&DEPTHS, dns.check),
            ["check_interval"] => Some(dns.check_interval.to_string()),
            ["check_threshold"] => Some(dns.check_threshold.to_string()),
            ["external_dns", "interval"] => Some(dns.external_dns_interval.to_string()),
            ["external_dns", "owner"] => word(&OWNERS, dns.external_dns_owner),
            ["cluster_ttl"] => Some(self.control.cluster_ttl.to_string()),
            ["ndots"] => Some(self.control.ndots.to_string()),
            _ => None,
        }
    }
}

fn of_mesh(mesh: &Mesh, rest: &[&str]) -> Option<String> {
    match rest {
        ["kind"] => word(&KINDS, mesh.kind),
        ["istio"] => Some(mesh.istio.to_string()),
        ["network"] => word(&Network::NAMES, mesh.network),
        ["locality"] => word(&LOCALITIES, mesh.locality),
        ["distribute"] => Some(split(mesh.distribute)),
        ["traffic_distribution"] => Some(if mesh.prefer_close { "prefer-close" } else { "none" }.to_owned()),
        ["route_weights"] => Some(mesh.route_weights.map_or_else(|| "none".to_owned(), split)),
        ["lb"] => word(&BALANCES, mesh.lb),
        ["panic_threshold"] => {
            Some(mesh.panic_threshold.map_or_else(|| "istio".to_owned(), |set| set.to_string()))
        }
        ["update_merge_window"] => Some(mesh.update_merge_window.to_string()),
        ["timeout"] => Some(span_or_none(mesh.timeout)),
        ["connect_timeout"] => Some(mesh.connect_timeout.to_string()),
        ["outlier", key] => of_outlier(&mesh.outlier, key),
        ["retries", key] => of_retries(&mesh.retries, key),
        ["warmup", key] => of_warmup(&mesh.warmup, key),
        ["connection_pool", key] => of_pool(mesh, key),
        ["linkerd", key] => of_linkerd(&mesh.linkerd, key),
        _ => None,
    }
}

fn of_outlier(outlier: &Outlier, key: &str) -> Option<String> {
    Some(match key {
        "enabled" => outlier.enabled.to_string(),
        "consecutive_5xx" => outlier.consecutive_5xx.to_string(),
        "consecutive_gateway_errors" => outlier.consecutive_gateway_errors.to_string(),
        "split_external_local_origin_errors" => outlier.split_external_local_origin_errors.to_string(),
        "consecutive_local_origin_failures" => outlier.consecutive_local_origin_failures.to_string(),
        "interval" => outlier.interval.to_string(),
        "base_ejection_time" => outlier.base_ejection_time.to_string(),
        "max_ejection_percent" => outlier.max_ejection_percent.to_string(),
        "min_health_percent" => outlier.min_health_percent.to_string(),
        _ => return None,
    })
}

fn of_retries(retries: &Retries, key: &str) -> Option<String> {
    Some(match key {
        "attempts" => retries.attempts.to_string(),
        "on" => retries.on.clone(),
        "per_try_timeout" => span_or_none(retries.per_try_timeout),
        "remote_localities" => retries.remote_localities.to_string(),
        "backoff" => retries.backoff.to_string(),
        "ignore_previous_hosts" => retries.ignore_previous_hosts.to_string(),
        _ => return None,
    })
}

fn of_warmup(warmup: &Warmup, key: &str) -> Option<String> {
    Some(match key {
        "duration" => span_or_none(warmup.duration),
        "minimum_percent" => warmup.minimum_percent.to_string(),
        "aggression" => (f64::from(warmup.aggression_milli) / 1000.0).to_string(),
        _ => return None,
    })
}

fn of_pool(mesh: &Mesh, key: &str) -> Option<String> {
    let limit = match key {
        "max_requests" => mesh.pool.max_requests,
        "max_connections" => mesh.pool.max_connections,
        "max_pending" => mesh.pool.max_pending,
        "max_retries" => mesh.pool.max_retries,
        _ => return None,
    };
    Some(if limit == UNLIMITED { "unlimited".to_owned() } else { limit.to_string() })
}

fn of_linkerd(linkerd: &Linkerd, key: &str) -> Option<String> {
    match key {
        "service" => word(&SERVICES, linkerd.service),
        "failure_accrual" => Some(linkerd.failure_accrual.to_string()),
        "max_failures" => Some(linkerd.accrual.max_failures.to_string()),
        "min_penalty" => Some(linkerd.accrual.min_penalty.to_string()),
        "max_penalty" => Some(linkerd.accrual.max_penalty.to_string()),
        _ => None,
    }
}

/// The first word of a value, where several mean the same.
fn word<T: PartialEq + Copy>(choices: &[(&str, T)], value: T) -> Option<String> {
    choices.iter().find(|(_, choice)| *choice == value).map(|(word, _)| (*word).to_owned())
}

fn split((own, other): (u32, u32)) -> String {
    format!("{own}/{other}")
}

fn span_or_none(span: Option<SimSpan>) -> String {
    span.map_or_else(|| "none".to_owned(), |span| span.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of the rules that have no words: faults are no policy, and a phase is drawn.
    fn is_untold(key: &str) -> bool {
        key.starts_with("mesh.fault.") || ["mesh.outlier.phase", "mesh.cert_ttl"].contains(&key)
    }

    #[test]
    fn every_rule_is_told_as_it_was_set_and_sets_what_it_tells() {
        let shipped = Scenario::shipped("two-regions").unwrap();
        let mut told = 0;
        for (key, example) in shipped.settable() {
            let is_rule =
                ["mesh.", "dns.", "federation.", "registry."].iter().any(|part| key.starts_with(part));
            if !is_rule || is_untold(&key) {
                assert_eq!(shipped.told(&key), None, "{key}");
                continue;
            }
            told += 1;
            let mut changed = shipped.clone();
            changed.set(&format!("{key}={example}")).unwrap();
            let words = changed.told(&key).unwrap_or_else(|| panic!("{key} is not told"));
            // 60s is told as 1m.
            let spans = [words.as_str(), example].map(|text| text.parse::<SimSpan>().ok());
            assert!(words == example || (spans[0].is_some() && spans[0] == spans[1]), "{key}: {words}");
        }
        assert!(told > 40, "{told} keys");
    }
}
