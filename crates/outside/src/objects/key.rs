//! Which keys are allowed. They become file names, so everything that could leave the folder is refused.

use object_store::path::Path;

use super::ObjectsError;

/// Longest key, in bytes.
pub(crate) const MAX_KEY: usize = 512;
/// Longest part between two slashes, in bytes; file systems stop at 255.
pub(crate) const MAX_PART: usize = 200;

/// The key as a path, or why it is none.
pub(crate) fn path(key: &str) -> Result<Path, ObjectsError> {
    let refuse = |why: String| ObjectsError::Key { key: key.chars().take(80).collect(), why };
    if key.len() > MAX_KEY {
        return Err(refuse(format!("it is {} bytes long, {MAX_KEY} are allowed", key.len())));
    }
    for part in key.split('/') {
        if let Some(why) = fault(part) {
            return Err(refuse(why));
        }
    }
    Path::parse(key).map_err(|error| refuse(error.to_string()))
}

fn fault(part: &str) -> Option<String> {
    if part.is_empty() {
        return Some("a part between slashes is empty".into());
    }
    if part == "." || part == ".." {
        return Some(format!("`{part}` is not allowed in it"));
    }
    if part.len() > MAX_PART {
        return Some(format!("a part is {} bytes long, {MAX_PART} are allowed", part.len()));
    }
    let odd = part.chars().find(|c| !(c.is_ascii_alphanumeric() || "-_.".contains(*c)))?;
    Some(format!("the character {odd:?} is not allowed in it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_photos_are_allowed() {
        for key in ["media/ab/0123456789abcdef.webp", "media/source/00.json", "a"] {
            assert_eq!(path(key).unwrap().to_string(), key);
        }
    }

    #[test]
    fn keys_that_could_leave_the_folder_are_refused_by_name() {
        let long = "a".repeat(10_000);
        let part = "a".repeat(201);
        for key in
            ["", "/etc/passwd", "media/../secret", "..", "a//b", "a/", "a\0b", "a\\b", "a b", "é", "a#1", &long, &part]
        {
            let error = path(key).unwrap_err().to_string();
            assert!(error.starts_with("the object key"), "{key:?}: {error}");
            assert!(error.len() < 300, "{error}");
        }
    }
}
