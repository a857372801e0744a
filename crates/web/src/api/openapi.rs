//! The description of the API as OpenAPI 3.1, made of the table of routes and of the types that go in and out.

use std::sync::LazyLock;

use app::connections::webhooks::Message;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Method, Response, header};
use model::{Scope, WebhookEvent};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    problem::{Kind, Shown},
    routes::{Described, Needs, Route, all},
};

/// What the API is, for whoever reads its description.
pub(super) const ABOUT: &str = "What the desk can do, for programs. Every request carries a token \
    (`Authorization: Bearer mh_…`) that somebody made at the desk or with `masthead token make`; it reaches as far as its \
    scopes and the present role of that account. Stories are changed in their working copy, by version; readers see \
    nothing of it before it is published. Times are RFC 3339. What goes wrong is said as `application/problem+json` \
    (RFC 9457).";

static TEXT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(text()));

/// `GET /api/v1/openapi.json`.
pub(super) fn show() -> Response<Body> {
    let mut response = Response::new(Body::from(TEXT.clone()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The description as text, the same for the same code.
#[must_use]
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&description()).unwrap_or_default();
    text.push('\n');
    text
}

/// The description.
pub(super) fn description() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<Shown>();
    let mut paths = Map::new();
    for route in all() {
        let operation = operation(&route, &mut generator);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation;
    }
    let webhooks = webhooks(&mut generator);
    let mut schemas = Value::from(generator.take_definitions(true));
    tidy(&mut schemas);
    let mut paths = Value::from(paths);
    tidy(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Masthead",
            "version": "1",
            "description": ABOUT,
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags().into_iter().map(|tag| json!({ "name": tag })).collect::<Vec<_>>(),
        "paths": paths,
        "webhooks": webhooks,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": scopes() } },
            "responses": Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), response(kind, &problem))).collect::<Map<_, _>>(),
            "schemas": schemas,
        },
    })
}

fn scopes() -> String {
    let all = Scope::ALL.into_iter().filter(|scope| *scope != Scope::ContentRead);
    let list: Vec<String> =
        all.map(|scope| format!("`{}` (role {})", scope.as_str(), scope.needs().as_str())).collect();
    format!(
        "A token of the newsroom, with one or more of these scopes, each of which needs at least a role: {}.",
        list.join(", ")
    )
}

/// What a route is about: the first part of its path.
pub(super) fn tag(route: &Route) -> &'static str {
    route.path.trim_start_matches(super::BASE).split('/').next().unwrap_or_default()
}

/// The tags, in the order of the table.
pub(super) fn tags() -> Vec<&'static str> {
    let mut tags = Vec::new();
    for route in all() {
        if !tags.contains(&tag(&route)) {
            tags.push(tag(&route));
        }
    }
    tags
}

fn operation(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let Described { query, body, answer } = (route.described)(generator);
    let mut parameters = path_parameters(route.path);
    parameters.extend(query_parameters(query.as_value()));
    let mut responses = Map::new();
    responses.insert(route.status.to_string(), done(route, answer.map(Value::from)));
    for kind in problems(route, !parameters.is_empty()) {
        let reference = json!({ "$ref": format!("#/components/responses/{}", kind.name()) });
        responses.insert(kind.status().as_u16().to_string(), reference);
    }
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.about,
        "tags": [tag(route)],
        "responses": responses,
    });
    match route.needs {
        Needs::Token => {}
        Needs::Scope(scope) => operation["security"] = json!([{ "token": [scope.as_str()] }]),
    }
    if !parameters.is_empty() {
        operation["parameters"] = Value::from(parameters);
    }
    if let (Some(kind), Some(body)) = (route.kind, body) {
        operation["requestBody"] = json!({ "required": true, "content": { kind: { "schema": body } } });
    }
    operation
}

/// The answer that is no problem.
fn done(route: &Route, schema: Option<Value>) -> Value {
    let Some(schema) = schema else { return json!({ "description": "Done." }) };
    let mut done = json!({ "description": "Done.", "content": { "application/json": { "schema": schema } } });
    if route.status == 201 {
        let location = json!({ "description": "Its address.", "required": true, "schema": { "type": "string" } });
        done["headers"] = json!({ "Location": location });
    }
    done
}

