//! NQL, the language of Ghost's `filter`: `featured:true+tag:[news,opinion]+published_at:>'2025-01-01'`.
//!
//! What it is follows the grammar that Ghost itself uses (TryGhost/NQL, `nql-lang`): `+` is *and* and binds more
//! strongly than `,`, which is *or*; parentheses group; a value is a word, a text in quotes, a number, `true`, `false`,
//! `null` or a moment counted from now. Nothing here knows which names there are.

use model::Timestamp;

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    /// Every one of these.
    All(Vec<Filter>),
    /// One of these.
    Any(Vec<Filter>),
    /// A name and what is asked of it.
    Is(String, Test),
}

/// What is asked of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// `name:a`, `name:[a,b]`.
    OneOf(Vec<Value>),
    /// `name:-a`, `name:-[a,b]`.
    NoneOf(Vec<Value>),
    /// `name:[a+b]`.
    Each(Vec<Value>),
    /// `name:>a` and the like.
    Compare(store::Compare, Value),
    /// `name:~'text'`, `name:~^'text'`, `name:~$'text'`; `true` with `-` before it.
    Within(store::Within, String, bool),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A word, a number or a text in quotes.
    Text(String),
    /// `now-7d`.
    Moment(Timestamp),
}

/// Tests of one filter at most.
const MOST: usize = 100;
/// Groups within groups at most.
const DEEPEST: usize = 16;

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Wrong {
    /// Something else had to stand there; characters are counted from 1.
    #[error("expected {expected} at character {at} of the filter")]
    Expected {
        /// What.
        expected: &'static str,
        /// Where.
        at: usize,
    },
    /// More than anybody needs.
    #[error("a filter has {MOST} conditions and {DEEPEST} groups within groups at most")]
    TooMuch,
}

/// Reads a filter; moments are counted from `now`.
///
/// # Errors
/// [`Wrong`] says what was expected where.
pub(super) fn parse(text: &str, now: Timestamp) -> Result<Filter, Wrong> {
    let mut parser = Parser { text: text.chars().collect(), at: 0, now, tests: 0, depth: 0 };
    let filter = parser.any()?;
    parser.skip();
    if parser.at < parser.text.len() { Err(parser.expected("`+`, `,` or the end")) } else { Ok(filter) }
}

struct Parser {
    text: Vec<char>,
    at: usize,
    now: Timestamp,
    tests: usize,
    depth: usize,
}

impl Parser {
    fn expected(&self, expected: &'static str) -> Wrong {
        Wrong::Expected { expected, at: self.at + 1 }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes what comes next, after spaces, if it is this.
    fn take(&mut self, wanted: &str) -> bool {
        self.skip();
        let length = wanted.chars().count();
        let found =
            self.text.get(self.at..self.at + length).is_some_and(|next| next.iter().copied().eq(wanted.chars()));
        if found {
            self.at += length;
        }
        found
    }

    fn any(&mut self) -> Result<Filter, Wrong> {
        let mut any = vec![self.all()?];
        while self.take(",") {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Filter::Any(any) })
    }

