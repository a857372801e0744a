//! Search by the beginnings of words, as one types: of stories and of photos alike.
//!
//! Words stand in a table of their own, in their order. What few have is put together from there and sorted. What many
//! have would be a long list to sort, of which a page shows a few lines, so the list is walked in its own order instead,
//! until enough was met that has the words:
//!
//! 1. When one of the words stands in [`RARE_MOST`] places or fewer, what has it is looked at for the other words.
//! 2. When all words are common, the list is walked, [`WALKED_MOST`] lines at most. That mostly fills what is shown, and
//!    counts as far as is counted.
//! 3. Where it does not, words seldom meet, or a late page is asked for: what has the least common word is looked at, or
//!    the whole list when that is more than [`SORTED_MOST`].
//!
//! Each way finds the same; they differ in what they cost. A page and its count come from one statement, so that nothing
//! is looked for twice.

use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// How many are counted at most when something is looked for.
pub const COUNTED_MOST: i64 = 1_000;
/// A word that so many have, or fewer, is rare.
pub const RARE_MOST: i64 = 2_000;
/// Lines of the list that are walked before another way is tried.
pub const WALKED_MOST: i64 = 10_000;
/// The longest list that is put together and sorted; beyond it, walking everything is no slower.
const SORTED_MOST: i64 = 50_000;
/// Words beyond these are not looked for.
const WORDS_MOST: usize = 8;

/// How many there are in all, as far as it was worth counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exactly(i64),
    /// More than so many, which is no less than what was shown so far.
    MoreThan(i64),
}

impl Total {
    /// How far it was counted.
    #[must_use]
    pub fn counted(self) -> i64 {
        match self {
            Self::Exactly(count) | Self::MoreThan(count) => count,
        }
    }

    /// Whether there are more than were counted.
    #[must_use]
    pub fn more(self) -> bool {
        matches!(self, Self::MoreThan(_))
    }

    /// Whether something comes after so many.
    #[must_use]
    pub fn goes_beyond(self, shown: i64) -> bool {
        self.more() || shown < self.counted()
    }
}

/// A page of what was found, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// The page.
    pub rows: Vec<T>,
    /// How many there are on all pages.
    pub total: Total,
}

impl<T> Found<T> {
    /// The total when the page itself tells it: nothing follows a page that is not full.
    pub(crate) fn told_by(rows: &[T], limit: i64, offset: i64) -> Option<Total> {
        let shown = length(rows);
        (shown < limit && (shown > 0 || offset == 0)).then(|| Total::Exactly(offset + shown))
    }
}

fn length<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// A value of a statement whose text is put together.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Id(Uuid),
    Number(i64),
}

/// A condition's values, in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(pub(crate) Vec<Value>);

impl Values {
    /// Adds a value; what stands for it in the text.
    pub(crate) fn bind(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }

    /// What it takes for a word to begin with this one.
    fn begins(&mut self, column: &str, word: &str) -> String {
        let first = self.bind(Value::Text(word.to_owned()));
        let last = self.bind(Value::Text(format!("{word}\u{10ffff}")));
        format!("{column} >= {first} AND {column} < {last}")
    }
}

/// Runs a query whose text was put together and reads each row with a function.
macro_rules! fetch_values {
    ($tx:expr, $read:expr, $sql:expr, $values:expr) => {
        on!($tx, connection => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe($sql));
            for value in $values {
                query = match value {
                    $crate::search::Value::Text(text) => query.bind(text),
                    $crate::search::Value::Id(id) => query.bind(id),
                    $crate::search::Value::Number(number) => query.bind(number),
                };
            }
            match query.fetch_all(connection).await {
                Ok(rows) => rows.iter().map($read).collect::<Result<Vec<_>, $crate::Error>>(),
                Err(error) => Err($crate::Error::from(error)),
            }
        })
    };
}
pub(crate) use fetch_values;

/// What can be searched by words.
pub(crate) trait Searched: Sized {
    /// The table of words.
    const WORDS: &'static str;
    /// Its column that says whose word it is.
    const OF: &'static str;
    /// The list that is walked, under the name that conditions know it by.
    const LIST: &'static str;
    /// The list's column that [`Self::OF`] refers to.
    const ID: &'static str;
    /// The list's columns by which it is sorted: what `found` consists of.
    const KEYS: &'static str;
    /// The order of the list, by names of `found` and of the list alike.
    const ORDER: &'static str;
    /// The first column of the order.
    const FIRST: &'static str;

