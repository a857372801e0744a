//! Every row of every table in a portable form: the same newsroom gives the same rows from SQLite and PostgreSQL, and
//! either takes them in.
//!
//! A row is a JSON object of its columns: ids as text (`0198…-…`), bytes as base64, numbers, text, `true`/`false`, `null`. Read all
//! tables in one [`crate::Store::read`] transaction: then they are of one moment, however long the reading takes.
//! Load them in the order of [`TABLES`] in one transaction into an empty database.

use data_encoding::BASE64;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Error, Tx,
    schema::{self, Kind, Table},
    sql::{Fields, number},
};

/// Binds a [`Cell`] with its type.
macro_rules! bind {
    ($query:expr, $cell:expr) => {
        match $cell {
            Cell::Uuid(value) => $query.bind(value),
            Cell::Bytes(value) => $query.bind(value),
            Cell::Int(value) => $query.bind(value),
            Cell::Text(value) => $query.bind(value),
            Cell::Flag(value) => $query.bind(value),
        }
    };
}

/// The names of the tables that travel, in the order in which they are to be loaded.
pub const TABLES: [&str; schema::TABLES.len() - schema::STAYING] = {
    let mut names = [""; schema::TABLES.len() - schema::STAYING];
    let mut index = 0;
    while index < names.len() {
        names[index] = schema::TABLES[index].name;
        index += 1;
    }
    names
};

/// A row of a dump: columns by name.
pub type Row = Map<String, Value>;

fn table_of(name: &str) -> Result<&'static Table, Error> {
    schema::table_called(name).ok_or_else(|| Error::Row {
        table: name.to_owned(),
        why: "this Masthead has no such table; take the version that made the dump".to_owned(),
    })
}

/// The next rows of a table after one (`None`: from the start), in the order of its primary key; an empty list at
/// the end.
///
/// # Errors
/// When there is no such table or the query fails.
pub async fn rows(tx: &mut Tx, table: &str, after: Option<&Row>, limit: i64) -> Result<Vec<Row>, Error> {
    let table = table_of(table)?;
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let keys = &columns[..table.key];
    let condition = if after.is_some() {
        let places: Vec<String> = (0..keys.len()).map(|index| format!("${}", index + 2)).collect();
        format!("WHERE ({}) > ({})", keys.join(", "), places.join(", "))
    } else {
        String::new()
    };
    let sql =
        format!("SELECT {} FROM {} {condition} ORDER BY {} LIMIT $1", columns.join(", "), table.name, keys.join(", "));
    let mut bound = Vec::with_capacity(keys.len());
    if let Some(after) = after {
        for (name, kind) in &table.columns[..table.key] {
            bound.push(cell(table, name, *kind, after)?);
        }
    }
    on!(tx, connection => {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(limit);
        for cell in bound {
            query = bind!(query, cell);
        }
        query.fetch_all(connection).await?.iter().map(|found| row(table, found)).collect()
    })
}

fn row<R: Fields>(table: &Table, found: &R) -> Result<Row, Error> {
    let mut out = Map::new();
    for (name, kind) in table.columns {
        let value = match kind {
            Kind::Uuid => found.get::<Option<Uuid>>(name)?.map(|id| Value::String(id.to_string())),
            Kind::Bytes => found.get::<Option<Vec<u8>>>(name)?.map(|bytes| Value::String(BASE64.encode(&bytes))),
            Kind::Int => found.get::<Option<i64>>(name)?.map(Value::from),
            Kind::Text => found.get::<Option<String>>(name)?.map(Value::String),
            Kind::Flag => found.get::<Option<bool>>(name)?.map(Value::Bool),
        };
        out.insert((*name).to_owned(), value.unwrap_or(Value::Null));
    }
    Ok(out)
}

/// A value to be stored, with its type also when it is NULL.
enum Cell {
    Uuid(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
    Int(Option<i64>),
    Text(Option<String>),
    Flag(Option<bool>),
}

fn cell(table: &Table, name: &str, kind: Kind, row: &Row) -> Result<Cell, Error> {
    let wrong = |why: String| Error::Row { table: table.name.to_owned(), why };
    let value = row.get(name).ok_or_else(|| wrong(format!("column `{name}` is missing; the dump is incomplete")))?;
    let misfit = || wrong(format!("column `{name}` is to hold {kind:?} and does not; the dump was changed"));
    Ok(match (kind, value) {
        (Kind::Uuid, Value::Null) => Cell::Uuid(None),
        (Kind::Bytes, Value::Null) => Cell::Bytes(None),
        (Kind::Int, Value::Null) => Cell::Int(None),
        (Kind::Text, Value::Null) => Cell::Text(None),
        (Kind::Flag, Value::Null) => Cell::Flag(None),
        (Kind::Uuid, Value::String(text)) => Cell::Uuid(Some(Uuid::parse_str(text).map_err(|_| misfit())?)),
        (Kind::Bytes, Value::String(text)) => Cell::Bytes(Some(BASE64.decode(text.as_bytes()).map_err(|_| misfit())?)),
        (Kind::Int, Value::Number(value)) => Cell::Int(Some(value.as_i64().ok_or_else(misfit)?)),
        (Kind::Text, Value::String(text)) => Cell::Text(Some(text.clone())),
        (Kind::Flag, Value::Bool(flag)) => Cell::Flag(Some(*flag)),
        _ => return Err(misfit()),
    })
}

/// Rows of one statement are at most this many.
const LOADED_AT_ONCE: usize = 64;

/// Adds rows that [`rows`] gave to a table.
///
/// # Errors
/// [`Error::Row`] when a row does not fit the table, [`Error::Taken`] when it is there already.
pub async fn load(tx: &mut Tx, table: &str, rows: &[Row]) -> Result<(), Error> {
    let table = table_of(table)?;
    for chunk in rows.chunks(LOADED_AT_ONCE) {
        let mut cells = Vec::with_capacity(chunk.len() * table.columns.len());
        for row in chunk {
            if let Some(name) = row.keys().find(|name| !table.columns.iter().any(|(known, _)| known == name)) {
                return Err(Error::Row {
                    table: table.name.to_owned(),
                    why: format!("this Masthead has no column `{name}`; take the version that made the dump"),
                });
            }
            for (name, kind) in table.columns {
                cells.push(cell(table, name, *kind, row)?);
            }
        }
        let sql = insert(table, chunk.len());
        on!(&mut *tx, connection => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for cell in cells {
                query = bind!(query, cell);
            }
            query.execute(connection).await.map(drop)
        })?;
    }
    Ok(())
}

fn insert(table: &Table, rows: usize) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let width = columns.len();
    let values: Vec<String> = (0..rows)
        .map(|row| {
            let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
            format!("({})", places.join(", "))
        })
        .collect();
    format!("INSERT INTO {} ({}) VALUES {}", table.name, columns.join(", "), values.join(", "))
}

/// Whether no table has a row: only such a database takes a dump in.
///
/// # Errors
/// When the query fails.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, Error> {
    for table in schema::TABLES {
        let sql = format!("SELECT count(*) AS n FROM (SELECT 1 FROM {} LIMIT 1) AS first", table.name);
        let none: [i64; 0] = [];
        if fetch_listed!(&mut *tx, number, sql, [], none)?.first() != Some(&0) {
            return Ok(false);
        }
    }
    Ok(true)
}
