//! From a schema of OpenAPI 3.0 to one of JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// A whole document with its schemas converted. Schemas of errors (`orders.capture-422`) stay open: they describe parts of
/// what other schemas of errors describe too.
pub(super) fn converted(document: &Value) -> Value {
    let mut new = document.clone();
    let all = Converter { document, closing: true };
    new["paths"] = all.convert(&document["paths"]);
    new["components"] = all.convert(&document["components"]);
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        if name.get(name.len().saturating_sub(3)..).is_some_and(|end| end.parse::<u16>().is_ok()) {
            new["components"]["schemas"][name] = Converter { document, closing: false }.convert(schema);
        }
    }
    new
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

struct Converter<'a> {
    document: &'a Value,
    closing: bool,
}

impl Converter<'_> {
    fn convert(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => self.object(fields),
            Value::Array(items) => items.iter().map(|item| self.convert(item)).collect(),
            other => other.clone(),
        }
    }

    fn object(&self, fields: &Map<String, Value>) -> Value {
        let mut new = Map::new();
        for (key, value) in fields {
            let value = match &**key {
                "nullable" | "example" | "examples" | "discriminator" => continue,
                "additionalProperties" if value == false => continue,
                "properties" if value.is_object() => self.properties(value),
                "items" if self.closing => closed(&self.convert(value), self.document),
                "enum" | "default" | "required" => value.clone(),
                _ => self.convert(value),
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

    fn properties(&self, value: &Value) -> Value {
        let fields = value.as_object().into_iter().flatten();
        let fields = fields.map(|(name, schema)| {
            let mut new = self.convert(schema);
            if self.closing && names_keys(schema, self.document, 8) {
                // What may be null is wrapped; the wrapper is closed around both.
                new["unevaluatedProperties"] = false.into();
            }
            (name.clone(), new)
        });
        Value::Object(fields.collect())
    }
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
