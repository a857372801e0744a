//! What a request asks for: Ghost's parameters, read and checked.

use model::Timestamp;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::{
    nql::{self, Filter},
    refusal::Refusal,
};

/// Things on a page when nothing is said.
const LIMIT: i64 = 15;
/// Things on a page at most; `all` means as many, as it does since Ghost 6.
const LIMIT_MAX: i64 = 100;

/// The parameters of a request.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// The content key.
    pub(super) key: Option<String>,
    /// What to tell along: `authors`, `tags`, `count.posts`. What there is not is passed over.
    include: Vec<String>,
    /// Which fields to tell; all, when nothing is said.
    fields: Option<Vec<String>>,
    /// In which forms to tell the text.
    formats: Option<Vec<String>>,
    /// Which things.
    pub(super) filter: Option<Filter>,
    /// In which order: names, and whether the highest comes first.
    pub(super) order: Vec<(String, bool)>,
    /// Things on a page.
    pub(super) limit: i64,
    /// Which page, from 1.
    pub(super) page: i64,
}

impl Query {
    /// Reads a query string. `doing` is `list posts` or `read post`, for refusals.
    pub(super) fn parse(text: &str, doing: &'static str, now: Timestamp) -> Result<Self, Refusal> {
        let mut query = Self {
            key: None,
            include: Vec::new(),
            fields: None,
            formats: None,
            filter: None,
            order: Vec::new(),
            limit: LIMIT,
            page: 1,
        };
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let invalid = || Refusal::Invalid(doing, format!("Validation (matches) failed for {name}"));
            match &*name {
                "key" => query.key = Some(value.to_owned()),
                "include" => query.include = listed(value),
                "fields" => query.fields = Some(listed(value)),
                "formats" => query.formats = Some(formats(value, doing)?),
                "filter" => {
                    query.filter = Some(nql::parse(value, now).map_err(|wrong| Refusal::Filter(wrong.to_string()))?);
                }
                "order" => query.order = order(value).ok_or_else(invalid)?,
                "limit" => query.limit = limit(value).ok_or_else(invalid)?,
                "page" => query.page = number(value).ok_or_else(invalid)?.max(1),
                // Ghost passes over what it does not know, such as `absolute_urls` and what proxies add.
                _ => {}
            }
        }
        Ok(query)
    }

    /// Whether something is to be told along.
    pub(super) fn includes(&self, what: &str) -> bool {
        self.include.iter().any(|included| included == what)
    }

    /// Whether a list is put in order by this name.
    pub(super) fn ordered_by(&self, name: &str) -> bool {
        self.order.iter().any(|(key, _)| key == name)
    }

    /// Whether a text is told in this form: as HTML unless something else is said.
    pub(super) fn tells(&self, form: &str) -> bool {
        let field = self.fields.as_ref().is_some_and(|fields| fields.iter().any(|field| field == form));
        match &self.formats {
            Some(formats) => field || formats.iter().any(|format| format == form),
            None if self.fields.is_some() => field,
            None => form == "html",
        }
    }

    /// Whether a field is told.
    pub(super) fn wants(&self, field: &str) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.iter().any(|wanted| wanted == field))
    }

    /// The fields that were asked for, and what is told along.
    pub(super) fn cut(&self, row: Map<String, Value>) -> Value {
        const ALONG: [&str; 5] = ["tags", "authors", "primary_tag", "primary_author", "count"];
        let keep = |name: &str| self.wants(name) || ALONG.contains(&name) || matches!(name, "html" | "plaintext");
        Value::Object(row.into_iter().filter(|(name, _)| keep(name)).collect())
    }

    /// How many things come before this page.
    pub(super) fn offset(&self) -> i64 {
        (self.page - 1).saturating_mul(self.limit)
    }

    /// `meta` of a list.
    pub(super) fn meta(&self, total: i64) -> Value {
        let pages = (total + self.limit - 1).div_euclid(self.limit).max(1);
        // As Ghost counts: a page behind the last one has both neighbours.
        let next = (pages > 1 && self.page != pages).then_some(self.page.saturating_add(1));
        let prev = (pages > 1 && self.page != 1).then(|| self.page - 1);
        json!({ "pagination": {
            "page": self.page, "limit": self.limit, "pages": pages, "total": total, "next": next, "prev": prev,
        } })
    }
}

