//! From a filter to a condition on stories. What it says of tags and authors is looked up first, so that the database
//! is asked for ids.

use std::collections::BTreeSet;

use model::{Byline, Section, StoryId, Timestamp, Topic};
use store::{Compare, Condition, StoryKey, StoryOrder, StoryText, StoryTime, Tx};

use super::{
    ids,
    nql::{Filter, Test, Value},
    refusal::Refusal,
};

/// What a name of a filter stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Id,
    Text(StoryText),
    Time(StoryTime),
    Tag,
    MainTag,
    Author,
    FirstAuthor,
    Featured,
    Photo,
    /// The same for every story that is told.
    Always(&'static str),
}

fn name(text: &str) -> Option<Name> {
    Some(match text {
        "id" | "uuid" | "comment_id" => Name::Id,
        "slug" => Name::Text(StoryText::Slug),
        "title" => Name::Text(StoryText::Headline),
        "custom_excerpt" | "excerpt" => Name::Text(StoryText::Standfirst),
        "locale" => Name::Text(StoryText::Language),
        "published_at" => Name::Time(StoryTime::Published),
        "updated_at" => Name::Time(StoryTime::Changed),
        "created_at" => Name::Time(StoryTime::Created),
        "tag" | "tags" | "tag.slug" | "tags.slug" => Name::Tag,
        "primary_tag" | "primary_tag.slug" => Name::MainTag,
        "author" | "authors" | "author.slug" | "authors.slug" => Name::Author,
        "primary_author" | "primary_author.slug" => Name::FirstAuthor,
        "featured" => Name::Featured,
        "feature_image" => Name::Photo,
        "visibility" | "tags.visibility" => Name::Always("public"),
        "status" => Name::Always("published"),
        "type" => Name::Always("post"),
        "page" => Name::Always("false"),
        _ => return None,
    })
}

/// A refusal of a filter that asks for what there is not.
pub(super) fn unknown(doing: &'static str, text: &str) -> Refusal {
    Refusal::Invalid(doing, format!("There is nothing called `{text}` to filter by."))
}

fn senseless(text: &str) -> Refusal {
    Refusal::Invalid("list posts", format!("`{text}` can't be filtered in this way."))
}

/// Tags and authors that a filter speaks of.
#[derive(Debug, Default)]
struct Filed {
    sections: Vec<Section>,
    topics: Vec<Topic>,
    bylines: Vec<Byline>,
}

/// The condition that a filter on stories stands for.
pub(super) async fn condition(tx: &mut Tx, filter: Option<&Filter>) -> Result<Condition, Refusal> {
    let Some(filter) = filter else { return Ok(Condition::All(Vec::new())) };
    let filed = filed(tx, filter).await?;
    compile(filter, &filed)
}

/// Looks up what a filter says of tags and authors: those it names, or all of them if it asks for parts of names.
async fn filed(tx: &mut Tx, filter: &Filter) -> Result<Filed, Refusal> {
    let (mut tags, mut authors) = (Wanted::default(), Wanted::default());
    gather(filter, &mut tags, &mut authors);
    let mut filed = Filed::default();
    if tags.all || !tags.slugs.is_empty() {
        filed.sections = store::section_all(tx).await?;
    }
    if tags.all {
        filed.topics = store::topic_all(tx).await?;
    } else {
        for slug in &tags.slugs {
            filed.topics.extend(store::topic_by_slug(tx, slug).await?);
        }
    }
    if authors.all {
        filed.bylines = store::byline_all(tx).await?;
    } else {
        for slug in &authors.slugs {
            filed.bylines.extend(store::byline_by_slug(tx, slug).await?);
        }
    }
    Ok(filed)
}

#[derive(Debug, Default)]
struct Wanted {
    slugs: BTreeSet<String>,
    all: bool,
}

fn gather(filter: &Filter, tags: &mut Wanted, authors: &mut Wanted) {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().for_each(|part| gather(part, tags, authors)),
        Filter::Is(text, test) => {
            let wanted = match name(text) {
                Some(Name::Tag | Name::MainTag) => tags,
                Some(Name::Author | Name::FirstAuthor) => authors,
                Some(Name::Id | Name::Text(_) | Name::Time(_) | Name::Featured | Name::Photo | Name::Always(_))
                | None => return,
            };
            match test {
                Test::OneOf(values) | Test::NoneOf(values) | Test::Each(values) => {
                    wanted.slugs.extend(values.iter().filter_map(text_of));
                }
                Test::Within(..) => wanted.all = true,
                Test::Compare(..) => {}
            }
        }
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Null | Value::Moment(_) => None,
    }
}

