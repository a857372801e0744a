//! What the tables are, once more as values: a dump is written and read by this, and a test holds it and the two
//! migration trees together.

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// What a column holds, on either database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 16 bytes (`BLOB`, `UUID`).
    Uuid,
    /// Bytes (`BLOB`, `BYTEA`): what is sealed, and what is hashed with a key.
    Bytes,
    /// A whole number (`INTEGER`, `BIGINT`).
    Int,
    /// Text, also JSON (`TEXT`).
    Text,
    /// Yes or no (`INTEGER` 0 and 1, `BOOLEAN`).
    Flag,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of its first columns in `columns` are its primary key, in order.
    pub key: usize,
    /// Its columns: those of the key first.
    pub columns: &'static [(&'static str, Kind)],
}

use Kind::{Bytes, Flag, Int, Text, Uuid};

/// How many of [`TABLES`], the last of them, stay behind when a newsroom is backed up: what opens a door for a while
/// must not lie in a backup, and what is made from stories is made again.
pub const STAYING: usize = 15;

/// Every table but `schema_version`, those that are referred to before those that refer.
pub const TABLES: &[Table] = &[
    table("setting", 1, &[("key", Text), ("value", Text), ("at", Int)]),
    table(
        "section",
        1,
        &[("id", Uuid), ("slug", Text), ("names", Text), ("about", Text), ("position", Int), ("parent", Uuid)],
    ),
    table("topic", 1, &[("id", Uuid), ("slug", Text), ("kind", Text), ("names", Text), ("about", Text)]),
    table("byline", 1, &[("id", Uuid), ("slug", Text), ("names", Text), ("about", Text)]),
    table(
        "photo",
        1,
        &[
            ("id", Uuid),
            ("state", Text),
            ("origin", Text),
            ("source_hash", Text),
            ("width", Int),
            ("height", Int),
            ("focal_x", Int),
            ("focal_y", Int),
            ("colour", Text),
            ("created_at", Int),
            ("alt", Text),
            ("caption", Text),
            ("credit", Text),
            ("renditions", Text),
        ],
    ),
    table(
        "story",
        1,
        &[
            ("id", Uuid),
            ("story_group", Uuid),
            ("language", Text),
            ("slug", Text),
            ("path", Text),
            ("month", Int),
            ("section", Uuid),
            ("state", Text),
            ("published_at", Int),
            ("updated_at", Int),
            ("created_at", Int),
            ("version", Int),
            ("headline", Text),
            ("standfirst", Text),
            ("lead_photo", Text),
            ("sources", Text),
            ("document", Text),
        ],
    ),
    table(
        "story_topic",
        2,
        &[("story", Uuid), ("topic", Uuid), ("position", Int), ("language", Text), ("listed_at", Int)],
    ),
    table(
        "story_byline",
        2,
        &[("story", Uuid), ("byline", Uuid), ("position", Int), ("language", Text), ("listed_at", Int)],
    ),
    table("story_photo", 2, &[("story", Uuid), ("photo", Uuid)]),
    table("story_pick", 2, &[("story", Uuid), ("position", Int), ("pick", Uuid)]),
    table("front", 2, &[("language", Text), ("position", Int), ("story", Uuid)]),
    table(
        "revision",
        1,
        &[
            ("id", Uuid),
            ("story", Uuid),
            ("version", Int),
            ("at", Int),
            ("saved_by", Text),
            ("headline", Text),
            ("standfirst", Text),
            ("document", Text),
        ],
    ),
    table("correction", 2, &[("story", Uuid), ("number", Int), ("at", Int), ("text", Text)]),
    table(
        "page",
        1,
        &[
            ("id", Uuid),
            ("language", Text),
            ("slug", Text),
            ("public", Flag),
            ("menu", Int),
            ("version", Int),
            ("updated_at", Int),
            ("title", Text),
            ("document", Text),
        ],
    ),
    table("page_version", 2, &[("page", Uuid), ("version", Int), ("at", Int), ("title", Text), ("document", Text)]),
    table("redirect", 1, &[("from_path", Text), ("to_path", Text), ("to_story", Uuid), ("at", Int)]),
    table("journal", 1, &[("seq", Int), ("at", Int), ("kind", Text), ("subject", Uuid), ("tags", Text)]),
    table("follower", 1, &[("name", Text), ("seq", Int)]),
    table(
        "job",
        1,
        &[
            ("id", Uuid),
            ("kind", Text),
            ("state", Text),
            ("run_at", Int),
            ("attempts", Int),
            ("ended_at", Int),
            ("last_error", Text),
            ("payload", Text),
        ],
    ),
    table(
        "audit",
        1,
        &[("seq", Int), ("at", Int), ("actor", Text), ("action", Text), ("subject", Uuid), ("detail", Text)],
    ),
    table(
        "import_link",
        3,
        &[("source", Text), ("kind", Text), ("foreign_id", Text), ("entity", Uuid), ("fingerprint", Text), ("at", Int)],
    ),
    table(
        "staff",
        1,
        &[
            ("id", Uuid),
            ("handle", Text),
            ("role", Text),
            ("active", Flag),
            ("language", Text),
            ("created_at", Int),
            ("key_hash", Text),
            ("totp", Text),
            ("totp_step", Int),
        ],
    ),
    table(
        "passkey",
        1,
        &[
            ("id", Uuid),
            ("staff", Uuid),
            ("credential", Text),
            ("name", Text),
            ("created_at", Int),
            ("used_at", Int),
            ("data", Text),
        ],
    ),
    table("recovery_code", 2, &[("staff", Uuid), ("hash", Text), ("used_at", Int)]),
    table(
        "story_draft",
        1,
        &[
            ("story", Uuid),
            ("version", Int),
            ("published", Int),
            ("saved_at", Int),
            ("saved_by", Text),
            ("content", Text),
        ],
    ),
    table("story_staff", 2, &[("story", Uuid), ("staff", Uuid)]),
    table(
        "story_note",
        1,
        &[
            ("id", Uuid),
            ("story", Uuid),
            ("at", Int),
            ("author", Text),
            ("done_at", Int),
            ("done_by", Text),
            ("text", Text),
        ],
    ),
    table("mention", 2, &[("staff", Uuid), ("note", Uuid), ("seen_at", Int)]),
    table("story_translation", 1, &[("story", Uuid), ("original", Uuid), ("seen_version", Int)]),
    table("saved_filter", 1, &[("id", Uuid), ("staff", Uuid), ("name", Text), ("query", Text)]),
    table(
        "webhook",
        1,
        &[
            ("id", Uuid),
            ("url", Text),
            ("secret", Text),
            ("events", Text),
            ("active", Flag),
            ("made_by", Text),
            ("made_at", Int),
            ("last_at", Int),
            ("last", Text),
            ("failing_since", Int),
        ],
    ),
    table(
        "webhook_delivery",
        1,
        &[
            ("id", Uuid),
            ("webhook", Uuid),
            ("event", Text),
            ("made_at", Int),
            ("state", Text),
            ("attempts", Int),
            ("last_at", Int),
            ("last", Text),
            ("body", Text),
        ],
    ),
    table("read_day", 2, &[("day", Int), ("story", Uuid), ("count", Int)]),
    table(
        "page_draft",
        1,
        &[
            ("page", Uuid),
            ("version", Int),
            ("published", Int),
            ("saved_at", Int),
            ("saved_by", Text),
            ("content", Text),
        ],
    ),
    table("audit_hash", 1, &[("seq", Int), ("hash", Text)]),
    table(
        "newsletter",
        1,
        &[
            ("id", Uuid),
            ("slug", Text),
            ("language", Text),
            ("position", Int),
            ("active", Flag),
            ("made_at", Int),
            ("settings", Text),
        ],
    ),
    table(
        "issue",
        1,
        &[
            ("id", Uuid),
            ("newsletter", Uuid),
            ("number", Int),
            ("state", Text),
            ("why", Text),
            ("slot", Int),
            ("due_at", Int),
            ("version", Int),
            ("saved_at", Int),
            ("saved_by", Text),
            ("approved_at", Int),
            ("approved_by", Text),
            ("frozen_at", Int),
            ("frozen", Int),
            ("ended_at", Int),
            ("path", Text),
            ("content", Text),
        ],
    ),
    table("issue_mail", 2, &[("issue", Uuid), ("form", Text), ("bytes", Bytes)]),
    table("issue_count", 2, &[("issue", Uuid), ("what", Text), ("count", Int)]),
    table(
        "subscriber",
        1,
        &[
            ("id", Uuid),
            ("lookup", Bytes),
            ("address", Bytes),
            ("language", Text),
            ("state", Text),
            ("paused_until", Int),
            ("form", Text),
            ("neutral", Flag),
            ("policy", Text),
            ("consent_week", Int),
            ("source", Text),
            ("bounces", Int),
        ],
    ),
    table("subscription", 2, &[("newsletter", Uuid), ("subscriber", Uuid), ("week", Int)]),
    table("newsletter_week", 2, &[("newsletter", Uuid), ("week", Int), ("came", Int), ("gone", Int)]),
    table("suppression", 1, &[("lookup", Bytes), ("reason", Text), ("week", Int)]),
    table("unsubscribe_waiting", 1, &[("token", Text), ("week", Int)]),
    table(
        "delivery",
        2,
        &[
            ("issue", Uuid),
            ("number", Int),
            ("subscriber", Uuid),
            ("form", Text),
            ("state", Text),
            ("tries", Int),
            ("doubts", Int),
            ("at", Int),
            ("reply", Text),
            ("bounce", Text),
        ],
    ),
    table(
        "contribution",
        1,
        &[
            ("id", Uuid),
            ("gateway", Text),
            ("frequency", Text),
            ("minor", Int),
            ("currency", Text),
            ("cover", Int),
            ("state", Text),
            ("ending", Flag),
            ("month", Int),
            ("paid_until", Int),
            ("ended", Int),
            ("session", Text),
            ("token", Text),
            ("language", Text),
            ("variant", Uuid),
            ("policy", Text),
            ("lookup", Bytes),
            ("contact", Bytes),
            ("message", Bytes),
            ("erased", Flag),
        ],
    ),
    table(
        "payment",
        1,
        &[
            ("id", Uuid),
            ("contribution", Uuid),
            ("gateway", Text),
            ("token", Text),
            ("frequency", Text),
            ("variant", Uuid),
            ("minor", Int),
            ("currency", Text),
            ("fee", Int),
            ("state", Text),
            ("refunded", Int),
            ("dispute", Text),
            ("disputed", Int),
            ("came", Int),
            ("late", Flag),
            ("month", Int),
        ],
    ),
    table("contribution_link", 1, &[("hash", Text), ("contribution", Uuid), ("until", Int)]),
    table("contribution_import", 1, &[("contribution", Uuid), ("source", Text), ("imported", Int)]),
    table("gateway", 1, &[("name", Text), ("place", Text), ("swept_at", Int), ("trouble", Text), ("since", Int)]),
    table(
        "reminder",
        1,
        &[
            ("id", Uuid),
            ("lookup", Bytes),
            ("address", Bytes),
            ("language", Text),
            ("due", Int),
            ("every", Int),
            ("policy", Text),
            ("neutral", Flag),
        ],
    ),
    table(
        "appeal",
        1,
        &[("id", Uuid), ("kind", Text), ("position", Int), ("state", Text), ("made_at", Int), ("settings", Text)],
    ),
    table(
        "appeal_variant",
        1,
        &[("id", Uuid), ("appeal", Uuid), ("position", Int), ("name", Text), ("weight", Int), ("active", Flag)],
    ),
    table(
        "appeal_text",
        2,
        &[
            ("variant", Uuid),
            ("language", Text),
            ("version", Int),
            ("published", Int),
            ("saved_at", Int),
            ("saved_by", Text),
            ("document", Text),
            ("shown", Text),
        ],
    ),
    table("appeal_day", 2, &[("variant", Uuid), ("day", Int), ("seen", Int), ("cut", Int)]),
    table(
        "session",
        1,
        &[("hash", Text), ("id", Uuid), ("staff", Uuid), ("made_at", Int), ("seen_at", Int), ("proved_at", Int)],
    ),
    table(
        "access_link",
        1,
        &[("hash", Text), ("role", Text), ("staff", Uuid), ("made_by", Text), ("made_at", Int), ("ends_at", Int)],
    ),
    table("ceremony", 1, &[("id", Uuid), ("ends_at", Int), ("state", Text)]),
    table("story_lock", 1, &[("story", Uuid), ("staff", Uuid), ("since", Int), ("ends_at", Int)]),
    table("preview_link", 1, &[("hash", Text), ("story", Uuid), ("made_by", Text), ("made_at", Int), ("ends_at", Int)]),
    table(
        "api_token",
        1,
        &[
            ("id", Uuid),
            ("hash", Text),
            ("name", Text),
            ("scopes", Text),
            ("staff", Uuid),
            ("made_at", Int),
            ("ends_at", Int),
            ("used_at", Int),
        ],
    ),
    table(
        "story_desk",
        1,
        &[
            ("story", Uuid),
            ("state", Text),
            ("language", Text),
            ("section", Uuid),
            ("touched_at", Int),
            ("touched_by", Text),
        ],
    ),
    table("story_word", 2, &[("word", Text), ("story", Uuid)]),
    table("photo_word", 2, &[("word", Text), ("photo", Uuid)]),
    table(
        "outbox",
        1,
        &[
            ("id", Uuid),
            ("kind", Text),
            ("lookup", Bytes),
            ("language", Text),
            ("sealed", Bytes),
            ("state", Text),
            ("tries", Int),
            ("at", Int),
            ("reply", Text),
        ],
    ),
    table("relay_day", 2, &[("relay", Text), ("day", Int), ("count", Int)]),
    table("issue_link", 1, &[("hash", Text), ("issue", Uuid), ("made_by", Text), ("made_at", Int), ("ends_at", Int)]),
    table("gateway_event", 2, &[("gateway", Text), ("id", Text), ("week", Int)]),
    table(
        "gateway_object",
        3,
        &[
            ("gateway", Text),
            ("kind", Text),
            ("id", Text),
            ("wanted", Int),
            ("tries", Int),
            ("at", Int),
            ("lease", Uuid),
        ],
    ),
    table("sandbox", 1, &[("id", Text), ("kind", Text), ("due_at", Int), ("object", Text)]),
];

