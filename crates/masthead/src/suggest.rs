//! The right word for a mistyped one.

/// The candidate nearest to `given`, when one is near enough to be meant.
pub(crate) fn nearest<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(given, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_the_right_key() {
        assert_eq!(nearest("databse", ["listen", "database"]), Some("database"));
        assert_eq!(nearest("lisen", ["listen", "database"]), Some("listen"));
        assert_eq!(nearest("zzz", ["listen", "database"]), None);
    }
}
