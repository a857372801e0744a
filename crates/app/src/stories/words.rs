//! The words by which the desk finds a story: folded, so that what people type finds what others wrote.

/// Words of one story at most.
const MOST: usize = 60;
/// Characters of one word at most.
const LONGEST: usize = 40;

/// The folded words of a text, each once. Letters in lower case, without marks; `ё` as `е`, the Arabic forms of ye and
/// kaf as the Persian ones, digits of any script as ASCII.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if is_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            word.extend(fold(c));
            continue;
        }
        if !word.is_empty() {
            let whole: String = word.drain(..).take(LONGEST).collect();
            if !found.contains(&whole) {
                found.push(whole);
            }
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Marks above and below letters, and joiners, which people leave out when they search.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        'ё' | 'Ё' => 'е',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
        other => other,
    };
    // `é` is one character or two; either way the letter remains.
    let plain = if ('\u{c0}'..='\u{24f}').contains(&c) { deunicoded(c) } else { c };
    plain.to_lowercase()
}

/// The letter below a Latin letter's mark.
fn deunicoded(c: char) -> char {
    const FROM: &str = "àáâãäåāăąèéêëēĕėęěìíîïīĭįıòóôõöōŏőøùúûüūŭůűñńňçćčśšşţťýÿžźżľłďřğ";
    const TO: &str = "aaaaaaaaaeeeeeeeeeiiiiiiiiooooooooouuuuuuuunnncccsssttyyzzzlldrg";
    let lower = c.to_lowercase().next().unwrap_or(c);
    FROM.chars().position(|from| from == lower).and_then(|at| TO.chars().nth(at)).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_finds_what_others_wrote() {
        assert_eq!(words("Lavrov’s visit: “Wonsan”, 2025"), ["lavrov", "s", "visit", "wonsan", "2025"]);
        assert_eq!(words("Её ЁЛКА — ёлка"), ["ее", "елка"]);
        assert_eq!(words("كتابي می‌خوانم ۱۲"), ["کتابی", "میخوانم", "12"]);
        assert_eq!(words("Café São Łódź"), ["cafe", "sao", "lodz"]);
        assert_eq!(words("Cafe\u{301}"), ["cafe"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn a_long_text_has_so_many_words_and_no_more() {
        let text: String = (0..500).map(|n| format!("word{n} ")).collect();
        assert_eq!(words(&text).len(), MOST);
        assert_eq!(words(&"x".repeat(500)), ["x".repeat(LONGEST)]);
    }
}
