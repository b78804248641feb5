//! What one look-up of a name inside a cluster asks: the search list of `resolv.conf` and `ndots`.

/// Search suffixes of a pod in namespace `shop` of a cluster on EKS: Kubernetes writes the first three
/// ("DNS for Services and Pods"), the last one is the node's own.
pub const SEARCH: [&str; 4] =
    ["shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "us-east-1.compute.internal"];
/// A and AAAA, asked side by side.
pub const RECORD_TYPES: u32 = 2;

/// The names that a stub resolver asks for, one after another, until one exists (glibc's `res_search`): a name with
/// fewer than `ndots` dots is tried with every suffix before it is tried as it is, any other one the other way round, and
/// a name that ends in a dot only as it is.
#[must_use]
pub fn asked(name: &str, ndots: u32, search: &[&str], exists: impl Fn(&str) -> bool) -> Vec<String> {
    if let Some(absolute) = name.strip_suffix('.') {
        return vec![absolute.to_owned()];
    }
    let suffixed = search.iter().map(|suffix| format!("{name}.{suffix}"));
    let dots = name.matches('.').count() as u32;
    let candidates: Vec<String> = if dots >= ndots {
        std::iter::once(name.to_owned()).chain(suffixed).collect()
    } else {
        suffixed.chain(std::iter::once(name.to_owned())).collect()
    };
    let found = candidates.iter().position(|candidate| exists(candidate));
    let asked = found.map_or(candidates.len(), |index| index + 1);
    candidates.into_iter().take(asked).collect()
}

/// How a caller writes a service's name, and what that comes to: `payment.shop` for a service of its own cluster, and
/// `payment.shop.svc.clusterset.local` (four dots) for one of the clusterset (MCS API, KEP-1645).
#[must_use]
pub fn steps(clusterset: bool, ndots: u32) -> u32 {
    let (name, zone) = if clusterset {
        ("payment.shop.svc.clusterset.local", "clusterset.local")
    } else {
        ("payment.shop", "cluster.local")
    };
    let full = format!("payment.shop.svc.{zone}");
    asked(name, ndots, &SEARCH, |candidate| candidate == full).len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_cluster(name: &str, ndots: u32) -> Vec<String> {
        asked(name, ndots, &SEARCH, |candidate| candidate == "payment.shop.svc.cluster.local")
    }

    #[test]
    fn a_short_name_is_found_by_the_search_list() {
        assert_eq!(in_cluster("payment", 5), ["payment.shop.svc.cluster.local"]);
        assert_eq!(
            in_cluster("payment.shop", 5),
            ["payment.shop.shop.svc.cluster.local", "payment.shop.svc.cluster.local"]
        );
    }

    #[test]
    fn a_name_with_four_dots_pays_for_every_suffix_first() {
        assert_eq!(steps(true, 5), 5);
        assert_eq!(steps(true, 4), 1);
        assert_eq!(steps(false, 5), 2);
        assert_eq!(steps(false, 1), 3);
    }

    #[test]
    fn a_dot_at_the_end_saves_the_search() {
        assert_eq!(in_cluster("payment.shop.svc.cluster.local.", 5).len(), 1);
    }
}
