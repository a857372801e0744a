//! Heading levels without gaps: below the headline (1) comes 2, never 3.

/// The level a page has come to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outline(u8);

impl Outline {
    /// Below the headline.
    pub(crate) const START: Self = Self(1);

    /// The level at which a heading stands, 2 to 4, and at most one deeper than the one before.
    pub(crate) fn enter(&mut self, level: u8) -> &'static str {
        self.0 = level.clamp(2, 4).min(self.0 + 1);
        self.name()
    }

    /// The level for the title of a box at this place, 2 or 3.
    pub(crate) fn enter_box(&mut self) -> &'static str {
        self.enter(3)
    }

    fn name(self) -> &'static str {
        match self.0 {
            0..=2 => "h2",
            3 => "h3",
            _ => "h4",
        }
    }
}
