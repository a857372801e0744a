//! Conditions as SQL.

use uuid::Uuid;

use super::{Condition, ON_FRONT, Within};

/// A value that is bound.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    Text(String),
    Number(i64),
    Id(Uuid),
}

/// A condition as SQL.
#[derive(Debug, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) bound: Vec<Bound>,
}

impl Sql {
    pub(super) fn bind(&mut self, value: Bound) {
        self.bound.push(value);
        self.text.push_str(&format!("${}", self.bound.len()));
    }

    pub(super) fn list(&mut self, before: &str, values: impl Iterator<Item = Bound>, after: &str) {
        self.text.push_str(before);
        self.text.push('(');
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.bind(value);
        }
        self.text.push(')');
        self.text.push_str(after);
    }

    fn joined(&mut self, all: &[Condition], word: &str, of_none: &str) {
        if all.is_empty() {
            return self.text.push_str(of_none);
        }
        for (index, condition) in all.iter().enumerate() {
            self.text.push_str(if index == 0 { "(" } else { word });
            self.condition(condition);
        }
        self.text.push(')');
    }

    fn ids(&mut self, before: &str, ids: impl ExactSizeIterator<Item = Uuid>, after: &str) {
        if ids.len() == 0 {
            return self.text.push_str("1 = 0");
        }
        self.list(before, ids.map(Bound::Id), after);
    }

    pub(super) fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(all) => self.joined(all, " AND ", "1 = 1"),
            Condition::Any(any) => self.joined(any, " OR ", "1 = 0"),
            Condition::Not(not) => {
                self.text.push_str("NOT (");
                self.condition(not);
                self.text.push(')');
            }
            Condition::Ids(first, last) => {
                self.text.push_str("s.id BETWEEN ");
                self.bind(Bound::Id(first.0));
                self.text.push_str(" AND ");
                self.bind(Bound::Id(last.0));
            }
            Condition::Text(_, texts) if texts.is_empty() => self.text.push_str("1 = 0"),
            Condition::Text(column, texts) => {
                self.list(&format!("{} IN ", column.column()), texts.iter().cloned().map(Bound::Text), "");
            }
            Condition::TextCompare(column, compare, text) => {
                self.text.push_str(&format!("{} {} ", column.column(), compare.sign()));
                self.bind(Bound::Text(text.clone()));
            }
            Condition::TextWithin(column, within, text) => {
                self.text.push_str(&format!("lower({}) LIKE lower(", column.column()));
                self.bind(Bound::Text(pattern(*within, text)));
                self.text.push_str(") ESCAPE '!'");
            }
            Condition::Time(column, compare, at) => {
                self.text.push_str(&format!("{} {} ", column.column(), compare.sign()));
                self.bind(Bound::Number(at.as_millis()));
            }
            // A story without a section makes `IN` neither true nor false, and its negation too.
            Condition::Section(ids) => {
                self.ids("(s.section IS NOT NULL AND s.section IN ", ids.iter().map(|id| id.0), ")");
            }
            Condition::HasSection => self.text.push_str("s.section IS NOT NULL"),
            // `coalesce` keeps SQLite from visiting each of a large topic's stories, whose rows are long: it walks the
            // narrow index of published stories instead.
            Condition::Topic(ids) => self.ids(
                "coalesce(s.id, s.id) IN (SELECT l.story FROM story_topic l WHERE l.listed_at IS NOT NULL AND l.topic IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::MainTopic(ids) => self.ids(
                "coalesce(s.id, s.id) IN (SELECT l.story FROM story_topic l WHERE l.listed_at IS NOT NULL AND l.position = 0 AND l.topic IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::HasTopic => {
                self.text.push_str("EXISTS (SELECT 1 FROM story_topic l WHERE l.story = s.id)");
            }
            Condition::Byline(ids) => self.ids(
                "coalesce(s.id, s.id) IN (SELECT l.story FROM story_byline l WHERE l.listed_at IS NOT NULL AND l.byline IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::FirstByline(ids) => self.ids(
                "coalesce(s.id, s.id) IN (SELECT l.story FROM story_byline l WHERE l.listed_at IS NOT NULL AND l.position = 0 AND l.byline IN ",
                ids.iter().map(|id| id.0),
                ")",
            ),
            Condition::HasByline => {
                self.text.push_str("EXISTS (SELECT 1 FROM story_byline l WHERE l.story = s.id)");
            }
            Condition::HasPhoto => self.text.push_str("s.lead_photo IS NOT NULL"),
            Condition::OnFront => self.text.push_str(ON_FRONT),
        }
    }
}

/// A pattern of `LIKE` in which nothing of the text itself has a meaning.
fn pattern(within: Within, text: &str) -> String {
    let plain = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    match within {
        Within::Anywhere => format!("%{plain}%"),
        Within::Start => format!("{plain}%"),
        Within::End => format!("%{plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StoryText;

    #[test]
    fn nothing_that_was_asked_for_is_part_of_the_statement() {
        let evil = "'; DROP TABLE story; --".to_owned();
        let mut sql = Sql::default();
        sql.condition(&Condition::All(vec![
            Condition::Text(StoryText::Slug, vec![evil.clone(), evil.clone()]),
            Condition::Not(Box::new(Condition::TextWithin(StoryText::Headline, Within::Start, evil))),
            Condition::Any(vec![]),
        ]));
        assert_eq!(sql.text, "(s.slug IN ($1,$2) AND NOT (lower(s.headline) LIKE lower($3) ESCAPE '!') AND 1 = 0)");
        assert_eq!(sql.bound.len(), 3);
    }

    #[test]
    fn signs_of_a_pattern_stand_for_themselves() {
        assert_eq!(pattern(Within::Anywhere, "50%_!"), "%50!%!_!!%");
    }
}