    /// The query for the lines of a page: `page` is one for a page of `found`, with the number of all of it as `n`.
    fn lines(page: &str) -> String;
    /// Reads a line.
    fn read<R: Fields>(row: &R) -> Result<Self, Error>;
    /// Reads the column `first`, which is [`Self::FIRST`] of some line.
    fn first<R: Fields>(row: &R) -> Result<Value, Error>;
}

/// A query for what is found, as the table `found`.
#[derive(Debug)]
pub(crate) struct Finding {
    /// Without order and limit.
    pub(crate) sql: String,
    pub(crate) values: Values,
    /// Whether there is nothing that it would not find.
    pub(crate) whole: bool,
}

impl Finding {
    fn found<T: Searched>(&self, most: i64) -> String {
        // MATERIALIZED: the page and its count read it, and it is to be put together once.
        format!("WITH found AS MATERIALIZED ({} ORDER BY {} LIMIT {most})", self.sql, T::ORDER)
    }
}

/// How many may have to be known for a page: a count as far as is counted, and whether a page follows.
fn most(limit: i64, offset: i64) -> i64 {
    COUNTED_MOST.max(offset.saturating_add(limit)).saturating_add(1)
}

/// A page of what a query finds that finds everything.
pub(crate) async fn page_of<T: Searched>(
    tx: &mut Tx,
    finding: &Finding,
    limit: i64,
    offset: i64,
) -> Result<Found<T>, Error> {
    let most = most(limit, offset);
    let found = finding.found::<T>(most);
    let page = format!(
        "SELECT found.*, (SELECT count(*) FROM found) AS n FROM found ORDER BY {} LIMIT {limit} OFFSET {offset}",
        T::ORDER
    );
    let sql = [&found, " ", &T::lines(&page)].concat();
    let read = fetch_values!(tx, line, sql, finding.values.clone().0)?;
    let counted = match read.first() {
        Some((_, counted)) => *counted,
        None if offset == 0 => 0,
        // Behind the last page no line is there to say it.
        None => {
            let sql = [&found, " SELECT count(*) AS n FROM found"].concat();
            fetch_values!(tx, number, sql, finding.values.clone().0)?.first().copied().unwrap_or_default()
        }
    };
    let total = if counted < most { Total::Exactly(counted) } else { Total::MoreThan(most - 1) };
    Ok(Found { rows: read.into_iter().map(|(row, _)| row).collect(), total })
}

fn line<T: Searched, R: Fields>(row: &R) -> Result<(T, i64), Error> {
    Ok((T::read(row)?, number(row)?))
}

/// Words, and what else is asked of those that have them.
pub(crate) struct Search<'w> {
    words: &'w [String],
    condition: String,
    values: Values,
}

impl<'w> Search<'w> {
    /// The condition is one on the list, with its values.
    pub(crate) fn new(words: &'w [String], condition: String, values: Values) -> Self {
        Self { words: &words[..words.len().min(WORDS_MOST)], condition, values }
    }

    /// A page of what is found.
    pub(crate) async fn page<T: Searched>(&self, tx: &mut Tx, limit: i64, offset: i64) -> Result<Found<T>, Error> {
        if let Some(few) = self.of_rare_word::<T>(tx).await? {
            return page_of(tx, &few, limit, offset).await;
        }
        // So many lines can't be met on the way.
        if most(limit, offset) <= WALKED_MOST {
            let near = self.near::<T>(tx).await?;
            let found = page_of(tx, &near, limit, offset).await?;
            if near.whole || found.total.more() {
                return Ok(found);
            }
        }
        let far = self.far::<T>(tx).await?;
        page_of(tx, &far, limit, offset).await
    }

    /// From a rare word, if one of them is.
    pub(crate) async fn of_rare_word<T: Searched>(&self, tx: &mut Tx) -> Result<Option<Finding>, Error> {
        let rarest = self.rarest::<T>(tx, RARE_MOST).await?;
        Ok(rarest.map(|rarest| self.of_word::<T>(rarest, Probe::near(tx))))
    }

    /// Among a list of another query, in its order; it stands for the list and its condition.
    pub(crate) fn among<T: Searched>(&self, tx: &Tx, list: &str) -> Finding {
        let mut values = self.values.clone();
        let has = self.words.iter().map(|word| has::<T>(&mut values, word, T::ID, Probe::near(tx)));
        let sql = format!("SELECT {} FROM {list} WHERE {}", T::KEYS, has.collect::<Vec<_>>().join(" AND "));
        Finding { sql, values, whole: true }
    }

    /// Among the first lines of the list.
    async fn near<T: Searched>(&self, tx: &mut Tx) -> Result<Finding, Error> {
        let last = format!(
            "SELECT {} AS first FROM {} WHERE {} ORDER BY {} LIMIT 1 OFFSET {WALKED_MOST}",
            T::FIRST,
            T::LIST,
            self.condition,
            T::ORDER
        );
        let last = fetch_values!(tx, first::<T, _>, last, self.values.clone().0)?;
        Ok(self.walk::<T>(last.into_iter().next(), Probe::near(tx)))
    }

