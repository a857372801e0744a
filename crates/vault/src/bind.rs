//! What a sealed value belongs to.

use uuid::Uuid;

/// The place of a sealed value: it opens there and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bind {
    /// The table: `subscriber`.
    pub noun: &'static str,
    /// The column: `address`.
    pub field: &'static str,
    /// The row.
    pub row: Uuid,
}

impl Bind {
    /// The address of a subscriber.
    #[must_use]
    pub fn subscriber(id: model::SubscriberId) -> Self {
        Self { noun: "subscriber", field: "address", row: id.0 }
    }

    /// A mail to one person that waits to go out.
    #[must_use]
    pub fn outbox(id: model::OutboxId) -> Self {
        Self { noun: "outbox", field: "sealed", row: id.0 }
    }

    /// Who gives: address and name.
    #[must_use]
    pub fn contribution_contact(id: model::ContributionId) -> Self {
        Self { noun: "contribution", field: "contact", row: id.0 }
    }

    /// What a giver wanted to say.
    #[must_use]
    pub fn contribution_message(id: model::ContributionId) -> Self {
        Self { noun: "contribution", field: "message", row: id.0 }
    }

    /// The address of somebody who is to be reminded.
    #[must_use]
    pub fn reminder(id: model::ReminderId) -> Self {
        Self { noun: "reminder", field: "address", row: id.0 }
    }

    /// The associated data: lengths stand before the parts, so that no two places give the same bytes. `header` is what stands
    /// in the clear before the sealed bytes.
    pub(crate) fn associated(&self, header: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        for part in [b"masthead".as_slice(), header, self.noun.as_bytes(), self.field.as_bytes(), self.row.as_bytes()] {
            out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend_from_slice(part);
        }
        out
    }
}