fn compile(filter: &Filter, filed: &Filed) -> Result<Condition, Refusal> {
    let each = |parts: &[Filter]| parts.iter().map(|part| compile(part, filed)).collect::<Result<Vec<_>, _>>();
    match filter {
        Filter::All(parts) => Ok(Condition::All(each(parts)?)),
        Filter::Any(parts) => Ok(Condition::Any(each(parts)?)),
        Filter::Is(text, test) => {
            let name = name(text).ok_or_else(|| unknown("list posts", text))?;
            tested(name, text, test, filed)
        }
    }
}

/// One test, with its lists taken apart.
fn tested(name: Name, text: &str, test: &Test, filed: &Filed) -> Result<Condition, Refusal> {
    let one = |value: &Value| equal(name, text, value, filed);
    let each = |values: &[Value]| values.iter().map(one).collect::<Result<Vec<_>, _>>();
    match test {
        Test::OneOf(values) => Ok(Condition::Any(each(values)?)),
        Test::NoneOf(values) => Ok(Condition::Not(Box::new(Condition::Any(each(values)?)))),
        Test::Each(values) => Ok(Condition::All(each(values)?)),
        Test::Compare(compare, value) => compared(name, text, *compare, value),
        Test::Within(within, part, not) => {
            let found = within_text(name, text, *within, part, filed)?;
            Ok(if *not { Condition::Not(Box::new(found)) } else { found })
        }
    }
}

const NOTHING: Condition = Condition::Any(Vec::new());

