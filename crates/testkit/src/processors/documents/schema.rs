//! From a schema of OpenAPI 3.0 to one of JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// A whole document with its schemas converted.
pub(super) fn converted(document: &Value) -> Value {
    let mut document = document.clone();
    let original = document.clone();
    for place in ["paths", "components"] {
        let value = convert(&document[place], &original);
        document[place] = value;
    }
    document
}

/// A schema in whose objects nothing unnamed may stand.
pub(super) fn closed(schema: &Value, document: &Value) -> Value {
    let mut schema = schema.clone();
    if names_keys(&schema, document, 8)
        && let Value::Object(fields) = &mut schema
    {
        fields.insert("unevaluatedProperties".to_owned(), false.into());
    }
    schema
}

fn convert(value: &Value, document: &Value) -> Value {
    match value {
        Value::Object(fields) => object(fields, document),
        Value::Array(items) => items.iter().map(|item| convert(item, document)).collect(),
        other => other.clone(),
    }
}

fn object(fields: &Map<String, Value>, document: &Value) -> Value {
    let mut new = Map::new();
    for (key, value) in fields {
        let value = match &**key {
            "nullable" | "example" | "examples" | "discriminator" => continue,
            "additionalProperties" if value == false => continue,
            "properties" if value.is_object() => properties(value, document),
            "items" => closed(&convert(value, document), document),
            "enum" | "default" | "required" => value.clone(),
            _ => convert(value, document),
        };
        new.insert(key.clone(), value);
    }
    for (bound, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if new.get(bound).is_some_and(Value::is_boolean) {
            let exclusive = new.remove(bound) == Some(true.into());
            if exclusive && let Some(number) = new.remove(limit) {
                new.insert(bound.to_owned(), number);
            }
        }
    }
    let new = Value::Object(new);
    if fields.get("nullable") == Some(&true.into()) { json!({"anyOf": [new, {"type": "null"}]}) } else { new }
}

fn properties(value: &Value, document: &Value) -> Value {
    let fields = value.as_object().into_iter().flatten();
    let fields = fields.map(|(name, schema)| {
        let mut new = convert(schema, document);
        if names_keys(schema, document, 8) {
            // What may be null is wrapped; the wrapper is closed around both.
            new["unevaluatedProperties"] = false.into();
        }
        (name.clone(), new)
    });
    Value::Object(fields.collect())
}

/// Whether a schema names the keys of an object, and nothing in it says that there may be others.
fn names_keys(schema: &Value, document: &Value, depth: u8) -> bool {
    fn open(schema: &Value, document: &Value, depth: u8) -> bool {
        let own = &schema["additionalProperties"];
        own == true
            || own.is_object()
            || parts(schema, document, depth).iter().any(|part| open(part, document, depth - 1))
    }
    fn names(schema: &Value, document: &Value, depth: u8) -> bool {
        schema["properties"].is_object()
            || parts(schema, document, depth).iter().any(|part| names(part, document, depth - 1))
    }
    names(schema, document, depth) && !open(schema, document, depth)
}

fn parts(schema: &Value, document: &Value, depth: u8) -> Vec<Value> {
    if depth == 0 {
        return Vec::new();
    }
    let mut parts: Vec<Value> = Vec::new();
    if let Some(reference) = schema["$ref"].as_str() {
        parts.push(document.pointer(reference.trim_start_matches('#')).cloned().unwrap_or_default());
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        parts.extend(schema[key].as_array().into_iter().flatten().cloned());
    }
    parts
}
