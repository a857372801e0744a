//! Reading stored documents: older versions are upgraded step by step, newer ones refused.

use serde_json::Value;

use super::{Document, VERSION};

/// Why a stored document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, or not the JSON of a document.
    #[error("the stored document is not readable as version {VERSION} JSON")]
    Malformed(#[from] serde_json::Error),
    /// It has no version number.
    #[error("the stored document does not say its version")]
    NoVersion,
    /// A newer Masthead wrote it.
    #[error("the stored document has version {found}, this Masthead reads up to {VERSION}; install the newer Masthead")]
    TooNew {
        /// The version it says.
        found: u64,
    },
}

/// One step from a version to the next, on the raw JSON. Step `n` turns version `n + 1` into `n + 2`... of which
/// there are none yet but the first: version 0 were bare arrays of blocks.
const STEPS: [fn(Value) -> Value; 1] = [from_0];

fn from_0(old: Value) -> Value {
    serde_json::json!({ "version": 1, "blocks": old })
}

/// Reads a stored document, upgrading it when an older version wrote it.
///
/// # Errors
/// [`ReadError`] when it is malformed or newer than this program.
pub fn read(json: &str) -> Result<Document, ReadError> {
    let mut value: Value = serde_json::from_str(json)?;
    let found = match &value {
        Value::Array(_) => 0,
        other => other.get("version").and_then(Value::as_u64).ok_or(ReadError::NoVersion)?,
    };
    if found > u64::from(VERSION) {
        return Err(ReadError::TooNew { found });
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        value = step(value);
    }
    Ok(serde_json::from_value(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    #[test]
    fn an_old_document_is_upgraded_and_a_new_one_refused() {
        let old = r#"[{"type":"paragraph","content":[{"type":"text","text":"Hello"}]}]"#;
        assert_eq!(read(old).unwrap(), Document::new(vec![Block::paragraph("Hello")]));
        assert!(matches!(read(r#"{"version":99,"blocks":[]}"#), Err(ReadError::TooNew { found: 99 })));
        assert!(matches!(read(r#"{"blocks":[]}"#), Err(ReadError::NoVersion)));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let document = Document::new(vec![Block::paragraph("سلام"), Block::Rule]);
        assert_eq!(read(&document.to_json().unwrap()).unwrap(), document);
    }
}
