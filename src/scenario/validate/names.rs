//! Names: how ids are formed, that they are unique, and which known name was probably meant.

use super::findings::Findings;
use std::collections::BTreeMap;

/// Longest id.
const ID_LENGTH: usize = 64;

/// Help for a name that does not exist: the nearest one, or what there is.
pub(super) fn did_you_mean(name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "none is defined".to_owned(),
        None if known.len() <= 12 => format!("there are {}", list(known)),
        None => format!(
            "there are {} others, such as {}",
            known.len(),
            list(&known[..3])
        ),
    }
}

/// The known name a misspelt one is nearest to, if any is near enough to be meant.
pub(super) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // Longer words than ids exist only in hostile files, and cost the square of their length.
    let name: String = name.chars().take(ID_LENGTH).collect();
    let allowed = 1 + name.chars().count() / 4;
    known
        .iter()
        .map(|k| {
            (
                strsim::osa_distance(&name.to_lowercase(), &k.to_lowercase()),
                *k,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, k)| k)
        .or_else(|| {
            // Half a name: `zhonghua` for `zhonghua_gate`.
            let mut begins = known
                .iter()
                .filter(|k| name.len() >= 4 && k.starts_with(&name));
            begins.next().copied()
        })
}

/// `a`, `b`, `c`
pub(super) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Is it well formed?
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= ID_LENGTH
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// One id by itself.
pub(super) fn check_id(findings: &mut Findings, path: &str, id: &str) {
    if !is_id(id) {
        let shown: String = id.chars().take(ID_LENGTH).collect();
        findings.error(
            path,
            format!("`{shown}` is not an id"),
            format!("1 to {ID_LENGTH} lower-case letters, digits and underscores"),
        );
    }
}

/// All ids of a list: well formed and each only once. Returns them sorted, without doubles.
pub(super) fn check_ids<'a>(
    findings: &mut Findings,
    table: &str,
    noun: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, id) in ids.enumerate() {
        let path = format!("{table}[{i}].id");
        check_id(findings, &path, id);
        if let Some(before) = first.get(id) {
            findings.error(
                path,
                format!("the {noun} `{id}` is there twice"),
                format!("the first is {table}[{before}]; each needs an id of its own"),
            );
        } else {
            first.insert(id, i);
        }
    }
    first.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_proposed_and_far_ones_are_not() {
        let known = ["guanghua_gate", "yuhuatai", "zhonghua_gate"];
        assert_eq!(nearest("zhonghua_gat", &known), Some("zhonghua_gate"));
        assert_eq!(nearest("Yuhuatai", &known), Some("yuhuatai"));
        assert_eq!(nearest("guanghua", &known), Some("guanghua_gate"));
        assert_eq!(nearest("shanghai", &known), None);
        assert!(did_you_mean("shanghai", &known).starts_with("there are `guanghua_gate`"));
    }
}
