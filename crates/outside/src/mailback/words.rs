//! Texts as they are compared: in lower case, and without what only looks like words.

/// The text of HTML: tags, styles and scripts left out. Not for showing, only for looking into.
pub(super) fn without_tags(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        out.push_str(&html[at..open]);
        out.push(' ');
        let silent = ["style", "script", "head"].into_iter().find(|name| lower[open + 1..].starts_with(name));
        let closing = match silent {
            Some(name) => lower[open..].find(&format!("</{name}")).map(|start| open + start),
            None => Some(open),
        };
        match closing.and_then(|start| Some(start + html[start..].find('>')? + 1)) {
            Some(end) => at = end,
            None => return out,
        }
    }
    out.push_str(&html[at..]);
    out
}

/// A server's words in lower case, without addresses, names of hosts and links: `mx.antispam.example` is no word about
/// spam, and an address says nothing of why it was refused.
pub(super) fn comparable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| "<>()[]{}\"',;:.!?#*".contains(c));
        let host = word.split('.').filter(|label| label.chars().any(char::is_alphabetic)).count() > 1;
        // `RESOLVER.ADR.RecipNotFound` is Exchange's word for a reason.
        let reason = word.starts_with("RESOLVER.") || word.starts_with("STOREDRV.") || word.starts_with("SMTPSEND.");
        if word.is_empty() || word.contains('@') || word.contains("://") || (host && !reason) {
            continue;
        }
        out.push(' ');
        out.push_str(&word.to_lowercase());
    }
    out.push(' ');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_addresses_and_links_are_no_words() {
        let said = "host mx.antispam.example[192.0.2.7] said: 550 5.1.1 <spam-trap@blocked.example>: User unknown! See https://spam.example/x";
        assert_eq!(comparable(said), " host said 550 5.1.1 user unknown see ");
        assert_eq!(
            comparable("#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##"),
            " 550 5.1.1 resolver.adr.recipnotfound not found "
        );
    }

    #[test]
    fn html_is_read_without_its_tags() {
        assert_eq!(
            without_tags("<head><title>x</title></head><p>User <b>unknown</b>").split_whitespace().collect::<Vec<_>>(),
            ["User", "unknown"]
        );
        assert_eq!(without_tags("<STYLE>a{}"), " ");
        assert_eq!(without_tags("a <b"), "a  ");
    }
}