const fn table(name: &'static str, key: usize, columns: &'static [(&'static str, Kind)]) -> Table {
    Table { name, key, columns }
}

/// The table of this name.
#[must_use]
pub fn table_called(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// A column as the database itself describes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundColumn {
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The database's own name of its type, in capitals.
    pub declared: String,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Its place in the primary key, from 1; 0 when it is not in it.
    pub key: i64,
}

/// The tables that the database says it has, sorted.
///
/// # Errors
/// When they cannot be read.
pub async fn table_names(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        Tx::Postgres(_) => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        }
    };
    fetch_all!(tx, name, sql)
}

/// The columns that the database says it has, by table and place.
///
/// # Errors
/// When they cannot be read.
pub async fn columns(tx: &mut Tx) -> Result<Vec<FoundColumn>, Error> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT t.name AS table_name, c.name AS name, c.type AS declared,
                    CASE c.\"notnull\" WHEN 0 THEN 1 ELSE 0 END AS nullable, c.pk AS key
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid"
        }
        Tx::Postgres(_) => {
            "SELECT c.table_name::text AS table_name, c.column_name::text AS name, upper(c.data_type)::text AS declared,
                    (c.is_nullable = 'YES')::int::bigint AS nullable, coalesce(k.ordinal_position, 0)::bigint AS key
             FROM information_schema.columns c
             LEFT JOIN information_schema.table_constraints p
               ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
             LEFT JOIN information_schema.key_column_usage k
               ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name
              AND k.column_name = c.column_name
             WHERE c.table_schema = current_schema() ORDER BY c.table_name COLLATE \"C\", c.ordinal_position"
        }
    };
    fetch_all!(tx, found_column, sql)
}

