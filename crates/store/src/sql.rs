//! One way to say a query on both databases.
//!
//! [`Tx`] is a transaction on either. The macros repeat an expression per variant, so that each query stands once
//! in the source: `$1` parameters, `ON CONFLICT`, `RETURNING` and row values mean the same in both. Rows of either
//! are read through [`Fields`].

use model::Timestamp;
use sqlx::{Decode, Postgres, Row, Sqlite, Type, postgres::PgRow, sqlite::SqliteRow};

use crate::Error;

/// A transaction: all of it is committed, or none. Dropping it undoes it.
///
/// From [`crate::Store::begin`] it may write; from [`crate::Store::read`] it sees one unchanging moment.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite. There is one writer at a time; the others wait for it.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes everything written in it lasting.
    ///
    /// # Errors
    /// When the database cannot promise that; then nothing of it was written.
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything written in it, and waits until that is done.
    ///
    /// # Errors
    /// When the connection is lost; then it is undone all the same.
    pub async fn rollback(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// Repeats an expression for the connection of either database.
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::Tx::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// Runs a statement; the number of rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($tx, connection => sqlx::query($sql)$(.bind($value))*.execute(connection).await.map(|done| done.rows_affected()))
            .map_err($crate::Error::from)
    };
}

/// Runs a query and reads each row with a function.
macro_rules! fetch_all {
    ($tx:expr, $read:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($tx, connection => match sqlx::query($sql)$(.bind($value))*.fetch_all(connection).await {
            Ok(rows) => rows.iter().map($read).collect::<Result<Vec<_>, $crate::Error>>(),
            Err(error) => Err($crate::Error::from(error)),
        })
    };
}

/// Runs a query and reads its only row, if there is one, with a function.
macro_rules! fetch_optional {
    ($tx:expr, $read:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($tx, connection => match sqlx::query($sql)$(.bind($value))*.fetch_optional(connection).await {
            Ok(row) => row.as_ref().map($read).transpose(),
            Err(error) => Err($crate::Error::from(error)),
        })
    };
}

/// Runs a query that has exactly one row and reads it with a function.
macro_rules! fetch_one {
    ($tx:expr, $read:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($tx, connection => match sqlx::query($sql)$(.bind($value))*.fetch_one(connection).await {
            Ok(row) => ($read)(&row),
            Err(error) => Err($crate::Error::from(error)),
        })
    };
}

/// Runs a query whose text was put together for a list of values, bound after the others.
macro_rules! fetch_listed {
    ($tx:expr, $read:expr, $sql:expr, [$($value:expr),*], $list:expr) => {
        on!($tx, connection => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe($sql))$(.bind($value))*;
            for value in $list {
                query = query.bind(value);
            }
            match query.fetch_all(connection).await {
                Ok(rows) => rows.iter().map($read).collect::<Result<Vec<_>, $crate::Error>>(),
                Err(error) => Err($crate::Error::from(error)),
            }
        })
    };
}

/// Runs a statement whose text was put together for a list of values, bound after the others.
macro_rules! execute_listed {
    ($tx:expr, $sql:expr, [$($value:expr),*], $list:expr) => {
        on!($tx, connection => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe($sql))$(.bind($value))*;
            for value in $list {
                query = query.bind(value);
            }
            query.execute(connection).await.map(|done| done.rows_affected())
        })
        .map_err($crate::Error::from)
    };
}

