//! Writing HTML: escaping, attributes. Shared by the channels that are HTML.

/// Appends characters as HTML text. Controls that HTML and XML forbid are left out.
pub(crate) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub(crate) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Appends `<name`, attributes and `>`; attributes with an empty value are left out, except `alt`.
pub(crate) fn push_open(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in attributes {
        if !value.is_empty() || *attribute == "alt" {
            push_attribute(out, attribute, value);
        }
    }
    out.push('>');
}

/// Appends `</name>`.
pub(crate) fn push_close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Appends `<name>text</name>`.
pub(crate) fn push_element(out: &mut String, name: &str, attributes: &[(&str, &str)], text: &str) {
    push_open(out, name, attributes);
    push_text(out, text);
    push_close(out, name);
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(u32::from(c) & 0xFFFE, 0xFFFE)
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}
