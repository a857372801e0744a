//! What an export's records say, as characters. Only what is listed here is read; the rest passes by.

use quick_xml::events::BytesStart;

/// Takes what stands in a record.
pub(super) trait Collect {
    /// An element begins, `depth` levels below the record.
    fn start(&mut self, depth: usize, element: &BytesStart<'_>);
    /// Characters, in an element `depth` levels below the record.
    fn text(&mut self, depth: usize, text: &str);
    /// The element at `depth` ends.
    fn end(&mut self, depth: usize);
}

macro_rules! names {
    ($($name:literal),* $(,)?) => {
        /// The name of a field that is read; people's logins are read to know whose posts are whose, and go no further.
        pub(super) fn known(name: &str) -> Option<&'static str> {
            match name { $($name => Some($name),)* _ => None }
        }
    };
}

names![
    "title",
    "link",
    "pubDate",
    "language",
    "description",
    "dc:creator",
    "content:encoded",
    "excerpt:encoded",
    "wp:wxr_version",
    "wp:base_site_url",
    "wp:base_blog_url",
    "wp:author_login",
    "wp:author_display_name",
    "wp:author_first_name",
    "wp:author_last_name",
    "wp:term_id",
    "wp:category_nicename",
    "wp:category_parent",
    "wp:cat_name",
    "wp:category_description",
    "wp:tag_slug",
    "wp:tag_name",
    "wp:tag_description",
    "wp:term_taxonomy",
    "wp:term_slug",
    "wp:term_parent",
    "wp:term_name",
    "wp:term_description",
    "wp:post_id",
    "wp:post_date",
    "wp:post_date_gmt",
    "wp:post_modified",
    "wp:post_modified_gmt",
    "wp:post_name",
    "wp:status",
    "wp:post_parent",
    "wp:menu_order",
    "wp:post_type",
    "wp:post_password",
    "wp:is_sticky",
    "wp:attachment_url",
];

/// Metadata that is read.
const META: [&str; 24] = [
    "_thumbnail_id",
    "_wp_attachment_image_alt",
    "_wp_attachment_metadata",
    "_media_credit",
    "_navis_media_credit_org",
    "_wp_old_slug",
    "_yoast_wpseo_primary_category",
    "_primary_category",
    "cap-display_name",
    "cap-first_name",
    "cap-last_name",
    "cap-user_login",
    "cap-description",
    "footnotes",
    "newspack_post_subtitle",
    "_subtitle",
    "wps_subtitle",
    "kicker_subtitle",
    "media_credit",
    "credit",
    "_credit",
    "photo_credit",
    "_photo_credit",
    "media_photographer",
];

/// Characters of one element.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) String);

impl Collect for Text {
    fn start(&mut self, _: usize, _: &BytesStart<'_>) {}
    fn text(&mut self, depth: usize, text: &str) {
        if depth == 0 {
            self.0.push_str(text);
        }
    }
    fn end(&mut self, _: usize) {}
}

/// The fields of a record.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    list: Vec<(&'static str, String)>,
    open: Option<&'static str>,
    current: String,
}

impl Fields {
    /// A field without spaces around it; empty when it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.list.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.trim())
    }
}

impl Collect for Fields {
    fn start(&mut self, depth: usize, element: &BytesStart<'_>) {
        if depth == 0 {
            self.open = known(element.name().as_ref());
        }
    }

    fn text(&mut self, depth: usize, text: &str) {
        if depth == 1 && self.open.is_some() {
            self.current.push_str(text);
        }
    }

    fn end(&mut self, depth: usize) {
        if depth == 0
            && let Some(name) = self.open.take()
        {
            self.list.push((name, std::mem::take(&mut self.current)));
        }
    }
}

/// A `category` of an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Category {
    pub(super) domain: String,
    pub(super) nicename: String,
    pub(super) name: String,
}

/// An `item`.
#[derive(Debug, Default)]
pub(super) struct Item {
    fields: Fields,
    pub(super) categories: Vec<Category>,
    meta: Vec<(&'static str, String)>,
    pub(super) comments: u64,
    within: Within,
}

#[derive(Debug, Default)]
enum Within {
    #[default]
    Field,
    Category(Category),
    Meta {
        key: String,
        value: String,
        part: Part,
    },
    Other,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Key,
    Value,
    Neither,
}

impl Item {
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    pub(super) fn id(&self) -> u64 {
        self.get("wp:post_id").parse().unwrap_or(0)
    }

    /// A piece of metadata; empty when it is not there.
    pub(super) fn meta(&self, key: &str) -> &str {
        self.meta.iter().find(|(k, _)| *k == key).map_or("", |(_, value)| value.trim())
    }

    pub(super) fn metas<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.meta.iter().filter(move |(k, _)| *k == key).map(|(_, value)| value.trim())
    }
}

impl Collect for Item {
    fn start(&mut self, depth: usize, element: &BytesStart<'_>) {
        let name = element.name();
        match (depth, &mut self.within, name.as_ref()) {
            (0, within, "category") => *within = Within::Category(category(element)),
            (0, within, "wp:postmeta") => {
                *within = Within::Meta { key: String::new(), value: String::new(), part: Part::Neither };
            }
            (0, within, "wp:comment") => {
                self.comments += 1;
                *within = Within::Other;
            }
            (0, within, _) => {
                *within = Within::Field;
                self.fields.start(0, element);
            }
            (1, Within::Meta { key, part, .. }, name) => {
                *part = match name {
                    "wp:meta_key" => Part::Key,
                    "wp:meta_value" if META.contains(&key.trim()) => Part::Value,
                    _ => Part::Neither,
                };
            }
            _ => {}
        }
    }

    fn text(&mut self, depth: usize, text: &str) {
        match (&mut self.within, depth) {
            (Within::Field, _) => self.fields.text(depth, text),
            (Within::Category(category), 1) => category.name.push_str(text),
            (Within::Meta { key, part: Part::Key, .. }, 2) => key.push_str(text),
            (Within::Meta { value, part: Part::Value, .. }, 2) => value.push_str(text),
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        match (depth, &mut self.within) {
            (0, Within::Field) => self.fields.end(0),
            (0, within) => match std::mem::take(within) {
                Within::Category(category) => self.categories.push(category),
                Within::Meta { key, value, .. } => {
                    if let Some(name) = META.iter().find(|name| **name == key.trim()) {
                        self.meta.push((name, value));
                    }
                }
                Within::Field | Within::Other => {}
            },
            (1, Within::Meta { part, .. }) => *part = Part::Neither,
            _ => {}
        }
    }
}

fn category(element: &BytesStart<'_>) -> Category {
    let mut out = Category::default();
    for attribute in element.attributes().flatten() {
        let place = match attribute.key.as_ref() {
            "domain" => &mut out.domain,
            "nicename" => &mut out.nicename,
            _ => continue,
        };
        *place = crate::html::plain(&attribute.value);
    }
    out
}

/// A character reference or one of XML's and HTML's common names; another name stays as it stands.
pub(super) fn reference(name: &quick_xml::events::BytesRef<'_>, text: &mut dyn FnMut(&str)) {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return text(c.encode_utf8(&mut [0; 4]));
    }
    match &**name {
        "amp" => text("&"),
        "lt" => text("<"),
        "gt" => text(">"),
        "quot" => text("\""),
        "apos" => text("'"),
        other if name.is_char_ref() => text(&format!("&{other};")),
        other => text(&crate::html::plain(&format!("&{other};"))),
    }
}