/// Inserts a list with few statements: `$head VALUES (…), (…) $tail`, each row bound from `$row`, which has `$columns`
/// values.
macro_rules! insert_rows {
    ($tx:expr, $head:expr, $tail:expr, $columns:literal, $list:expr, $row:pat => [$($value:expr),* $(,)?]) => {
        for chunk in $list.chunks($crate::sql::ROWS_MAX) {
            let sql = format!("{} VALUES {} {}", $head, $crate::sql::rows($columns, chunk.len()), $tail);
            on!($tx, connection => {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
                for $row in chunk {
                    query = query$(.bind($value))*;
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
    };
}

/// A type that is read alike from both databases.
pub(crate) trait Column:
    Type<Sqlite> + for<'r> Decode<'r, Sqlite> + Type<Postgres> + for<'r> Decode<'r, Postgres>
{
}

impl<T> Column for T where T: Type<Sqlite> + for<'r> Decode<'r, Sqlite> + Type<Postgres> + for<'r> Decode<'r, Postgres> {}

/// A row of either database.
pub(crate) trait Fields {
    /// The value of a column.
    fn get<T: Column>(&self, name: &str) -> Result<T, Error>;

    /// A column of milliseconds.
    fn time(&self, name: &str) -> Result<Timestamp, Error> {
        Ok(Timestamp::from_millis(self.get(name)?))
    }

    /// A column of milliseconds that may be NULL.
    fn time_or_none(&self, name: &str) -> Result<Option<Timestamp>, Error> {
        Ok(self.get::<Option<i64>>(name)?.map(Timestamp::from_millis))
    }

    /// A column of JSON text.
    fn json<T: serde::de::DeserializeOwned>(&self, name: &'static str) -> Result<T, Error> {
        from_json(name, &self.get::<String>(name)?)
    }

    /// A column that holds a document, upgraded when an older version wrote it.
    fn document(&self, name: &str) -> Result<model::Document, Error> {
        Ok(model::document::read(&self.get::<String>(name)?)?)
    }

    /// A column whose text stands for a value of ours.
    fn parsed<T>(&self, name: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
        let text: String = self.get(name)?;
        parse(&text).ok_or_else(|| Error::Unreadable { column: name, why: format!("`{text}` is none of its values") })
    }

    /// A column that holds a language tag.
    fn language(&self, name: &'static str) -> Result<model::Language, Error> {
        self.parsed(name, |text| model::Language::new(text).ok())
    }

    /// A column that holds a slug.
    fn slug(&self, name: &'static str) -> Result<model::Slug, Error> {
        self.parsed(name, |text| model::Slug::new(text).ok())
    }
}

impl Fields for SqliteRow {
    fn get<T: Column>(&self, name: &str) -> Result<T, Error> {
        Ok(self.try_get(name)?)
    }
}

impl Fields for PgRow {
    fn get<T: Column>(&self, name: &str) -> Result<T, Error> {
        Ok(self.try_get(name)?)
    }
}

/// Reads the value called `n` of a row.
pub(crate) fn number<R: Fields>(row: &R) -> Result<i64, Error> {
    row.get("n")
}

/// JSON text to be stored.
pub(crate) fn to_json<T: serde::Serialize>(column: &'static str, value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|why| Error::Unreadable { column, why: why.to_string() })
}

/// A value from stored JSON text.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(column: &'static str, json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|why| Error::Unreadable { column, why: why.to_string() })
}

/// Values of one statement at most; both databases take several tens of thousands.
pub(crate) const LIST_MAX: usize = 512;

/// Rows of one statement at most.
pub(crate) const ROWS_MAX: usize = 64;

/// `($1,$2), ($3,$4), …`: rows of so many columns.
pub(crate) fn rows(columns: usize, count: usize) -> String {
    let row = |row: usize| {
        let values: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", values.join(","))
    };
    (0..count).map(row).collect::<Vec<_>>().join(", ")
}

/// `$first, $first+1, …` for a list, filled up to a power of two so that few different statements are prepared.
pub(crate) fn placeholders(first: usize, length: usize) -> String {
    let mut out = String::with_capacity(length.next_power_of_two() * 5);
    for index in 0..length.next_power_of_two() {
        if index > 0 {
            out.push(',');
        }
        out.push('$');
        out.push_str(&(first + index).to_string());
    }
    out
}

/// The list itself, its last value repeated as often as [`placeholders`] has room for.
pub(crate) fn filled<T: Copy>(list: &[T]) -> impl Iterator<Item = T> + '_ {
    let more = list.len().next_power_of_two() - list.len();
    list.iter().copied().chain(list.last().copied().into_iter().cycle().take(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_filled_up_to_a_power_of_two() {
        assert_eq!(placeholders(2, 3), "$2,$3,$4,$5");
        assert_eq!(filled(&[7, 8, 9]).collect::<Vec<_>>(), [7, 8, 9, 9]);
        assert_eq!(placeholders(1, 1), "$1");
        assert_eq!(rows(2, 3), "($1,$2), ($3,$4), ($5,$6)");
    }
}
