//! Published stories by any condition, for programs that ask for them: conditions are values, and only here do they
//! become SQL. What somebody asked for is always bound, never part of the statement's text.
//!
//! Only published stories are found, whatever the condition says. Without a condition, and in the order of publication,
//! a page is read from an index that holds that order.

use model::{BylineId, SectionId, StoryId, Timestamp, TopicId};
use uuid::Uuid;

use crate::{Error, Tx, sql::number, story::story_id};

/// A column that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryText {
    /// The slug.
    Slug,
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// The language's tag.
    Language,
}

impl StoryText {
    fn column(self) -> &'static str {
        match self {
            Self::Slug => "s.slug",
            Self::Headline => "s.headline",
            Self::Standfirst => "s.standfirst",
            Self::Language => "s.language",
        }
    }
}

/// A column that holds a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryTime {
    /// First publication.
    Published,
    /// The last change that readers were told of, else the publication.
    Changed,
    /// When it was begun.
    Created,
}

impl StoryTime {
    fn column(self) -> &'static str {
        match self {
            Self::Published => "s.published_at",
            Self::Changed => "coalesce(s.updated_at, s.published_at)",
            Self::Created => "s.created_at",
        }
    }
}

/// How a value lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
}

impl Compare {
    fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// Where in a text another one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Anywhere.
    Anywhere,
    /// At its beginning.
    Start,
    /// At its end.
    End,
}

/// What is asked of a published story.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every one of these; of none, anything.
    All(Vec<Condition>),
    /// One of these; of none, nothing.
    Any(Vec<Condition>),
    /// The contrary.
    Not(Box<Condition>),
    /// Ids from the first to the last.
    Ids(StoryId, StoryId),
    /// A text is one of these.
    Text(StoryText, Vec<String>),
    /// A text lies so to this one.
    TextCompare(StoryText, Compare, String),
    /// A text has this one in it, whatever the case of its Latin letters.
    TextWithin(StoryText, Within, String),
    /// A moment lies so to this one.
    Time(StoryTime, Compare, Timestamp),
    /// Stands in one of these sections.
    Section(Vec<SectionId>),
    /// Stands in some section.
    HasSection,
    /// Is about one of these topics.
    Topic(Vec<TopicId>),
    /// Has one of these as its main topic.
    MainTopic(Vec<TopicId>),
    /// Is about something.
    HasTopic,
    /// Is signed with one of these bylines.
    Byline(Vec<BylineId>),
    /// Is signed with one of these first.
    FirstByline(Vec<BylineId>),
    /// Is signed.
    HasByline,
    /// Has a lead photo.
    HasPhoto,
    /// Stands on a front page by an editor's choice.
    OnFront,
}

/// What stories are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryKey {
    /// Their ids.
    Id,
    /// A text.
    Text(StoryText),
    /// A moment.
    Time(StoryTime),
    /// Those on a front page after the others.
    Front,
}

const ON_FRONT: &str = "EXISTS (SELECT 1 FROM front f WHERE f.story = s.id)";

impl StoryKey {
    fn expression(self) -> &'static str {
        match self {
            Self::Id => "s.id",
            Self::Text(text) => text.column(),
            Self::Time(time) => time.column(),
            Self::Front => "CASE WHEN EXISTS (SELECT 1 FROM front f WHERE f.story = s.id) THEN 1 ELSE 0 END",
        }
    }
}

/// A key, and whether the highest comes first.
pub type StoryOrder = (StoryKey, bool);

/// A value that is bound.
#[derive(Debug, Clone)]
enum Bound {
    Text(String),
    Number(i64),
    Id(Uuid),
}

/// A condition as SQL.
#[derive(Debug, Default)]
struct Sql {
    text: String,
    bound: Vec<Bound>,
}

impl Sql {
    fn bind(&mut self, value: Bound) {
        self.bound.push(value);
        self.text.push_str(&format!("${}", self.bound.len()));
    }