/// The problems that a route may answer with. What a server may always say (405, 500, 503) is described beside them.
pub(super) fn problems(route: &Route, parameters: bool) -> Vec<Kind> {
    let is = |condition: bool, kind: Kind| condition.then_some(kind);
    let body = route.kind.is_some();
    let writes = route.method != Method::GET;
    let listed = |kind: &Kind| route.fails.contains(&kind.status().as_u16());
    let all = [
        is(parameters || body || !writes, Kind::Malformed),
        Some(Kind::NoToken),
        Some(Kind::Forbidden),
        is(route.path.contains('{'), Kind::Missing),
        is(writes, Kind::TooLarge),
        is(body, Kind::MediaType),
        is(writes || parameters, Kind::Refused),
        Some(Kind::TooMany),
        Some(Kind::Failed),
        Some(Kind::Slow),
    ];
    let mut all: Vec<Kind> = all.into_iter().flatten().collect();
    let more: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| listed(kind) && !all.contains(kind)).collect();
    all.extend(more);
    all.sort_by_key(|kind| kind.status());
    all
}

fn response(kind: Kind, schema: &schemars::Schema) -> Value {
    json!({
        "description": kind.about(),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// The parts of a path that stand in braces.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| {
        let schema = match name {
            "handle" => json!({ "type": "string", "minLength": 2, "maxLength": model::staff::HANDLE_MAX }),
            "link" => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
            _ => json!({ "type": "string", "format": "uuid" }),
        };
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    };
    names.map(parameter).collect()
}

/// The fields of a query's type, each a parameter.
fn query_parameters(schema: &Value) -> Vec<Value> {
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let parameter = |(name, mut schema): (String, Value)| {
        let about = schema.as_object_mut().and_then(|fields| fields.remove("description"));
        // In a query, what is not said is left out; there is no `null`.
        json!({ "name": name, "in": "query", "description": about, "schema": present(schema) })
    };
    fields.into_iter().map(parameter).collect()
}

/// A schema without the `null` that `Option` put into it.
fn present(mut schema: Value) -> Value {
    if let Some(types) = schema["type"].as_array() {
        let types: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = if let [one] = &types[..] { one.clone() } else { Value::from(types) };
        return schema;
    }
    let one = schema["anyOf"].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null")).cloned();
    match one {
        Some(one) => one,
        None => {
            // Indexing with a name that is not there put a `null` there.
            if let Some(fields) = schema.as_object_mut() {
                fields.retain(|_, value| !value.is_null());
            }
            schema
        }
    }
}

/// What a webhook is sent: not asked for by anybody, but in the same words.
fn webhooks(generator: &mut SchemaGenerator) -> Value {
    let message = generator.subschema_for::<Message>();
    let header = |name: &str, about: &str| json!({ "name": name, "in": "header", "required": true, "description": about, "schema": { "type": "string" } });
    let told = |event: WebhookEvent| {
        let post = json!({
            "summary": format!("Sent to webhooks that are told of `{}`.", event.as_str()),
            "operationId": format!("told{}", event.as_str().split('.').map(capital).collect::<String>()),
            "security": [],
            "parameters": [
                header("webhook-id", "The same at each attempt: drop what you have seen."),
                header("webhook-timestamp", "Seconds since 1970, when it was sent."),
                header("webhook-signature", "`v1,` and the base64 of an HMAC-SHA256 (standardwebhooks.com)."),
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": message } } },
            "responses": {
                "2XX": { "description": "Taken. Anything else is sent again, for three days." },
                "410": { "description": "Never again: the webhook is switched off." },
            },
        });
        (event.as_str().to_owned(), json!({ "post": post }))
    };
    WebhookEvent::STORIES.into_iter().chain([WebhookEvent::Ping]).map(told).collect::<Map<_, _>>().into()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Puts down the bounds that a number's format implies, and reads links of the code's documentation as words.
fn tidy(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(tidy),
        Value::Object(fields) => {
            let bounds = match fields.get("format").and_then(Value::as_str) {
                Some("uint32") => Some((json!(0), json!(u32::MAX))),
                Some("uint64") => Some((json!(0), json!(u64::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                fields.entry("minimum").or_insert(least);
                fields.entry("maximum").or_insert(most);
            }
            if let Some(Value::String(text)) = fields.get_mut("description") {
                *text = text.replace("[`", "`").replace("`]", "`");
            }
            fields.values_mut().for_each(tidy);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
