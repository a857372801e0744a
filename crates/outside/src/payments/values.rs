//! Reading JSON of gateways: what is missing or of another kind is empty, nothing or null, never a panic.

use model::{ContributionId, Timestamp};
use serde_json::Value;

/// A text by its pointer (RFC 6901); empty when there is none.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A text that is not empty.
pub(super) fn some<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    Some(text(value, pointer)).filter(|text| !text.is_empty())
}

/// A whole number; `None` when there is none.
pub(super) fn whole(value: &Value, pointer: &str) -> Option<i64> {
    value.pointer(pointer).and_then(Value::as_i64)
}

/// Whether something is true.
pub(super) fn is(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer).and_then(Value::as_bool).unwrap_or_default()
}

/// What is listed.
pub(super) fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The name of another object, which is its id or the whole of it.
pub(super) fn name<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    some(value, pointer).or_else(|| some(value.pointer(pointer)?, "/id"))
}

/// A moment in seconds since 1970.
pub(super) fn seconds(value: &Value, pointer: &str) -> Option<Timestamp> {
    whole(value, pointer).map(|seconds| Timestamp::from_millis(seconds.saturating_mul(1_000)))
}

/// The reference that [`super::Start`] gave, if it is one.
pub(super) fn contribution(value: &Value, pointer: &str) -> Option<ContributionId> {
    uuid::Uuid::try_parse(text(value, pointer)).ok().map(ContributionId)
}
