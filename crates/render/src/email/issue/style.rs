//! The head of an issue: what mail programs need to be told, and its colours.

use crate::html::push_element;

/// Which look a mail has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// The reader's own choice: what is sent.
    #[default]
    Reader,
    /// Light, to be looked at.
    Light,
    /// Dark, to be looked at.
    Dark,
}

/// The colours of the site. `b` is what lies below everything, `q` is quiet, `k` names a section, `h` is a headline, `n` a note, `l`
/// and `t` are lines.
const LIGHT: &str = ".b{background:#fffdfa!important;color:#191714!important}a{color:#a3221b}.h,.h a{color:#191714!important}\
.q,.q a,a.q{color:#68625a!important}.k{color:#a3221b!important}.l{border-color:#dcd6cc!important}.t{border-color:#191714!important}\
.n{border-color:#a3221b!important}";
const DARK: &str = ".b{background:#141312!important;color:#ece8e1!important}a{color:#f39583!important}.h,.h a{color:#ece8e1!important}\
.q,.q a,a.q{color:#a39c92!important}.k{color:#f39583!important}.l{border-color:#45403a!important}.t{border-color:#8a8279!important}\
.n{border-color:#f39583!important}";
/// Outlook on the web darkens by itself and says so by an attribute.
const OUTLOOK: &str = "[data-ogsc] a{color:#f39583!important}[data-ogsc] .q,[data-ogsc] a.q{color:#a39c92!important}[data-ogsc] .h a{color:#ece8e1!important}";

/// Writes the head.
pub(in crate::email) fn head(out: &mut String, title: &str, scheme: Scheme) {
    let schemes = match scheme {
        Scheme::Reader => "light dark",
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    };
    out.push_str(
        "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    );
    for (name, content) in [
        ("color-scheme", schemes),
        ("supported-color-schemes", schemes),
        // Numbers and dates stay text.
        ("format-detection", "telephone=no, date=no, address=no, email=no, url=no"),
        ("x-apple-disable-message-reformatting", ""),
    ] {
        out.push_str(&format!("<meta name=\"{name}\""));
        if !content.is_empty() {
            out.push_str(&format!(" content=\"{content}\""));
        }
        out.push('>');
    }
    push_element(out, "title", &[], title);
    out.push_str(&format!("<style>:root{{color-scheme:{schemes};supported-color-schemes:{schemes}}}"));
    match scheme {
        Scheme::Reader => out.push_str(&format!("{LIGHT}@media (prefers-color-scheme:dark){{{DARK} }}{OUTLOOK}")),
        Scheme::Light => out.push_str(LIGHT),
        Scheme::Dark => out.push_str(DARK),
    }
    out.push_str("</style></head>");
}
