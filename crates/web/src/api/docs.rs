//! The description as a page for people, made on the server of the same table. It needs no script.

use std::sync::LazyLock;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, header};
use model::Scope;
use serde::Serialize;
use serde_json::Value;

use super::{
    openapi,
    problem::Kind,
    routes::{Needs, all},
};

#[derive(Serialize)]
struct Page {
    about: &'static str,
    style: String,
    scopes: Vec<(&'static str, &'static str)>,
    tags: Vec<Tag>,
    problems: Vec<Problem>,
    schemas: Vec<Schema>,
    events: Vec<String>,
    message: String,
}

#[derive(Serialize)]
struct Tag {
    name: &'static str,
    routes: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    name: &'static str,
    method: String,
    path: &'static str,
    about: String,
    scope: Option<&'static str>,
    query: Vec<Field>,
    body: Option<Type>,
    kind: Option<&'static str>,
    bytes: usize,
    status: u16,
    answer: Option<Type>,
    problems: Vec<(u16, &'static str)>,
}

#[derive(Serialize)]
struct Problem {
    name: &'static str,
    status: u16,
    about: &'static str,
}

/// A type in words, with the schema that it leads to.
#[derive(Serialize)]
struct Type {
    words: String,
    schema: Option<String>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    kind: Type,
    required: bool,
    about: String,
}

#[derive(Serialize)]
struct Schema {
    name: String,
    about: String,
    fields: Vec<Field>,
    /// Of a choice: what there is to choose from.
    choices: Vec<Choice>,
    kind: String,
}

#[derive(Serialize)]
struct Choice {
    name: String,
    about: String,
    fields: Vec<Field>,
}

static TEXT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(text()));

/// `GET /api/v1/docs`.
pub(super) fn show() -> Response<Body> {
    // In debug builds the template is read anew each time.
    let text = if cfg!(debug_assertions) { Bytes::from(text()) } else { TEXT.clone() };
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

fn text() -> String {
    let rendered = theme::desk::Desk::load().and_then(|desk| desk.render_alone("api.html", page()));
    rendered.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "the page about the API is broken");
        "The page about the API is broken; its description is openapi.json beside it.".to_owned()
    })
}

fn page() -> Page {
    let described = openapi::description();
    let empty = serde_json::Map::new();
    let schemas = described["components"]["schemas"].as_object().unwrap_or(&empty);
    let tags = openapi::tags().into_iter().map(|name| Tag {
        name,
        routes: all()
            .iter()
            .filter(|route| openapi::tag(route) == name)
            .map(|route| shown(route, &described))
            .collect(),
    });
    let problems = Kind::ALL.into_iter();
    let scopes = Scope::ALL.into_iter().filter(|scope| *scope != Scope::ContentRead);
    Page {
        about: openapi::ABOUT,
        style: crate::desk::style(),
        scopes: scopes.map(|scope| (scope.as_str(), scope.needs().as_str())).collect(),
        tags: tags.collect(),
        problems: problems
            .map(|kind| Problem { name: kind.name(), status: kind.status().as_u16(), about: kind.about() })
            .collect(),
        schemas: schemas.iter().map(|(name, schema)| named(name, schema)).collect(),
        events: described["webhooks"].as_object().unwrap_or(&empty).keys().cloned().collect(),
        message: "Message".to_owned(),
    }
}

fn shown(route: &super::routes::Route, described: &Value) -> Shown {
    let operation = &described["paths"][route.path][route.method.as_str().to_ascii_lowercase()];
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
    let body = route.kind.map(|kind| &operation["requestBody"]["content"][kind]["schema"]);
    let answer = &operation["responses"][route.status.to_string()]["content"]["application/json"]["schema"];
    Shown {
        name: route.name,
        method: route.method.to_string(),
        path: route.path,
        about: route.about.replace('`', ""),
        scope: match route.needs {
            Needs::Token => None,
            Needs::Scope(scope) => Some(scope.as_str()),
        },
        query: query
            .map(|parameter| Field {
                name: word(&parameter["name"]),
                kind: kind(&parameter["schema"]),
                required: false,
                about: word(&parameter["description"]),
            })
            .collect(),
        body: body.map(kind),
        kind: route.kind,
        bytes: route.takes,
        status: route.status,
        answer: (!answer.is_null()).then(|| kind(answer)),
        problems: openapi::problems(route, !parameters.is_empty())
            .into_iter()
            .map(|kind| (kind.status().as_u16(), kind.name()))
            .collect(),
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn named(name: &str, schema: &Value) -> Schema {
    let all = schema["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let choices = all.iter().flat_map(|one| {
        let about = word(&one["description"]);
        let fixed = one["const"].as_str().or_else(|| one["properties"]["type"]["const"].as_str());
        let listed = one["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
        let fields = fields(one).into_iter().filter(|field| field.name != "type").collect();
        let single = fixed.map(|name| Choice { name: name.to_owned(), about, fields });
        single.into_iter().chain(listed.iter().map(|one| Choice {
            name: word(one),
            about: String::new(),
            fields: Vec::new(),
        }))
    });
    let plain = schema["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
    let plain = plain.iter().map(|one| Choice { name: word(one), about: String::new(), fields: Vec::new() });
    Schema {
        name: name.to_owned(),
        about: word(&schema["description"]),
        fields: fields(schema),
        choices: choices.chain(plain).collect(),
        kind: kind(schema).words,
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all = schema["properties"].as_object().into_iter().flatten();
    all.map(|(name, field)| Field {
        name: name.clone(),
        kind: kind(field),
        required: required.iter().any(|one| one == name.as_str()),
        about: word(&field["description"]),
    })
    .collect()
}

/// A schema as a type in words.
fn kind(schema: &Value) -> Type {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        return Type { words: name.clone(), schema: Some(name) };
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let one = any.iter().find(|one| one["type"] != "null").map(kind);
        return one.map_or_else(|| plain(schema), |one| Type { words: format!("{} or null", one.words), ..one });
    }
    if schema["type"] == "array" {
        let within = kind(&schema["items"]);
        return Type { words: format!("list of {}", within.words), ..within };
    }
    plain(schema)
}

fn plain(schema: &Value) -> Type {
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(word).collect::<Vec<_>>().join(" or "),
        other => word(other),
    };
    let format = schema["format"].as_str().filter(|format| ["date-time", "uuid", "binary"].contains(format));
    let words = format.map_or(kinds.clone(), |format| {
        if kinds.contains("null") { format!("{format} or null") } else { format.to_owned() }
    });
    Type { words, schema: None }
}