fn name<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("name")
}

fn found_column<R: Fields>(row: &R) -> Result<FoundColumn, Error> {
    Ok(FoundColumn {
        table: row.get("table_name")?,
        name: row.get("name")?,
        declared: row.get("declared")?,
        nullable: row.get::<i64>("nullable")? != 0,
        key: row.get("key")?,
    })
}

/// How many rows a table has.
///
/// # Errors
/// When they cannot be counted.
pub async fn row_count(tx: &mut Tx, table: &Table) -> Result<i64, Error> {
    let sql = format!("SELECT count(*) AS n FROM {}", table.name);
    Ok(fetch_listed!(tx, number, sql, [], Vec::<i64>::new())?.first().copied().unwrap_or_default())
}

/// What is damaged, in words.
pub(crate) async fn integrity(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if matches!(tx, Tx::Sqlite(_)) {
        let report = fetch_all!(tx, name, "SELECT integrity_check AS name FROM pragma_integrity_check")?;
        found.extend(report.into_iter().filter(|line| line != "ok"));
        let dangling = "SELECT \"table\" || ' refers to a row of ' || parent || ' that is not there' AS name
                        FROM pragma_foreign_key_check";
        found.extend(fetch_all!(tx, name, dangling)?);
    }
    // What both must hold although no constraint says it: lists repeat what the story says.
    for (what, sql) in [
        (
            "story_topic",
            "SELECT count(*) AS n FROM story_topic l JOIN story s ON s.id = l.story WHERE l.language <> s.language OR coalesce(l.listed_at, -1) <> coalesce(CASE WHEN s.state = 'published' THEN s.published_at END, -1)",
        ),
        (
            "story_byline",
            "SELECT count(*) AS n FROM story_byline l JOIN story s ON s.id = l.story WHERE l.language <> s.language OR coalesce(l.listed_at, -1) <> coalesce(CASE WHEN s.state = 'published' THEN s.published_at END, -1)",
        ),
    ] {
        let wrong = fetch_one!(tx, number, sql)?;
        if wrong > 0 {
            found.push(format!("{wrong} rows of {what} list a story otherwise than the story says"));
        }
    }
    Ok(found)
}