    fn all(&mut self) -> Result<Filter, Wrong> {
        let mut all = vec![self.one()?];
        while self.take("+") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::All(all) })
    }

    fn one(&mut self) -> Result<Filter, Wrong> {
        if !self.take("(") {
            let name = self.name()?;
            self.tests += 1;
            if self.tests > MOST {
                return Err(Wrong::TooMuch);
            }
            return Ok(Filter::Is(name, self.test()?));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::TooMuch);
        }
        let group = self.any()?;
        self.depth -= 1;
        if self.take(")") { Ok(group) } else { Err(self.expected("`)`")) }
    }

    /// `name:`.
    fn name(&mut self) -> Result<String, Wrong> {
        self.skip();
        let begin = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.') {
            self.at += 1;
        }
        let name: String = self.text[begin..self.at].iter().collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            self.at = begin;
            return Err(self.expected("a name"));
        }
        if self.peek() != Some(':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(name)
    }

    fn test(&mut self) -> Result<Test, Wrong> {
        use store::{Compare, Within};
        for (sign, compare) in
            [(">=", Compare::AtLeast), ("<=", Compare::AtMost), (">", Compare::More), ("<", Compare::Less)]
        {
            if self.take(sign) {
                return Ok(Test::Compare(compare, self.value()?));
            }
        }
        let not = self.take("-");
        for (sign, within) in [("~^", Within::Start), ("~$", Within::End), ("~", Within::Anywhere)] {
            if self.take(sign) {
                self.skip();
                return Ok(Test::Within(within, self.quoted()?, not));
            }
        }
        if self.take("[") {
            return self.list(not);
        }
        let value = vec![self.value()?];
        Ok(if not { Test::NoneOf(value) } else { Test::OneOf(value) })
    }

    /// The rest of `[a,b]` or `[a+b]`.
    fn list(&mut self, not: bool) -> Result<Test, Wrong> {
        let mut values = vec![self.value()?];
        let each = !not && self.take("+");
        while each || self.take(",") {
            values.push(self.value()?);
            if each && !self.take("+") {
                break;
            }
        }
        self.tests += values.len();
        if self.tests > MOST {
            return Err(Wrong::TooMuch);
        }
        if !self.take("]") {
            return Err(self.expected("`]`"));
        }
        Ok(match (not, each) {
            (true, _) => Test::NoneOf(values),
            (false, true) => Test::Each(values),
            (false, false) => Test::OneOf(values),
        })
    }

    fn value(&mut self) -> Result<Value, Wrong> {
        self.skip();
        if self.peek() == Some('\'') {
            return Ok(Value::Text(self.quoted()?));
        }
        if let Some(moment) = self.moment() {
            return Ok(Value::Moment(moment));
        }
        let word = self.word()?;
        Ok(match word.as_str() {
            "null" | "NULL" | "Null" => Value::Null,
            "true" | "TRUE" | "True" => Value::Flag(true),
            "false" | "FALSE" | "False" => Value::Flag(false),
            _ => Value::Text(word),
        })
    }

    /// A text in single quotes; `\'` and `\"` stand for quotes in it.
    fn quoted(&mut self) -> Result<String, Wrong> {
        let begin = self.at;
        if self.peek() != Some('\'') {
            return Err(self.expected("a text in single quotes"));
        }
        let mut text = String::new();
        loop {
            self.at += 1;
            match (self.peek(), self.text.get(self.at + 1)) {
                (Some('\\'), Some(quote @ ('\'' | '"'))) => {
                    text.push(*quote);
                    self.at += 1;
                }
                (Some('\''), _) => break,
                (Some(c), _) => text.push(c),
                (None, _) => {
                    self.at = begin;
                    return Err(self.expected("a text that ends with a single quote"));
                }
            }
        }
        self.at += 1;
        Ok(text)
    }

    /// A word: up to a sign that has a meaning, unless `\` stands before it.
    fn word(&mut self) -> Result<String, Wrong> {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            match (c, self.text.get(self.at + 1)) {
                ('\\', Some(sign)) if "'\"+,()><=[]~^$".contains(*sign) => {
                    word.push(*sign);
                    self.at += 1;
                }
                _ if c.is_whitespace() || "'\"+,()><=[]~".contains(c) => break,
                ('-', _) if word.is_empty() => break,
                _ => word.push(c),
            }
            self.at += 1;
        }
        if word.is_empty() { Err(self.expected("a value")) } else { Ok(word) }
    }

    /// `now-7d`, `now+1M`, counted on the calendar in UTC.
    fn moment(&mut self) -> Option<Timestamp> {
        let rest: String = self.text[self.at..].iter().take(12).collect();
        let counted = rest.strip_prefix("now")?;
        let back = match counted.chars().next()? {
            '-' => true,
            '+' => false,
            _ => return None,
        };
        let digits: String = counted[1..].chars().take_while(char::is_ascii_digit).collect();
        let unit = counted[1 + digits.len()..].chars().next()?;
        let after = self.text.get(self.at + 3 + 1 + digits.len() + 1);
        if after.is_some_and(|c| !"+,()[]".contains(*c)) {
            return None;
        }
        let count: i64 = digits.parse().ok()?;
        let moment = counted_from(self.now, if back { -count } else { count }, unit)?;
        self.at += 3 + 1 + digits.len() + 1;
        Some(moment)
    }
}

fn counted_from(now: Timestamp, count: i64, unit: char) -> Option<Timestamp> {
    let span = jiff::Span::new();
    let span = match unit {
        'y' => span.try_years(count),
        'M' => span.try_months(count),
        'w' => span.try_weeks(count),
        'd' => span.try_days(count),
        'h' => span.try_hours(count),
        'm' => span.try_minutes(count),
        's' => span.try_seconds(count),
        _ => return None,
    };
    let moved = now.to_jiff().to_zoned_datetime(jiff::tz::TimeZone::UTC).checked_add(span.ok()?).ok()?;
    Some(moved.timestamp().into())
}

#[cfg(test)]
mod tests {
    use store::{Compare, Within};

    use super::*;

    /// Friday 11 July 2025, 18:00 UTC.
    const NOW: Timestamp = Timestamp::from_millis_const(1_752_256_800_000);

    fn read(text: &str) -> Filter {
        parse(text, NOW).unwrap_or_else(|wrong| panic!("{text}: {wrong}"))
    }

    fn is(name: &str, value: &str) -> Filter {
        Filter::Is(name.to_owned(), Test::OneOf(vec![text(value)]))
    }

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn test(filter: &str) -> Test {
        match read(filter) {
            Filter::Is(_, test) => test,
            other => panic!("{filter} is {other:?}"),
        }
    }

    #[test]
    fn and_binds_more_strongly_than_or_and_groups_most_of_all() {
        let (a, b, c) = (is("a", "1"), is("b", "2"), is("c", "3"));
        assert_eq!(read("a:1"), a);
        assert_eq!(read("a:1+b:2,c:3"), Filter::Any(vec![Filter::All(vec![a.clone(), b.clone()]), c.clone()]));
        assert_eq!(read("a:1,b:2+c:3"), Filter::Any(vec![a.clone(), Filter::All(vec![b.clone(), c.clone()])]));
        assert_eq!(read(" ( a:1 , b:2 ) + c:3 "), Filter::All(vec![Filter::Any(vec![a.clone(), b]), c]));
        assert_eq!(read("((a:1))"), a);
    }

