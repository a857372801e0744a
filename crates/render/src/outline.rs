//! Heading levels without gaps: below the headline (1) comes 2, never 3.

/// The level a page has come to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outline {
    level: u8,
    /// How much deeper than in a text of its own everything stands.
    deeper: u8,
}

impl Outline {
    /// Below the headline.
    pub(crate) const START: Self = Self { level: 1, deeper: 0 };
    /// Below the headline of one story among others.
    pub(crate) const AMONG_OTHERS: Self = Self { level: 2, deeper: 1 };

    /// The level at which a heading stands, 2 to 4, and at most one deeper than the one before.
    pub(crate) fn enter(&mut self, level: u8) -> &'static str {
        self.level = (level.clamp(2, 4) + self.deeper).min(4).min(self.level + 1);
        self.name()
    }

    /// The level for the title of a box at this place, 2 or 3 where the text has the page to itself.
    pub(crate) fn enter_box(&mut self) -> &'static str {
        self.enter(3)
    }

    /// The level of what stands right below the headline.
    pub(crate) fn first(mut self) -> &'static str {
        self.level = 1 + self.deeper;
        self.enter(2)
    }

    fn name(self) -> &'static str {
        match self.level {
            0..=2 => "h2",
            3 => "h3",
            _ => "h4",
        }
    }
}
