//! The two migration trees and the list of tables say the same.

use std::collections::{BTreeMap, BTreeSet};

use store::schema::{FoundColumn, Kind, TABLES, columns, table_names};

use crate::{Backend, both_backends};

/// What a database's own name of a type stands for.
fn meaning(declared: &str) -> &'static str {
    match declared {
        "BLOB" | "UUID" | "BYTEA" => "bytes",
        // SQLite has no type for flags; which columns are flags is in `schema::TABLES`.
        "INTEGER" | "BIGINT" | "BOOLEAN" => "number",
        "TEXT" => "text",
        other => panic!("type {other} has no meaning on the other database"),
    }
}

fn described(found: &[FoundColumn]) -> BTreeSet<(String, String, &'static str, bool, i64)> {
    let ours = found.iter().filter(|column| column.table != "schema_version");
    ours.map(|c| (c.table.clone(), c.name.clone(), meaning(&c.declared), c.nullable, c.key)).collect()
}

#[tokio::test]
async fn both_migration_trees_make_the_same_tables() {
    let Some(postgres) = Backend::postgres().await else { return };
    let mut found = Vec::new();
    for backend in [Backend::sqlite(), postgres] {
        let store = backend.open().await;
        found.push(described(&columns(&mut store.read().await.unwrap()).await.unwrap()));
        store.close().await;
    }
    let differences: Vec<_> = found[0].symmetric_difference(&found[1]).collect();
    assert!(differences.is_empty(), "{differences:#?}");
    assert!(found[0].len() > 100);
}

#[tokio::test]
async fn the_list_of_tables_names_every_table_column_and_key() {
    both_backends(async |store| {
        let mut tx = store.read().await.unwrap();
        let listed: BTreeSet<&str> = TABLES.iter().map(|table| table.name).chain(["schema_version"]).collect();
        let there = table_names(&mut tx).await.unwrap();
        assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
        let mut by_table: BTreeMap<String, Vec<FoundColumn>> = BTreeMap::new();
        for column in columns(&mut tx).await.unwrap() {
            by_table.entry(column.table.clone()).or_default().push(column);
        }
        for table in TABLES {
            let there = &by_table[table.name];
            let names: BTreeSet<&str> = there.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(names, table.columns.iter().map(|(name, _)| *name).collect(), "{}", table.name);
            for (index, (name, kind)) in table.columns.iter().enumerate() {
                let column = there.iter().find(|column| column.name == *name).unwrap();
                let wanted = match kind {
                    Kind::Uuid | Kind::Bytes => "bytes",
                    Kind::Text => "text",
                    Kind::Int | Kind::Flag => "number",
                };
                assert_eq!(meaning(&column.declared), wanted, "{}.{name}", table.name);
                assert_eq!(
                    column.declared == "BOOLEAN",
                    *kind == Kind::Flag && store.is_postgres(),
                    "{}.{name}",
                    table.name
                );
                assert_eq!(
                    column.declared == "UUID",
                    *kind == Kind::Uuid && store.is_postgres(),
                    "{}.{name}",
                    table.name
                );
                let key = if index < table.key { index as i64 + 1 } else { 0 };
                assert_eq!(column.key, key, "{}.{name}", table.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_database_is_whole() {
    both_backends(async |store| {
        assert_eq!(store.schema_version().await.unwrap(), 5);
        assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
        store.optimize().await.unwrap();
    })
    .await;
}