fn listed(value: &str) -> Vec<String> {
    value.split(',').map(|part| part.trim().to_lowercase()).filter(|part| !part.is_empty()).collect()
}

/// `mobiledoc` and `lexical` are Ghost's own inner forms: they may be asked for and are never told.
fn formats(value: &str, doing: &'static str) -> Result<Vec<String>, Refusal> {
    let formats = listed(value);
    if formats.iter().all(|form| matches!(form.as_str(), "html" | "plaintext" | "mobiledoc" | "lexical")) {
        return Ok(formats);
    }
    Err(Refusal::Invalid(doing, "Validation (AllowedValues) failed for formats".to_owned()))
}

fn number(value: &str) -> Option<i64> {
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    // No newsroom has so many pages; more digits mean the same.
    digits.then(|| value.parse::<i64>().unwrap_or(i64::MAX).min(i64::from(u32::MAX)))
}

fn limit(value: &str) -> Option<i64> {
    match value {
        "all" => Some(LIMIT_MAX),
        "0" => Some(LIMIT),
        digits => Some(number(digits)?.clamp(1, LIMIT_MAX)),
    }
}

fn order(value: &str) -> Option<Vec<(String, bool)>> {
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ',' | '.' | ' ')) {
        return None;
    }
    let rule = |rule: &str| {
        let (name, direction) = rule.trim().split_once(' ').unwrap_or((rule.trim(), "asc"));
        (name.to_lowercase(), direction.trim().eq_ignore_ascii_case("desc"))
    };
    Some(value.split(',').map(rule).filter(|(name, _)| !name.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::parse(text, "list posts", Timestamp::from_millis(0)).unwrap()
    }

    #[test]
    fn pages_are_counted_as_ghost_counts_them() {
        for (query, total, pagination) in [
            ("", 0, json!({"page":1,"limit":15,"pages":1,"total":0,"next":null,"prev":null})),
            ("limit=2", 5, json!({"page":1,"limit":2,"pages":3,"total":5,"next":2,"prev":null})),
            ("limit=2&page=2", 5, json!({"page":2,"limit":2,"pages":3,"total":5,"next":3,"prev":1})),
            ("limit=2&page=3", 5, json!({"page":3,"limit":2,"pages":3,"total":5,"next":null,"prev":2})),
            ("limit=all", 5, json!({"page":1,"limit":100,"pages":1,"total":5,"next":null,"prev":null})),
            ("limit=500", 5, json!({"page":1,"limit":100,"pages":1,"total":5,"next":null,"prev":null})),
            ("limit=0&page=0", 5, json!({"page":1,"limit":15,"pages":1,"total":5,"next":null,"prev":null})),
        ] {
            assert_eq!(read(query).meta(total)["pagination"], pagination, "{query}");
        }
        assert_eq!(read("page=99999999999999999999&limit=100").offset(), (i64::from(u32::MAX) - 1) * 100);
    }

    #[test]
    fn a_value_that_a_parameter_cannot_have_is_refused() {
        for bad in ["limit=many", "page=-1", "order=title;drop", "formats=pdf"] {
            let refused = Query::parse(bad, "list posts", Timestamp::from_millis(0)).unwrap_err();
            assert_eq!(refused.status(), 422, "{bad}");
        }
        let refused = Query::parse("filter=a", "list posts", Timestamp::from_millis(0)).unwrap_err();
        assert_eq!((refused.status().as_u16(), refused.to_string().as_str()), (400, "Error parsing filter"));
    }

    #[test]
    fn texts_are_told_in_the_forms_that_were_asked_for() {
        for (query, html, plaintext) in [
            ("", true, false),
            ("formats=plaintext", false, true),
            ("formats=html,plaintext", true, true),
            ("fields=title", false, false),
            ("fields=title,html", true, false),
            ("fields=title&formats=plaintext", false, true),
        ] {
            assert_eq!((read(query).tells("html"), read(query).tells("plaintext")), (html, plaintext), "{query}");
        }
    }

    #[test]
    fn orders_have_names_and_directions() {
        let order = read("order=published_at%20desc,%20title").order;
        assert_eq!(order, [("published_at".to_owned(), true), ("title".to_owned(), false)]);
    }
}
