//! What goes in and out: types that read themselves from a request, write themselves into an answer, and describe
//! themselves for [`super::openapi`].

use axum::{body::Body, extract::Query as Parsed};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::problem::{Kind, Problem};

/// What stands behind the `?` of an address.
pub(super) trait Query: DeserializeOwned + JsonSchema + Send + 'static {
    fn read(uri: &Uri) -> Result<Self, Problem> {
        if uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::new(Kind::Refused, "a text in the query has a NUL character in it; leave it out"));
        }
        let parsed = Parsed::<Self>::try_from_uri(uri);
        parsed.map(|Parsed(query)| query).map_err(|error| {
            let why = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            Problem::new(Kind::Malformed, format!("the query can't be read: {why}"))
        })
    }
}

impl<T: DeserializeOwned + JsonSchema + Send + 'static> Query for T {}

/// Nothing may stand there.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoQuery {}

/// The body of a request.
pub(super) trait Input: Sized + Send + 'static {
    /// Its media type; `None` when there is no body.
    const KIND: Option<&'static str>;
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
    fn read(body: Bytes) -> Result<Self, Problem>;
}

/// No body.
impl Input for () {
    const KIND: Option<&'static str> = None;

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }

    fn read(_: Bytes) -> Result<Self, Problem> {
        Ok(())
    }
}

/// JSON, in or out.
#[derive(Debug, Clone)]
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned + JsonSchema + Send + 'static> Input for Json<T> {
    const KIND: Option<&'static str> = Some("application/json");

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }

    fn read(body: Bytes) -> Result<Self, Problem> {
        let malformed =
            |error: serde_json::Error| Problem::new(Kind::Malformed, format!("the JSON can't be used: {error}"));
        let mut value: serde_json::Value = serde_json::from_slice(&body).map_err(malformed)?;
        settle(&mut value)?;
        serde_json::from_value(value).map(|Object(body)| Json(body)).map_err(malformed)
    }
}

/// Makes whole numbers of those that are written with a fraction of nothing (JSON knows one kind of number; serde, two),
/// and refuses what serde or a database would take otherwise than it is described. The parser has bounded how deep this
/// goes.
fn settle(value: &mut serde_json::Value) -> Result<(), Problem> {
    use serde_json::Value;
    match value {
        Value::String(text) if text.contains('\0') => {
            Err(Problem::new(Kind::Refused, "a text has a NUL character in it; leave it out"))
        }
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0).and_then(whole)
            {
                *value = whole.into();
            }
            Ok(())
        }
        Value::Array(list) => list.iter_mut().try_for_each(settle),
        Value::Object(fields) => {
            // As the tag of an enum, serde would take a number for the place of a variant.
            if fields.get("type").is_some_and(Value::is_number) {
                return Err(Problem::new(Kind::Refused, "the `type` of a block is its name, not a number"));
            }
            fields.values_mut().try_for_each(settle)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// A number that floats hold exactly, as a whole one.
fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it was looked at: it is whole, and within 53 bits")]
    (float.abs() <= EXACT).then_some(float as i64)
}

/// A JSON object, and nothing else: by itself, serde would read a list of the fields' values as well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Object<T> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let fields = serde_json::Map::deserialize(input)?;
        serde_json::from_value(fields.into()).map(Self).map_err(serde::de::Error::custom)
    }
}

impl<T: JsonSchema> JsonSchema for Object<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A file, byte for byte.
#[derive(Debug, Clone)]
pub(super) struct File(pub(super) Bytes);

impl Input for File {
    const KIND: Option<&'static str> = Some("application/octet-stream");

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        Some(json_schema!({ "type": "string", "format": "binary" }))
    }

    fn read(body: Bytes) -> Result<Self, Problem> {
        Ok(Self(body))
    }
}

/// An answer that is no problem.
pub(super) trait Output: Send + 'static {
    const STATUS: StatusCode;
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
    fn answer(self) -> Response<Body>;
}

/// Done; there is nothing to say.
impl Output for () {
    const STATUS: StatusCode = StatusCode::NO_CONTENT;

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }

    fn answer(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = Self::STATUS;
        response
    }
}

impl<T: Serialize + JsonSchema + Send + 'static> Output for Json<T> {
    const STATUS: StatusCode = StatusCode::OK;

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }

    fn answer(self) -> Response<Body> {
        json(Self::STATUS, &self.0)
    }
}

/// Something new, and its address.
#[derive(Debug, Clone)]
pub(super) struct Created<T> {
    pub(super) at: String,
    pub(super) value: T,
}

impl<T: Serialize + JsonSchema + Send + 'static> Output for Created<T> {
    const STATUS: StatusCode = StatusCode::CREATED;

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }

    fn answer(self) -> Response<Body> {
        let mut response = json(Self::STATUS, &self.value);
        if let Ok(at) = HeaderValue::from_str(&self.at) {
            response.headers_mut().insert(header::LOCATION, at);
        }
        response
    }
}

pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    let Ok(bytes) = serde_json::to_vec(value) else { return Problem::of(Kind::Failed).answer() };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The media type of a body, without parameters, in lower case.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(text.split(';').next()?.trim().to_ascii_lowercase())
}

/// A whole number within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub(super) struct Whole<const MIN: i64, const MAX: i64>(pub(super) i64);

impl<const MIN: i64, const MAX: i64> TryFrom<i64> for Whole<MIN, MAX> {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        if (MIN..=MAX).contains(&number) {
            return Ok(Self(number));
        }
        Err(format!("{number} is not between {MIN} and {MAX}"))
    }
}

impl<const MIN: i64, const MAX: i64> JsonSchema for Whole<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

/// A text within bounds, in characters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Text<const MIN: usize, const MAX: usize>(pub(super) String);

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Text<MIN, MAX> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let length = text.chars().count();
        if (MIN..=MAX).contains(&length) {
            return Ok(Self(text));
        }
        Err(format!("a text of {length} characters; {MIN} to {MAX} are allowed"))
    }
}

impl<const MIN: usize, const MAX: usize> JsonSchema for Text<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Text{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": MIN, "maxLength": MAX })
    }
}

/// A moment with its offset (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Moment(pub(super) model::Timestamp);

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let at = model::Timestamp::parse(&text).map(Self);
        at.ok_or_else(|| "a time is written like 2026-03-29T07:30:00+02:00, with its offset".to_owned())
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl From<model::Timestamp> for Moment {
    fn from(at: model::Timestamp) -> Self {
        Self(at)
    }
}
