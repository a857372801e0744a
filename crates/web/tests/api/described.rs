//! The description and its page say what the table says.

use serde_json::Value;
use testkit::both_backends;
use web::api::{openapi, routes::all};

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_type_is_referred_to() {
    let described: Value = serde_json::from_str(&openapi::text()).unwrap();
    let mut found = Vec::new();
    references(&described, &mut found);
    assert!(found.len() > 50);
    for reference in &found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(described.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for name in described["components"]["schemas"].as_object().unwrap().keys() {
        let reference = format!("#/components/schemas/{name}");
        assert!(found.contains(&reference.as_str()), "nothing refers to {name}");
    }
}

#[test]
fn every_route_is_described_with_its_types_and_its_problems() {
    let described: Value = serde_json::from_str(&openapi::text()).unwrap();
    let mut operations = 0;
    for route in all() {
        let operation = &described["paths"][route.path][route.method.as_str().to_lowercase()];
        assert_eq!(operation["operationId"], route.name);
        assert_eq!(operation["requestBody"].is_object(), route.kind.is_some(), "{route:?}");
        for status in ["401", "403", "429"] {
            assert!(operation["responses"][status].is_object(), "{route:?} says nothing of {status}");
        }
        let types =
            operation["responses"][route.status.to_string()]["content"]["application/json"]["schema"].is_object();
        assert_eq!(types, route.status != 204, "{route:?}");
        operations += 1;
    }
    let there: usize =
        described["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    assert_eq!(there, operations);
}

/// `cargo xtask openapi` writes it anew.
#[test]
fn the_committed_description_is_up_to_date() {
    let committed = include_str!("../../../../docs/openapi.json");
    assert!(committed == openapi::text(), "docs/openapi.json is not what the code says; run `cargo xtask openapi`");
}

both_backends! {
    async fn both_are_read_by_anybody_and_the_page_needs_no_script(newsroom: TestNewsroom, anon: Anon) {
        let described = anon.get("/api/v1/openapi.json").await;
        assert_eq!((described.status, described.header("content-type")), (200, "application/json"));
        assert_eq!(described.text(), openapi::text());
        let page = anon.get("/api/v1/docs").await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        let text = page.text().replace("&#x2f;", "/");
        for route in all() {
            assert!(text.contains(route.path) && text.contains(&format!("op-{}", route.name)), "{route:?}");
        }
        assert!(!page.text().contains("<script") && !page.text().contains(" style="), "the page has code in it");
        let problems = page.text();
        for link in problems.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(problems.contains(&format!("id=\"{link}\"")), "#{link} leads nowhere");
        }
    }
}