    fn list(&mut self, before: &str, values: impl Iterator<Item = Bound>, after: &str) {
        self.text.push_str(before);
        self.text.push('(');
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.bind(value);
        }
        self.text.push(')');
        self.text.push_str(after);
    }

    fn joined(&mut self, all: &[Condition], word: &str, of_none: &str) {
        if all.is_empty() {
            return self.text.push_str(of_none);
        }
        for (index, condition) in all.iter().enumerate() {
            self.text.push_str(if index == 0 { "(" } else { word });
            self.condition(condition);
        }
        self.text.push(')');
    }

    fn ids(&mut self, before: &str, ids: impl ExactSizeIterator<Item = Uuid>, after: &str) {
        if ids.len() == 0 {
            return self.text.push_str("1 = 0");
        }
        self.list(before, ids.map(Bound::Id), after);
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(all) => self.joined(all, " AND ", "1 = 1"),
            Condition::Any(any) => self.joined(any, " OR ", "1 = 0"),
            Condition::Not(not) => {
                self.text.push_str("NOT (");
                self.condition(not);
                self.text.push(')');
            }
            Condition::Ids(first, last) => {
                self.text.push_str("s.id BETWEEN ");
                self.bind(Bound::Id(first.0));
                self.text.push_str(" AND ");
                self.bind(Bound::Id(last.0));
            }
            Condition::Text(_, texts) if texts.is_empty() => self.text.push_str("1 = 0"),
            Condition::Text(column, texts) => {
                self.list(&format!("{} IN ", column.column()), texts.iter().cloned().map(Bound::Text), "");
            }
            Condition::TextCompare(column, compare, text) => {
                self.text.push_str(&format!("{} {} ", column.column(), compare.sign()));
                self.bind(Bound::Text(text.clone()));
            }
            Condition::TextWithin(column, within, text) => {
                self.text.push_str(&format!("lower({}) LIKE lower(", column.column()));
                self.bind(Bound::Text(pattern(*within, text)));
                self.text.push_str(") ESCAPE '!'");
            }
            Condition::Time(column, compare, at) => {
                self.text.push_str(&format!("{} {} ", column.column(), compare.sign()));
                self.bind(Bound::Number(at.as_millis()));
            }
            // A story without a section makes `IN` neither true nor false, and its negation too.
            Condition::Section(ids) => {
                self.ids("(s.section IS NOT NULL AND s.section IN ", ids.iter().map(|id| id.0), ")");
            }
            Condition::HasSection => self.text.push_str("s.section IS NOT NULL"),
            Condition::Topic(ids) => self.ids(
                "s.id IN (SELECT l.story FROM story_topic l WHERE l.listed_at IS NOT NULL AND l.topic IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::MainTopic(ids) => self.ids(
                "s.id IN (SELECT l.story FROM story_topic l WHERE l.listed_at IS NOT NULL AND l.position = 0 AND l.topic IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::HasTopic => {
                self.text.push_str("EXISTS (SELECT 1 FROM story_topic l WHERE l.story = s.id)");
            }
            Condition::Byline(ids) => self.ids(
                "s.id IN (SELECT l.story FROM story_byline l WHERE l.listed_at IS NOT NULL AND l.byline IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::FirstByline(ids) => self.ids(
                "s.id IN (SELECT l.story FROM story_byline l WHERE l.listed_at IS NOT NULL AND l.position = 0 AND l.byline IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::HasByline => {
                self.text.push_str("EXISTS (SELECT 1 FROM story_byline l WHERE l.story = s.id)");
            }
            Condition::HasPhoto => self.text.push_str("s.lead_photo IS NOT NULL"),
            Condition::OnFront => self.text.push_str(ON_FRONT),
        }
    }
}

/// A pattern of `LIKE` in which nothing of the text itself has a meaning.
fn pattern(within: Within, text: &str) -> String {
    let plain = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    match within {
        Within::Anywhere => format!("%{plain}%"),
        Within::Start => format!("{plain}%"),
        Within::End => format!("%{plain}"),
    }
}

/// Runs a query whose values are bound one by one.
macro_rules! fetch_bound {
    ($tx:expr, $read:expr, $sql:expr) => {
        on!($tx, connection => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe($sql.text));
            for value in $sql.bound {
                query = match value {
                    Bound::Text(text) => query.bind(text),
                    Bound::Number(number) => query.bind(number),
                    Bound::Id(id) => query.bind(id),
                };
            }
            match query.fetch_all(connection).await {
                Ok(rows) => rows.iter().map($read).collect::<Result<Vec<_>, Error>>(),
                Err(error) => Err(Error::from(error)),
            }
        })
    };
}

/// Ids of published stories that meet a condition, in order; ties by publication, the latest first.
///
/// # Errors
/// When the query fails.
pub async fn story_find(
    tx: &mut Tx,
    condition: &Condition,
    order: &[StoryOrder],
    limit: i64,
    offset: i64,
) -> Result<Vec<StoryId>, Error> {
    let mut sql =
        Sql { text: "SELECT s.id AS id FROM story s WHERE s.state = 'published' AND ".to_owned(), ..Sql::default() };
    sql.condition(condition);
    let latest = [(StoryKey::Time(StoryTime::Published), true), (StoryKey::Id, true)];
    let keys = order.iter().chain(latest.iter().filter(|last| order.iter().all(|(key, _)| *key != last.0)));
    let keys: Vec<String> =
        keys.map(|(key, high)| format!("{} {}", key.expression(), if *high { "DESC" } else { "ASC" })).collect();
    sql.text.push_str(&format!(" ORDER BY {} LIMIT ", keys.join(", ")));
    sql.bind(Bound::Number(limit));
    sql.text.push_str(" OFFSET ");
    sql.bind(Bound::Number(offset));
    fetch_bound!(tx, story_id, sql)
}

/// How many published stories meet a condition.
///
/// # Errors
/// When the query fails.
pub async fn story_find_count(tx: &mut Tx, condition: &Condition) -> Result<i64, Error> {
    let mut sql =
        Sql { text: "SELECT count(*) AS n FROM story s WHERE s.state = 'published' AND ".to_owned(), ..Sql::default() };
    sql.condition(condition);
    Ok(fetch_bound!(tx, number, sql)?.first().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_asked_for_is_part_of_the_statement() {
        let evil = "'; DROP TABLE story; --".to_owned();
        let mut sql = Sql::default();
        sql.condition(&Condition::All(vec![
            Condition::Text(StoryText::Slug, vec![evil.clone(), evil.clone()]),
            Condition::Not(Box::new(Condition::TextWithin(StoryText::Headline, Within::Start, evil))),
            Condition::Any(vec![]),
        ]));
        assert_eq!(sql.text, "(s.slug IN ($1,$2) AND NOT (lower(s.headline) LIKE lower($3) ESCAPE '!') AND 1 = 0)");
        assert_eq!(sql.bound.len(), 3);
    }

    #[test]
    fn signs_of_a_pattern_stand_for_themselves() {
        assert_eq!(pattern(Within::Anywhere, "50%_!"), "%50!%!_!!%");
    }
}