fn always(yes: bool) -> Condition {
    if yes { Condition::All(Vec::new()) } else { NOTHING }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn equal(name: Name, text: &str, value: &Value, filed: &Filed) -> Result<Condition, Refusal> {
    let slug = text_of(value);
    let slug = slug.as_deref();
    let null = *value == Value::Null;
    Ok(match name {
        Name::Id => {
            slug.and_then(ids::range).map_or(NOTHING, |(first, last)| Condition::Ids(StoryId(first), StoryId(last)))
        }
        Name::Text(StoryText::Standfirst) if null => Condition::Text(StoryText::Standfirst, vec![String::new()]),
        Name::Text(column) => slug.map_or(NOTHING, |slug| Condition::Text(column, vec![slug.to_owned()])),
        Name::Time(_) if null => NOTHING,
        Name::Time(column) => {
            // Times are told to the second by most clients.
            let at = moment(text, value)?;
            let end = Condition::Time(column, Compare::Less, at.plus_millis(1_000));
            Condition::All(vec![Condition::Time(column, Compare::AtLeast, at), end])
        }
        Name::Tag if null => not(Condition::Any(vec![Condition::HasSection, Condition::HasTopic])),
        Name::MainTag if null => not(Condition::Any(vec![Condition::HasSection, Condition::HasTopic])),
        Name::Tag => tag(filed, |other| Some(other) == slug),
        Name::MainTag => main_tag(filed, |other| Some(other) == slug),
        Name::Author | Name::FirstAuthor if null => not(Condition::HasByline),
        Name::Author => Condition::Byline(bylines(filed, |other| Some(other) == slug)),
        Name::FirstAuthor => Condition::FirstByline(bylines(filed, |other| Some(other) == slug)),
        Name::Featured => match value {
            Value::Flag(true) => Condition::OnFront,
            Value::Flag(false) => not(Condition::OnFront),
            Value::Null | Value::Text(_) | Value::Moment(_) => return Err(senseless(text)),
        },
        Name::Photo if null => not(Condition::HasPhoto),
        Name::Photo => return Err(senseless(text)),
        Name::Always(same) => always(slug == Some(same)),
    })
}

fn compared(name: Name, text: &str, compare: Compare, value: &Value) -> Result<Condition, Refusal> {
    match name {
        Name::Time(column) => Ok(Condition::Time(column, compare, moment(text, value)?)),
        Name::Text(column) => {
            let value = text_of(value).ok_or_else(|| senseless(text))?;
            Ok(Condition::TextCompare(column, compare, value))
        }
        Name::Id
        | Name::Tag
        | Name::MainTag
        | Name::Author
        | Name::FirstAuthor
        | Name::Featured
        | Name::Photo
        | Name::Always(_) => Err(senseless(text)),
    }
}

fn within_text(name: Name, text: &str, within: store::Within, part: &str, filed: &Filed) -> Result<Condition, Refusal> {
    let holds = |slug: &str| has(slug, within, part);
    Ok(match name {
        Name::Text(column) => Condition::TextWithin(column, within, part.to_owned()),
        Name::Tag => tag(filed, holds),
        Name::MainTag => main_tag(filed, holds),
        Name::Author => Condition::Byline(bylines(filed, holds)),
        Name::FirstAuthor => Condition::FirstByline(bylines(filed, holds)),
        Name::Always(same) => always(holds(same)),
        Name::Id | Name::Time(_) | Name::Featured | Name::Photo => return Err(senseless(text)),
    })
}

/// Whether a text has another one in it, whatever the case of letters.
pub(super) fn has(text: &str, within: store::Within, part: &str) -> bool {
    let (text, part) = (text.to_lowercase(), part.to_lowercase());
    match within {
        store::Within::Anywhere => text.contains(&part),
        store::Within::Start => text.starts_with(&part),
        store::Within::End => text.ends_with(&part),
    }
}

fn sections(filed: &Filed, wanted: impl Fn(&str) -> bool) -> Condition {
    let found = filed.sections.iter().filter(|section| wanted(section.slug.as_str()));
    Condition::Section(found.map(|section| section.id).collect())
}

fn topics(filed: &Filed, wanted: impl Fn(&str) -> bool) -> Vec<model::TopicId> {
    filed.topics.iter().filter(|topic| wanted(topic.slug.as_str())).map(|topic| topic.id).collect()
}

fn bylines(filed: &Filed, wanted: impl Fn(&str) -> bool) -> Vec<model::BylineId> {
    filed.bylines.iter().filter(|byline| wanted(byline.slug.as_str())).map(|byline| byline.id).collect()
}

/// A tag is a section or a topic.
fn tag(filed: &Filed, wanted: impl Fn(&str) -> bool) -> Condition {
    let (section, topics) = (sections(filed, &wanted), topics(filed, &wanted));
    match (&section, topics.is_empty()) {
        // One condition alone is answered from its own index.
        (_, true) => section,
        (Condition::Section(ids), false) if ids.is_empty() => Condition::Topic(topics),
        (_, false) => Condition::Any(vec![section, Condition::Topic(topics)]),
    }
}

/// The main tag is the section, or the main topic of what stands in none.
fn main_tag(filed: &Filed, wanted: impl Fn(&str) -> bool) -> Condition {
    let (section, topics) = (sections(filed, &wanted), topics(filed, &wanted));
    if topics.is_empty() {
        return section;
    }
    Condition::Any(vec![section, Condition::All(vec![not(Condition::HasSection), Condition::MainTopic(topics)])])
}

fn moment(text: &str, value: &Value) -> Result<Timestamp, Refusal> {
    let at = match value {
        Value::Moment(at) => Some(*at),
        Value::Text(written) => read_moment(written),
        Value::Null | Value::Flag(_) => None,
    };
    at.ok_or_else(|| {
        Refusal::Invalid("list posts", format!("`{text}` is compared with a moment such as '2025-07-11 18:00:00'."))
    })
}

/// A moment as people and Ghost's clients write it; in UTC, unless it says otherwise.
pub(super) fn read_moment(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.into());
    }
    let civil = text.parse::<jiff::civil::DateTime>().ok()?;
    Some(civil.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp().into())
}

/// The order of stories; names that there are not are passed over, as Ghost does.
pub(super) fn order(order: &[(String, bool)]) -> Vec<StoryOrder> {
    let key = |text: &str| {
        Some(match name(text)? {
            Name::Id => StoryKey::Id,
            Name::Text(column) => StoryKey::Text(column),
            Name::Time(column) => StoryKey::Time(column),
            Name::Featured => StoryKey::Front,
            Name::Tag | Name::MainTag | Name::Author | Name::FirstAuthor | Name::Photo | Name::Always(_) => {
                return None;
            }
        })
    };
    order.iter().filter_map(|(text, high)| Some((key(text)?, *high))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        for (text, moment) in [
            ("2025-07-11", "2025-07-11T00:00:00Z"),
            ("2025-07-11 18:30:00", "2025-07-11T18:30:00Z"),
            ("2025-07-11T18:30:00Z", "2025-07-11T18:30:00Z"),
            ("2025-07-11T18:30:00.000+03:00", "2025-07-11T15:30:00Z"),
        ] {
            assert_eq!(read_moment(text).unwrap().to_string(), moment, "{text}");
        }
        assert_eq!(read_moment("yesterday"), None);
    }
}