    /// From the least common word, or else among the whole list.
    async fn far<T: Searched>(&self, tx: &mut Tx) -> Result<Finding, Error> {
        Ok(match self.rarest::<T>(tx, SORTED_MOST).await? {
            Some(rarest) => self.of_word::<T>(rarest, Probe::far(tx)),
            None => self.walk::<T>(None, Probe::far(tx)),
        })
    }

    /// Which word stands in the fewest places, if those are so many at most.
    async fn rarest<T: Searched>(&self, tx: &mut Tx, most: i64) -> Result<Option<usize>, Error> {
        let mut rarest = None;
        for (place, word) in self.words.iter().enumerate() {
            let mut values = Values::default();
            let begins = values.begins("word", word);
            // Looked at no further than to learn that it is more.
            let sql =
                format!("SELECT count(*) AS n FROM (SELECT 1 FROM {} WHERE {begins} LIMIT {}) few", T::WORDS, most + 1);
            let count = fetch_values!(tx, number, sql, values.0)?.first().copied().unwrap_or_default();
            if count <= most && rarest.is_none_or(|(least, _)| count < least) {
                rarest = Some((count, place));
            }
        }
        Ok(rarest.map(|(_, place)| place))
    }

    /// Those that have a word, each looked at for the others.
    fn of_word<T: Searched>(&self, rarest: usize, probe: Probe) -> Finding {
        let mut values = self.values.clone();
        let of = format!("w.{}", T::OF);
        let mut parts = vec![values.begins("w.word", &self.words[rarest])];
        let others = self.words.iter().enumerate().filter(|(place, _)| *place != rarest);
        parts.extend(others.map(|(_, word)| has::<T>(&mut values, word, &of, probe)));
        // DISTINCT and CROSS JOIN: put together first, whatever a planner believes about the words.
        let sql = format!(
            "SELECT {} FROM (SELECT DISTINCT {of} AS hit FROM {} w WHERE {}) few CROSS JOIN {} WHERE {} = few.hit AND {}",
            T::KEYS,
            T::WORDS,
            parts.join(" AND "),
            T::LIST,
            T::ID,
            self.condition
        );
        Finding { sql, values, whole: true }
    }

    /// Lines of the list, down to one or to the last, each looked at for the words.
    fn walk<T: Searched>(&self, last: Option<Value>, probe: Probe) -> Finding {
        let mut values = self.values.clone();
        let mut parts = vec![self.condition.clone()];
        let whole = last.is_none();
        parts.extend(last.map(|last| format!("{} >= {}", T::FIRST, values.bind(last))));
        parts.extend(self.words.iter().map(|word| has::<T>(&mut values, word, T::ID, probe)));
        let sql = format!("SELECT {} FROM {} WHERE {}", T::KEYS, T::LIST, parts.join(" AND "));
        Finding { sql, values, whole }
    }
}

fn first<T: Searched, R: Fields>(row: &R) -> Result<Value, Error> {
    T::first(row)
}

/// How it is found out whether a line has a word: the one thing that the two databases are asked in different words.
#[derive(Debug, Clone, Copy)]
struct Probe {
    column: &'static str,
    tail: &'static str,
}

impl Probe {
    /// A look-up for each line, which ends with the walk. The OFFSET keeps a planner from turning it into a join, for
    /// which all that have the word would be put together.
    const EACH: Self = Self { column: "x.word", tail: " LIMIT 1 OFFSET 0" };

    fn near(tx: &Tx) -> Self {
        match tx {
            Tx::Sqlite(_) => Self::EACH,
            // Its index by whose words they are does not have the words. While it has not measured the table yet, it
            // goes by the word instead, past all that have it, for each line; an expression leaves it one way only.
            Tx::Postgres(_) => Self { column: "x.word || ''", ..Self::EACH },
        }
    }

    /// Where many lines are looked at, PostgreSQL is better at joins.
    fn far(tx: &Tx) -> Self {
        match tx {
            Tx::Sqlite(_) => Self::EACH,
            Tx::Postgres(_) => Self { tail: "", ..Self::EACH },
        }
    }
}

fn has<T: Searched>(values: &mut Values, word: &str, id: &str, probe: Probe) -> String {
    let begins = values.begins(probe.column, word);
    format!("EXISTS (SELECT 1 FROM {} x WHERE x.{} = {id} AND {begins}{})", T::WORDS, T::OF, probe.tail)
}
