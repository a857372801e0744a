//! The interface words that stand inside documents, in the page's language.

/// Words and patterns; `{name}` in a pattern is filled in by the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Title of a box that tells what happened before: "The story so far".
    pub story_so_far: String,
    /// Title of a box of facts that has none of its own.
    pub facts: String,
    /// Title of an editors' note that has none of its own.
    pub note: String,
    /// `{source}`: a link to something that lies elsewhere and has no title.
    pub open_at: String,
    /// `{source}`: a video that lies there.
    pub video: String,
    /// `{source}`: a recording that lies there.
    pub audio: String,
    /// `{source}`: a post that stands there.
    pub post: String,
    /// `{source}`: any other page there.
    pub link: String,
    /// `{name}`: a file to download.
    pub download: String,
    /// `{alt}`: a photo that is described rather than shown.
    pub photo: String,
    /// `{credit}`: who made a photo.
    pub photo_credit: String,
    /// `{number}`: how a table without a caption is announced.
    pub table: String,
    /// Heading of the notes below the text.
    pub footnotes: String,
    /// `{number}`: a reference to a note in plain text.
    pub footnote: String,
    /// What the link from a note back to the text is called.
    pub back: String,
    /// Heading of the list of addresses below a plain text.
    pub links: String,
    /// `{number}`: a size in kilobytes.
    pub kilobytes: String,
    /// `{number}`: a size in megabytes.
    pub megabytes: String,
    /// The ten digits of the language, from zero.
    pub digits: [char; 10],
    /// What stands between a number's whole and its tenths.
    pub decimal: char,
}

impl Labels {
    /// The words in English.
    #[must_use]
    pub fn english() -> Self {
        Self {
            story_so_far: "The story so far".to_owned(),
            facts: "Facts".to_owned(),
            note: "Note".to_owned(),
            open_at: "Open at {source}".to_owned(),
            video: "Video: {source}".to_owned(),
            audio: "Audio: {source}".to_owned(),
            post: "Post: {source}".to_owned(),
            link: "{source}".to_owned(),
            download: "Download {name}".to_owned(),
            photo: "Picture: {alt}".to_owned(),
            photo_credit: "Photo: {credit}".to_owned(),
            table: "Table {number}".to_owned(),
            footnotes: "Notes".to_owned(),
            footnote: "note {number}".to_owned(),
            back: "Back to the text".to_owned(),
            links: "Links".to_owned(),
            kilobytes: "{number} KB".to_owned(),
            megabytes: "{number} MB".to_owned(),
            digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
            decimal: '.',
        }
    }

    /// A pattern with its one place filled in: `fill("Open at {source}", "source", "YouTube")`.
    pub(crate) fn fill(pattern: &str, place: &str, value: &str) -> String {
        pattern.replace(&format!("{{{place}}}"), value)
    }

    /// A whole number in the language's digits, without grouping.
    pub(crate) fn number(&self, number: u64) -> String {
        self.in_digits(&number.to_string())
    }

    /// A size as readers speak of it: thousands of bytes, rounded up, or tenths of millions.
    pub(crate) fn size(&self, bytes: u64) -> String {
        let kilobytes = bytes.div_ceil(1_000);
        if kilobytes < 1_000 {
            return Self::fill(&self.kilobytes, "number", &self.number(kilobytes));
        }
        let tenths = bytes.div_ceil(100_000);
        let number = self.in_digits(&format!("{}.{}", tenths / 10, tenths % 10));
        Self::fill(&self.megabytes, "number", &number)
    }

    fn in_digits(&self, ascii: &str) -> String {
        let digit = |c: char| match c.to_digit(10) {
            Some(value) => self.digits[value as usize],
            None => self.decimal,
        };
        ascii.chars().map(digit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_digits_of_the_language() {
        let english = Labels::english();
        assert_eq!(english.size(11_200), "12 KB");
        assert_eq!(english.size(2_340_000), "2.4 MB");
        let persian = Labels {
            digits: ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹'],
            decimal: '٫',
            megabytes: "{number} مگابایت".to_owned(),
            ..english
        };
        assert_eq!(persian.size(2_340_000), "۲٫۴ مگابایت");
    }
}
