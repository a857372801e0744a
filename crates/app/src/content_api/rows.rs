//! Lists that are short in any newsroom (tags, authors, pages) are filtered and put in order here, as they are told.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};
use store::Compare;

use super::{
    nql::{Filter, Test, Value},
    query::Query,
    refusal::Refusal,
    select::{has, read_moment, unknown},
};

/// A thing as it is told.
pub(super) type Row = Map<String, Json>;

/// What a name of a filter or an order stands for in a row; `count.posts` is a part of a part.
fn value<'a>(row: &'a Row, name: &str) -> Option<&'a Json> {
    match name.split_once('.') {
        Some((outer, inner)) => row.get(outer)?.get(inner),
        None => row.get(name),
    }
}

/// Refuses a filter that asks for what such rows have not; `names` are what they have.
pub(super) fn check(filter: Option<&Filter>, names: &[&str], doing: &'static str) -> Result<(), Refusal> {
    match filter {
        None => Ok(()),
        Some(Filter::All(parts) | Filter::Any(parts)) => {
            parts.iter().try_for_each(|part| check(Some(part), names, doing))
        }
        Some(Filter::Is(name, _)) if names.contains(&name.as_str()) => Ok(()),
        Some(Filter::Is(name, _)) => Err(unknown(doing, name)),
    }
}

/// The rows of the asked page, and how many there are on all pages. `order` stands in when none is asked for.
pub(super) fn page(rows: Vec<Row>, query: &Query, order: &[(&str, bool)]) -> (Vec<Row>, i64) {
    let mut rows: Vec<Row> = match &query.filter {
        Some(filter) => rows.into_iter().filter(|row| meets(row, filter)).collect(),
        None => rows,
    };
    let asked: Vec<(&str, bool)> = query.order.iter().map(|(name, high)| (name.as_str(), *high)).collect();
    rows.sort_by(|one, other| {
        let by = asked.iter().chain(order).map(|(name, high)| {
            let ordering = compare(value(one, name), value(other, name));
            if *high { ordering.reverse() } else { ordering }
        });
        by.fold(Ordering::Equal, Ordering::then)
    });
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.limit).unwrap_or_default();
    (rows.into_iter().skip(skip).take(take).collect(), total)
}

fn compare(one: Option<&Json>, other: Option<&Json>) -> Ordering {
    match (one, other) {
        (Some(Json::Number(one)), Some(Json::Number(other))) => one.as_i64().cmp(&other.as_i64()),
        (Some(Json::String(one)), Some(Json::String(other))) => {
            one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
        }
        (Some(Json::Bool(one)), Some(Json::Bool(other))) => one.cmp(other),
        // What is not there comes first, as in SQLite.
        (one, other) => one.is_some_and(|v| !v.is_null()).cmp(&other.is_some_and(|v| !v.is_null())),
    }
}

fn meets(row: &Row, filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) => parts.iter().all(|part| meets(row, part)),
        Filter::Any(parts) => parts.iter().any(|part| meets(row, part)),
        Filter::Is(name, test) => tested(value(row, name).unwrap_or(&Json::Null), test),
    }
}

fn tested(told: &Json, test: &Test) -> bool {
    match test {
        Test::OneOf(values) => values.iter().any(|value| equal(told, value)),
        Test::NoneOf(values) => !values.iter().any(|value| equal(told, value)),
        Test::Each(values) => values.iter().all(|value| equal(told, value)),
        Test::Compare(sign, value) => ordered(told, value).is_some_and(|ordering| match sign {
            Compare::Less => ordering.is_lt(),
            Compare::AtMost => ordering.is_le(),
            Compare::More => ordering.is_gt(),
            Compare::AtLeast => ordering.is_ge(),
        }),
        Test::Within(within, part, not) => told.as_str().is_some_and(|told| has(told, *within, part)) != *not,
    }
}

fn equal(told: &Json, value: &Value) -> bool {
    match (told, value) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(told), Value::Flag(flag)) => told == flag,
        (Json::Bool(told), Value::Text(text)) => text.as_str() == if *told { "1" } else { "0" },
        _ => ordered(told, value) == Some(Ordering::Equal),
    }
}

/// How what is told lies to a value; `None` when the two can't be compared.
fn ordered(told: &Json, value: &Value) -> Option<Ordering> {
    match (told, value) {
        (Json::Number(told), Value::Text(text)) => Some(told.as_i64()?.cmp(&text.parse().ok()?)),
        (Json::String(told), Value::Moment(at)) => Some(read_moment(told)?.cmp(at)),
        (Json::String(told), Value::Text(text)) => match (read_moment(told), read_moment(text)) {
            (Some(told), Some(at)) => Some(told.cmp(&at)),
            _ => Some(told.as_str().cmp(text)),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;
    use serde_json::json;

    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name: &str, posts: i64, about: Option<&str>| {
            let row = json!({ "name": name, "count": { "posts": posts }, "description": about, "at": "2025-07-11" });
            row.as_object().cloned().unwrap_or_default()
        };
        vec![row("Sea", 3, None), row("Harbour", 12, Some("Ships")), row("air", 7, Some("Wind"))]
    }

    fn names(query: &str) -> Vec<String> {
        let query = Query::parse(query, "list tags", Timestamp::from_millis(0)).unwrap();
        let (rows, _) = page(rows(), &query, &[("name", false)]);
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn rows_are_filtered_ordered_and_cut_into_pages() {
        for (query, wanted) in [
            ("", ["air", "Harbour", "Sea"].as_slice()),
            ("order=count.posts%20desc", &["Harbour", "air", "Sea"]),
            ("limit=1&page=2", &["Harbour"]),
            ("page=9", &[]),
            ("filter=description:null", &["Sea"]),
            ("filter=description:-null", &["air", "Harbour"]),
            ("filter=count.posts:>3", &["air", "Harbour"]),
            ("filter=count.posts:3", &["Sea"]),
            ("filter=name:[Sea,Harbour]", &["Harbour", "Sea"]),
            ("filter=name:-[Sea,Harbour]", &["air"]),
            ("filter=name:~'A'", &["air", "Harbour", "Sea"]),
            ("filter=name:~^'h'", &["Harbour"]),
            ("filter=name:-~$'r'", &["Sea"]),
            ("filter=at:<2025-07-12%2Bcount.posts:<=3", &["Sea"]),
        ] {
            assert_eq!(names(query), wanted, "{query}");
        }
    }

    #[test]
    fn names_that_rows_have_not_are_refused() {
        let filter = Query::parse("filter=name:a,(secret:b)", "list tags", Timestamp::from_millis(0)).unwrap().filter;
        let refused = check(filter.as_ref(), &["name"], "list tags").unwrap_err();
        assert_eq!(refused.status(), 422);
        assert!(check(filter.as_ref(), &["name", "secret"], "list tags").is_ok());
    }
}
