//! Finding stories, and counting them. A filter by a topic or a byline alone is answered from its own list.

use model::StoryId;
use uuid::Uuid;

use super::{
    Condition, StoryKey, StoryOrder, StoryText, StoryTime,
    sql::{Bound, Sql},
};
use crate::{Error, Tx, sql::number, story::story_id};

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

/// A condition that the lists of topics or bylines answer alone: a table of theirs, whose ids, and in which languages.
struct Listed {
    table: &'static str,
    column: &'static str,
    ids: Vec<Uuid>,
    languages: Option<Vec<String>>,
}

/// Looks through groups of one.
fn alone(condition: &Condition) -> &Condition {
    match condition {
        Condition::All(parts) | Condition::Any(parts) if parts.len() == 1 => alone(&parts[0]),
        other => other,
    }
}

fn listed(condition: &Condition) -> Option<Listed> {
    let list = |condition: &Condition, languages: Option<Vec<String>>| match alone(condition) {
        Condition::Topic(ids) if !ids.is_empty() => {
            let ids = ids.iter().map(|id| id.0).collect();
            Some(Listed { table: "story_topic", column: "topic", ids, languages })
        }
        Condition::Byline(ids) if !ids.is_empty() => {
            let ids = ids.iter().map(|id| id.0).collect();
            Some(Listed { table: "story_byline", column: "byline", ids, languages })
        }
        _ => None,
    };
    match alone(condition) {
        Condition::All(parts) => match (parts.first().map(alone)?, parts.get(1).map(alone)?, parts.get(2)) {
            (of, Condition::Text(StoryText::Language, languages), None)
            | (Condition::Text(StoryText::Language, languages), of, None)
                if !languages.is_empty() =>
            {
                list(of, Some(languages.clone()))
            }
            _ => None,
        },
        other => list(other, None),
    }
}

impl Listed {
    /// What stands between `SELECT …` and the order.
    fn source(self, select: &str) -> Sql {
        let Self { table, column, ids, languages } = self;
        let mut sql =
            Sql { text: format!("{select} FROM {table} l WHERE l.listed_at IS NOT NULL AND "), ..Sql::default() };
        sql.list(&format!("l.{column} IN "), ids.into_iter().map(Bound::Id), "");
        if let Some(languages) = languages {
            sql.list(" AND l.language IN ", languages.into_iter().map(Bound::Text), "");
        }
        sql
    }
}

/// The order of publication: whether the latest come first.
fn by_publication(order: &[StoryOrder]) -> Option<bool> {
    match order {
        [] => Some(true),
        [(StoryKey::Time(StoryTime::Published), latest)] => Some(*latest),
        _ => None,
    }
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
    let mut sql = match (listed(condition), by_publication(order)) {
        (Some(listed), Some(latest)) => {
            let mut sql = listed.source("SELECT DISTINCT l.story AS id, l.listed_at AS at");
            let direction = if latest { "DESC" } else { "ASC" };
            sql.text.push_str(&format!(" ORDER BY at {direction}, id DESC"));
            sql
        }
        _ => found(condition, order),
    };
    sql.text.push_str(" LIMIT ");
    sql.bind(Bound::Number(limit));
    sql.text.push_str(" OFFSET ");
    sql.bind(Bound::Number(offset));
    fetch_bound!(tx, story_id, sql)
}

fn found(condition: &Condition, order: &[StoryOrder]) -> Sql {
    let select = "SELECT s.id AS id FROM story s WHERE s.state = 'published' AND ";
    let mut sql = Sql { text: select.to_owned(), ..Sql::default() };
    sql.condition(condition);
    let latest = [(StoryKey::Time(StoryTime::Published), true), (StoryKey::Id, true)];
    let keys = order.iter().chain(latest.iter().filter(|last| order.iter().all(|(key, _)| *key != last.0)));
    let keys: Vec<String> =
        keys.map(|(key, high)| format!("{} {}", key.expression(), if *high { "DESC" } else { "ASC" })).collect();
    sql.text.push_str(&format!(" ORDER BY {}", keys.join(", ")));
    sql
}

/// How many published stories meet a condition.
///
/// # Errors
/// When the query fails.
pub async fn story_find_count(tx: &mut Tx, condition: &Condition) -> Result<i64, Error> {
    let sql = match listed(condition) {
        Some(listed) => listed.source("SELECT count(DISTINCT l.story) AS n"),
        None => {
            let select = "SELECT count(*) AS n FROM story s WHERE s.state = 'published' AND ";
            let mut sql = Sql { text: select.to_owned(), ..Sql::default() };
            sql.condition(condition);
            sql
        }
    };
    Ok(fetch_bound!(tx, number, sql)?.first().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use model::{BylineId, TopicId};

    use super::*;

    #[test]
    fn what_lists_answer_alone_is_known() {
        let topic = || Condition::Topic(vec![TopicId(Uuid::from_u128(1))]);
        let english = || Condition::Text(StoryText::Language, vec!["en".to_owned()]);
        let byline = || Condition::Byline(vec![BylineId(Uuid::from_u128(2))]);
        for (condition, table) in [
            (Condition::Any(vec![topic()]), Some("story_topic")),
            (
                Condition::All(vec![Condition::Any(vec![byline()]), Condition::Any(vec![english()])]),
                Some("story_byline"),
            ),
            (Condition::All(vec![english(), topic()]), Some("story_topic")),
            (Condition::All(vec![topic(), byline()]), None),
            (Condition::All(vec![topic(), english(), byline()]), None),
            (Condition::Any(vec![topic(), english()]), None),
            (Condition::Not(Box::new(topic())), None),
            (Condition::All(Vec::new()), None),
        ] {
            assert_eq!(listed(&condition).map(|listed| listed.table), table, "{condition:?}");
        }
    }
}
