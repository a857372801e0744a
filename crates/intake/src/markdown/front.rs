//! Front matter: YAML between `---`, TOML between `+++`, or a JSON object, all read as one kind of value.

use serde_json::{Map, Value};

use super::files::Refused;

/// Front matter is at most so long.
const MAX_BYTES: usize = 1024 * 1024;

/// The fields of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Front(pub(super) Map<String, Value>);

/// Splits a file into front matter and text.
pub(super) fn split(text: &str) -> Result<(Front, String), Refused> {
    let fenced = |fence: &str| -> Option<(&str, &str)> {
        let rest = text
            .strip_prefix(fence)?
            .strip_prefix('\n')
            .or_else(|| text.strip_prefix(fence)?.trim_start_matches([' ', '\t']).strip_prefix('\n'))?;
        if let Some(body) = rest.strip_prefix(fence) {
            return Some(("", body));
        }
        let end = rest.find(&format!("\n{fence}"))?;
        Some((&rest[..end], rest[end + 1 + fence.len()..].trim_start_matches(['-', '+', ' ', '\t'])))
    };
    let broken = |what: &str, why: String| Refused(format!("its front matter ({what}) could not be read: {why}"));
    let (value, body) = if let Some((yaml, body)) = fenced("---") {
        (yaml_value(yaml).map_err(|why| broken("YAML", why))?, body)
    } else if let Some((toml, body)) = fenced("+++") {
        (toml_value(toml).map_err(|why| broken("TOML", why))?, body)
    } else if text.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => (value, &text[values.byte_offset()..]),
            Some(Err(error)) => return Err(broken("JSON", error.to_string())),
            None => (Value::Null, text),
        }
    } else {
        (Value::Null, text)
    };
    match value {
        Value::Object(map) => Ok((Front(map), body.to_owned())),
        Value::Null => Ok((Front::default(), body.to_owned())),
        _ => Err(Refused("its front matter is no list of fields".to_owned())),
    }
}

/// YAML as JSON.
pub(super) fn yaml_value(text: &str) -> Result<Value, String> {
    if text.len() > MAX_BYTES {
        return Err("it is longer than 1 MiB".to_owned());
    }
    let value: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).map_err(|error| error.to_string())?;
    Ok(from_yaml(value))
}

fn from_yaml(value: serde_yaml_ng::Value) -> Value {
    use serde_yaml_ng::Value as Yaml;
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(b) => Value::Bool(b),
        Yaml::Number(n) => n.as_i64().map(Value::from).or_else(|| n.as_f64().map(Value::from)).unwrap_or(Value::Null),
        Yaml::String(s) => Value::String(s),
        Yaml::Sequence(list) => Value::Array(list.into_iter().map(from_yaml).collect()),
        Yaml::Mapping(map) => Value::Object(
            map.into_iter()
                .filter_map(|(key, value)| match from_yaml(key) {
                    Value::String(key) => Some((key, from_yaml(value))),
                    Value::Null | Value::Array(_) | Value::Object(_) => None,
                    other => Some((other.to_string(), from_yaml(value))),
                })
                .collect(),
        ),
        Yaml::Tagged(tagged) => from_yaml(tagged.value),
    }
}

/// TOML as JSON; dates become text.
pub(super) fn toml_value(text: &str) -> Result<Value, String> {
    if text.len() > MAX_BYTES {
        return Err("it is longer than 1 MiB".to_owned());
    }
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(from_toml(toml::Value::Table(table)))
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(s) => Value::String(s),
        toml::Value::Integer(n) => Value::from(n),
        toml::Value::Float(n) => Value::from(n),
        toml::Value::Boolean(b) => Value::Bool(b),
        toml::Value::Datetime(at) => Value::String(at.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(k, v)| (k, from_toml(v))).collect()),
    }
}

impl Front {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first of the fields that is there and not empty; `extra.` and `params.` are looked into as well.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Value> {
        let nested = |name: &str| ["extra", "params"].iter().find_map(|group| self.0.get(*group)?.get(name));
        names.iter().find_map(|name| self.0.get(*name).or_else(|| nested(name)).filter(|v| !is_nothing(v)))
    }

    /// A text on one line.
    pub(super) fn text(&self, names: &[&str]) -> String {
        self.get(names).map(text_of).unwrap_or_default()
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn list(&self, names: &[&str]) -> Vec<String> {
        let taxonomies = self.0.get("taxonomies");
        let own = self.get(names).or_else(|| names.iter().find_map(|name| taxonomies?.get(*name)));
        own.map(list_of).unwrap_or_default()
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(b) => Some(*b),
            Value::String(s) => s.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()))
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// A value as a text: of an object its `name` or `title`.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(s) => crate::html::words::collapse(s),
        Value::Number(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Object(map) => ["name", "title", "slug", "file", "src", "url"]
            .iter()
            .find_map(|k| map.get(*k))
            .map(text_of)
            .unwrap_or_default(),
        Value::Array(list) => list.first().map(text_of).unwrap_or_default(),
        Value::Null => String::new(),
    }
}

pub(super) fn list_of(value: &Value) -> Vec<String> {
    let texts = match value {
        Value::Array(list) => list.iter().map(text_of).collect(),
        // Jekyll writes several in one text, apart by commas or spaces; a name may hold spaces.
        Value::String(s) => s.split(',').map(crate::html::words::collapse).collect(),
        other => vec![text_of(other)],
    };
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

pub(super) use crate::links::percent_decoded;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_front_matter_say_the_same() {
        let yaml = split("---\ntitle: A\ndate: 2024-01-02\ntags: [x, y]\n---\nBody").unwrap();
        let toml = split("+++\ntitle = \"A\"\ndate = 2024-01-02\ntags = [\"x\", \"y\"]\n+++\nBody").unwrap();
        let json = split("{\"title\":\"A\",\"date\":\"2024-01-02\",\"tags\":[\"x\",\"y\"]}\nBody").unwrap();
        assert_eq!(yaml.0, toml.0);
        assert_eq!(yaml.0, json.0);
        assert_eq!(yaml.1.trim(), "Body");
        assert_eq!(json.1.trim(), "Body");
    }

    #[test]
    fn broken_front_matter_is_refused_by_name() {
        let Refused(why) = split("---\ntitle: [a\n---\nBody").unwrap_err();
        assert!(why.contains("YAML"), "{why}");
        assert!(split("No front matter\n---\n").unwrap().0.is_empty());
    }
}