    #[test]
    fn a_value_is_a_word_a_text_or_one_of_three_names() {
        for (filter, value) in [
            ("a:b-c_d.e", text("b-c_d.e")),
            ("a:12", text("12")),
            ("a:12-b", text("12-b")),
            ("a:x", text("x")),
            ("a:b:c", text("b:c")),
            ("a:nullable", text("nullable")),
            ("a:null", Value::Null),
            ("a:True", Value::Flag(true)),
            ("a:FALSE", Value::Flag(false)),
            ("a:'null'", text("null")),
            (r"a:'it\'s \'two words\', (so) + \\d'", text(r"it's 'two words', (so) + \\d")),
            (r"a:b\+c\'d", text("b+c'd")),
            ("a:новости", text("новости")),
            ("a:now", text("now")),
            ("a:nowhere-1d", text("nowhere-1d")),
            ("a:now-1x", text("now-1x")),
        ] {
            assert_eq!(test(filter), Test::OneOf(vec![value]), "{filter}");
        }
    }

    #[test]
    fn tests_have_their_signs() {
        let two = vec![text("x"), text("y")];
        for (filter, wanted) in [
            ("a:-x", Test::NoneOf(vec![text("x")])),
            ("a:-null", Test::NoneOf(vec![Value::Null])),
            ("a:[x,y]", Test::OneOf(two.clone())),
            ("a:[ x , y ]", Test::OneOf(two.clone())),
            ("a:-[x,y]", Test::NoneOf(two.clone())),
            ("a:[x+y]", Test::Each(two)),
            ("a:[x]", Test::OneOf(vec![text("x")])),
            ("a:>x", Test::Compare(Compare::More, text("x"))),
            ("a:>='x'", Test::Compare(Compare::AtLeast, text("x"))),
            ("a:<2025-01-01", Test::Compare(Compare::Less, text("2025-01-01"))),
            ("a:<=x", Test::Compare(Compare::AtMost, text("x"))),
            ("a:~'x y'", Test::Within(Within::Anywhere, "x y".to_owned(), false)),
            ("a:~^'x'", Test::Within(Within::Start, "x".to_owned(), false)),
            ("a:~$'x'", Test::Within(Within::End, "x".to_owned(), false)),
            ("a:-~'x'", Test::Within(Within::Anywhere, "x".to_owned(), true)),
        ] {
            assert_eq!(test(filter), wanted, "{filter}");
        }
    }

    #[test]
    fn moments_are_counted_from_now_on_the_calendar() {
        for (filter, moment) in [
            ("a:>now-1d", "2025-07-10T18:00:00Z"),
            ("a:>now+2h", "2025-07-11T20:00:00Z"),
            ("a:>now-1M", "2025-06-11T18:00:00Z"),
            ("a:>now-1y", "2024-07-11T18:00:00Z"),
            ("a:>now-2w", "2025-06-27T18:00:00Z"),
        ] {
            let Test::Compare(_, Value::Moment(at)) = test(filter) else { panic!("{filter}") };
            assert_eq!(at.to_string(), moment, "{filter}");
        }
        assert_eq!(read("a:>now-1d+b:2"), Filter::All(vec![read("a:>now-1d"), is("b", "2")]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (filter, said) in [
            ("", "a name at character 1"),
            ("x", "`:` at character 2"),
            ("a:", "a value at character 3"),
            ("a:b c", "`+`, `,` or the end at character 5"),
            ("a:b+", "a name at character 5"),
            ("(a:b", "`)` at character 5"),
            ("a:b)", "`+`, `,` or the end at character 4"),
            ("a:[b", "`]` at character 5"),
            ("a:[b+c,d]", "`]` at character 7"),
            ("a:[]", "a value at character 4"),
            ("a:'b", "a text that ends with a single quote at character 3"),
            ("a:~b", "a text in single quotes at character 4"),
            ("a:--b", "a value at character 4"),
            ("1a:b", "a name at character 1"),
            ("a : b", "`:` at character 2"),
        ] {
            let wrong = parse(filter, NOW).expect_err(filter).to_string();
            assert!(wrong.contains(said), "{filter}: {wrong}");
        }
    }

    #[test]
    fn a_filter_without_end_is_refused() {
        let many = vec!["a:1"; MOST + 1].join(",");
        assert_eq!(parse(&many, NOW), Err(Wrong::TooMuch));
        assert_eq!(parse(&format!("a:[{}]", vec!["1"; MOST + 1].join(",")), NOW), Err(Wrong::TooMuch));
        let deep = format!("{}a:1{}", "(".repeat(2_000), ")".repeat(2_000));
        assert_eq!(parse(&deep, NOW), Err(Wrong::TooMuch));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(text in "[a-z:+,()\\[\\]'~^$<>=\\\\ now0-9-]{0,60}") {
            drop(parse(&text, NOW));
        }
    }
}
