//! The desk's list of stories in every state, and search as one types.
//!
//! `story_desk` has a narrow row for each story, kept by whatever writes the story. `story_word` has the folded words of
//! its headline and standfirst; a story without any is one that was imported or restored and waits to be indexed, which
//! [`story_unindexed`] finds.

use std::collections::BTreeMap;

use model::{Language, SectionId, StaffId, Story, StoryId, StoryState, Timestamp};

use crate::{
    Error, Tx,
    search::{Found, Search, Searched, Total, Value, Values, fetch_values},
    sql::{Fields, number},
    story::{StoryHead, head_columns, story_id},
};

/// Which stories the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// In this state.
    pub state: Option<StoryState>,
    /// In this language.
    pub language: Option<Language>,
    /// In this section.
    pub section: Option<SectionId>,
    /// Of this person.
    pub owner: Option<StaffId>,
    /// With all these words, or beginnings of words, in headline or standfirst; folded.
    pub words: Vec<String>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// The story.
    pub head: StoryHead,
    /// When somebody last changed it.
    pub touched_at: Timestamp,
    /// Who; empty when that was not at the desk.
    pub touched_by: String,
}

/// Puts a story into the list, or moves it to where it belongs by now.
pub(crate) async fn stand_in_list(tx: &mut Tx, story: &Story) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO story_desk (story, state, language, section, touched_at, touched_by)
        VALUES ($1, $2, $3, $4, $5, '')
        ON CONFLICT (story) DO UPDATE SET state = excluded.state, language = excluded.language,
            section = excluded.section";
    let touched = story.updated_at.or(story.published_at).unwrap_or(story.created_at);
    execute!(
        tx,
        SQL,
        story.id.0,
        story.state.as_str(),
        story.language.as_str(),
        story.section.map(|id| id.0),
        touched.as_millis(),
    )?;
    Ok(())
}

/// Says who changed a story last, and when.
///
/// # Errors
/// When the query fails.
pub async fn story_touch(tx: &mut Tx, story: StoryId, now: Timestamp, by: &str) -> Result<(), Error> {
    let sql = "UPDATE story_desk SET touched_at = $2, touched_by = $3 WHERE story = $1";
    execute!(tx, sql, story.0, now.as_millis(), by)?;
    Ok(())
}

/// Waits until no other transaction is changing a story at the desk, and keeps others waiting until this one ends. SQLite
/// has one writer anyway; on PostgreSQL the row's lock does it.
///
/// # Errors
/// When the query fails.
pub async fn story_hold(tx: &mut Tx, story: StoryId) -> Result<(), Error> {
    execute!(tx, "UPDATE story_desk SET touched_at = touched_at WHERE story = $1", story.0)?;
    Ok(())
}

/// Sets the words by which a story is found. There is always at least one, so that it counts as indexed.
///
/// # Errors
/// When the query fails.
pub async fn story_words_set(tx: &mut Tx, story: StoryId, words: &[String]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_word WHERE story = $1", story.0)?;
    let none = [String::new()];
    let words = if words.is_empty() { &none[..] } else { words };
    insert_rows!(tx, "INSERT INTO story_word (word, story)", "ON CONFLICT DO NOTHING", 2, words,
        word => [word.as_str(), story.0]);
    Ok(())
}

/// Forgets the words of a story, so that it is indexed anew.
///
/// # Errors
/// When the query fails.
pub async fn story_words_forget(tx: &mut Tx, story: StoryId) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_word WHERE story = $1", story.0)?;
    Ok(())
}

/// Stories after an id that nobody can find yet: id, headline, standfirst.
///
/// # Errors
/// When the query fails.
pub async fn story_unindexed(tx: &mut Tx, after: StoryId, limit: i64) -> Result<Vec<(StoryId, String, String)>, Error> {
    const SQL: &str = "SELECT s.id, s.headline, s.standfirst FROM story s
                       WHERE s.id > $1 AND NOT EXISTS (SELECT 1 FROM story_word w WHERE w.story = s.id)
                       ORDER BY s.id LIMIT $2";
    fetch_all!(tx, texts, SQL, after.0, limit)
}

fn texts<R: Fields>(row: &R) -> Result<(StoryId, String, String), Error> {
    Ok((story_id(row)?, row.get("headline")?, row.get("standfirst")?))
}

