//! A line as a browser shows it: spaces collapsed, none at its ends or around breaks, neighbours merged, empty marks gone.

use model::document::Inline;

/// Tidies a line in place; an empty vector when there is nothing to read.
pub(super) fn line(line: &mut Vec<Inline>) {
    let mut after_space = true;
    collapse(line, &mut after_space);
    trim_end(line);
    drop_empty(line);
    merge(line);
    while matches!(line.first(), Some(Inline::Break)) {
        line.remove(0);
    }
    if blank(line) {
        line.clear();
    }
}

/// Whether nothing but spaces would be seen.
fn blank(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Text { text } => text.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'),
        Inline::Break => true,
        Inline::Code { text } => text.is_empty(),
        Inline::Footnote { .. } => false,
        other => blank(other.children()),
    })
}

pub(super) fn children_mut(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match inline {
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Strike { content }
        | Inline::Sub { content }
        | Inline::Sup { content }
        | Inline::Language { content, .. }
        | Inline::Direction { content, .. } => Some(content),
        Inline::Text { .. } | Inline::Code { .. } | Inline::Break | Inline::Footnote { .. } => None,
    }
}

fn collapse(line: &mut [Inline], after_space: &mut bool) {
    for inline in line {
        match inline {
            Inline::Text { text } => *text = squeeze(text, after_space),
            Inline::Break => *after_space = true,
            Inline::Code { text } => {
                *text = super::words::collapse(text);
                *after_space = *after_space && text.is_empty();
            }
            Inline::Footnote { .. } => *after_space = false,
            other => {
                if let Some(content) = children_mut(other) {
                    collapse(content, after_space);
                }
            }
        }
    }
}

fn squeeze(text: &str, after_space: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_whitespace() {
            if !*after_space {
                out.push(' ');
            }
            *after_space = true;
        } else if c != '\0' && c != '\u{feff}' {
            out.push(c);
            *after_space = false;
        }
    }
    out
}

/// Takes the space off the end, and before each break; breaks at the end go too. Whether something is left to end at.
fn trim_end(line: &mut Vec<Inline>) -> bool {
    while let Some(last) = line.last_mut() {
        match last {
            Inline::Text { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    break;
                }
                line.pop();
            }
            Inline::Break => {
                line.pop();
            }
            Inline::Code { .. } | Inline::Footnote { .. } => break,
            other => {
                if children_mut(other).is_some_and(trim_end) {
                    break;
                }
                line.pop();
            }
        }
    }
    for at in 1..line.len() {
        if matches!(line[at], Inline::Break)
            && let Inline::Text { text } = &mut line[at - 1]
        {
            text.truncate(text.trim_end_matches(' ').len());
        }
    }
    !line.is_empty()
}

fn drop_empty(line: &mut Vec<Inline>) {
    line.retain_mut(|inline| match inline {
        Inline::Text { text } | Inline::Code { text } => !text.is_empty(),
        Inline::Break | Inline::Footnote { .. } => true,
        other => children_mut(other).is_some_and(|content| {
            drop_empty(content);
            !content.is_empty()
        }),
    });
}

/// Adjacent texts become one, adjacent marks of the same kind too.
fn merge(line: &mut Vec<Inline>) {
    let mut out: Vec<Inline> = Vec::with_capacity(line.len());
    for mut inline in line.drain(..) {
        match (out.last_mut(), &mut inline) {
            (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(more),
            (Some(Inline::Strong { content }), Inline::Strong { content: more })
            | (Some(Inline::Emphasis { content }), Inline::Emphasis { content: more }) => content.append(more),
            _ => out.push(inline),
        }
    }
    for inline in &mut out {
        if let Some(content) = children_mut(inline) {
            merge(content);
        }
    }
    *line = out;
}

/// Joins lines with breaks between them.
pub(super) fn join(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut out = Vec::new();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        out.extend(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_collapse_across_marks_as_in_a_browser() {
        let mut given = vec![
            Inline::text("  a \n"),
            Inline::Strong { content: vec![Inline::text(" b ")] },
            Inline::text("  c"),
            Inline::Break,
            Inline::text(" d  "),
            Inline::Emphasis { content: vec![Inline::text(" ")] },
        ];
        line(&mut given);
        assert_eq!(
            given,
            vec![
                Inline::text("a "),
                Inline::Strong { content: vec![Inline::text("b ")] },
                Inline::text("c"),
                Inline::Break,
                Inline::text("d"),
            ]
        );
    }
}
