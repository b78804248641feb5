//! Ejection by success rate: a host far below the others. Istio turns it off; the lesson shows the arithmetic.

/// The bar that hosts are held against, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SuccessRate {
    pub mean: f64,
    /// Hosts below this are ejected.
    pub threshold: f64,
}

/// The bar for these success rates in percent: mean less `factor` standard deviations of the whole population.
/// Envoy's factor is 1.9. `None` without hosts.
#[must_use]
pub fn success_rate(rates: &[f64], factor: f64) -> Option<SuccessRate> {
    if rates.is_empty() {
        return None;
    }
    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
    let variance = rates.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / rates.len() as f64;
    Some(SuccessRate { mean, threshold: mean - factor * variance.sqrt() })
}
