//! Paths of public pages, and the relative addresses between them.

use serde::{Deserialize, Serialize};

/// A public page's path: begins with `/`, no query, no fragment, no `..`; a page's path ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Path(String);

impl Path {
    /// From text that is known to be a path, such as one this program made.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        let mut path = path.into();
        if !path.starts_with('/') {
            path.insert(0, '/');
        }
        Self(path)
    }

    /// The path's text, beginning with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What leads from this page back to the root: `../../` for `/a/b/`, `./` for `/`.
    ///
    /// Pages carry only such relative addresses, so that the same bytes work on any host, in any folder and
    /// offline (law 5).
    #[must_use]
    pub fn to_root(&self) -> String {
        let depth = self.0.matches('/').count() - 1;
        if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
    }

    /// The address of another root-relative path as seen from this page.
    ///
    /// ```
    /// # use model::Path;
    /// let story = Path::new("/2025/07/11/wonsan/");
    /// assert_eq!(story.relative("/topics/wonsan/"), "../../../../topics/wonsan/");
    /// assert_eq!(Path::new("/").relative("/feed.xml"), "./feed.xml");
    /// ```
    #[must_use]
    pub fn relative(&self, target: &str) -> String {
        format!("{}{}", self.to_root(), target.trim_start_matches('/'))
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
