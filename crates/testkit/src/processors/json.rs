//! Objects are kept as the JSON that is answered; these are the few words to speak about it.

use serde_json::Value;

/// A text, or the empty one.
pub(super) fn text(value: &Value, path: &str) -> String {
    at(value, path).as_str().unwrap_or_default().to_owned()
}

/// A whole number, or 0; written as text counts, as forms write it.
pub(super) fn int(value: &Value, path: &str) -> i64 {
    let found = at(value, path);
    found.as_i64().or_else(|| found.as_str()?.parse().ok()).unwrap_or_default()
}

/// What lies at `a.0.b`, or null.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |found, key| match key.parse::<usize>() {
        Ok(index) if found.is_array() => &found[index],
        _ => &found[key],
    })
}

/// Puts the fields of one object over another's; what was there before, of those that changed.
pub(super) fn put(value: &mut Value, changes: Value) -> Value {
    let mut before = serde_json::Map::new();
    if let (Value::Object(fields), Value::Object(changes)) = (value, changes) {
        for (key, new) in changes {
            if fields.get(&key) != Some(&new) {
                let old = fields.insert(key.clone(), new);
                before.insert(key, old.unwrap_or_default());
            }
        }
    }
    Value::Object(before)
}

/// One object with the fields of another over it.
pub(super) fn with(mut value: Value, changes: Value) -> Value {
    put(&mut value, changes);
    value
}