/// Puts stories that stand in no list there, as a restored backup has them; how many.
///
/// # Errors
/// When the query fails.
pub async fn story_desk_fill(tx: &mut Tx) -> Result<u64, Error> {
    execute!(
        tx,
        "INSERT INTO story_desk (story, state, language, section, touched_at, touched_by)
         SELECT s.id, s.state, s.language, s.section, coalesce(s.updated_at, s.published_at, s.created_at), ''
         FROM story s WHERE NOT EXISTS (SELECT 1 FROM story_desk d WHERE d.story = s.id)"
    )
}

/// The condition of a filter but for its words, its values numbered from `$1`.
fn condition(filter: &DeskFilter) -> (String, Values) {
    let (mut parts, mut values) = (vec!["TRUE".to_owned()], Values::default());
    if let Some(state) = filter.state {
        parts.push(format!("d.state = {}", values.bind(Value::Text(state.as_str().to_owned()))));
    }
    if let Some(language) = &filter.language {
        parts.push(format!("d.language = {}", values.bind(Value::Text(language.to_string()))));
    }
    if let Some(section) = filter.section {
        parts.push(format!("d.section = {}", values.bind(Value::Id(section.0))));
    }
    if let Some(owner) = filter.owner {
        let owner = values.bind(Value::Id(owner.0));
        parts.push(format!("d.story IN (SELECT story FROM story_staff WHERE staff = {owner})"));
    }
    (parts.join(" AND "), values)
}

/// A page of the list, last touched first. All are counted, but of those that have words no more than
/// [`crate::COUNTED_MOST`], or as many as there are up to the end of this page.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn desk_list(tx: &mut Tx, filter: &DeskFilter, limit: i64, offset: i64) -> Result<Found<DeskRow>, Error> {
    let (condition, values) = condition(filter);
    if !filter.words.is_empty() {
        return Search::new(&filter.words, condition, values).page(tx, limit, offset).await;
    }
    let page = format!(
        "SELECT {} FROM {} WHERE {condition} ORDER BY {} LIMIT {limit} OFFSET {offset}",
        DeskRow::KEYS,
        DeskRow::LIST,
        DeskRow::ORDER
    );
    let rows = fetch_values!(tx, DeskRow::read, DeskRow::lines(&page), values.clone().0)?;
    let total = match Found::told_by(&rows, limit, offset) {
        Some(total) => total,
        None => {
            let sql = format!("SELECT count(*) AS n FROM story_desk d WHERE {condition}");
            Total::Exactly(fetch_values!(tx, number, sql, values.0)?.first().copied().unwrap_or_default())
        }
    };
    Ok(Found { rows, total })
}

impl Searched for DeskRow {
    const WORDS: &'static str = "story_word";
    const OF: &'static str = "story";
    const LIST: &'static str = "story_desk d";
    const ID: &'static str = "d.story";
    // What the list's indexes have, so that a walk reads nothing else.
    const KEYS: &'static str = "d.story, d.touched_at";
    const ORDER: &'static str = "touched_at DESC, story DESC";
    const FIRST: &'static str = "d.touched_at";

    fn lines(page: &str) -> String {
        format!(
            concat!(
                "SELECT ",
                head_columns!(),
                ", t.touched_by, l.* FROM ({}) l JOIN story_desk t ON t.story = l.story \
                 JOIN story s ON s.id = l.story ORDER BY l.touched_at DESC, l.story DESC"
            ),
            page
        )
    }

    fn read<R: Fields>(row: &R) -> Result<Self, Error> {
        Ok(Self {
            head: crate::story::head(row)?,
            touched_at: row.time("touched_at")?,
            touched_by: row.get("touched_by")?,
        })
    }

    fn first<R: Fields>(row: &R) -> Result<Value, Error> {
        Ok(Value::Number(row.get("first")?))
    }
}

/// How many stories are in each state.
///
/// # Errors
/// When the query fails.
pub async fn desk_states(tx: &mut Tx) -> Result<BTreeMap<String, i64>, Error> {
    let rows = fetch_all!(tx, counted, "SELECT state, count(*) AS n FROM story_desk GROUP BY state")?;
    Ok(rows.into_iter().collect())
}

fn counted<R: Fields>(row: &R) -> Result<(String, i64), Error> {
    Ok((row.get("state")?, number(row)?))
}

/// The stories that are due next, the earliest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_scheduled(tx: &mut Tx, limit: i64) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM story s WHERE s.state = 'scheduled' ORDER BY s.published_at, s.id LIMIT $1"
    );
    fetch_all!(tx, crate::story::head, SQL, limit)
}
