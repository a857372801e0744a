//! What goes wrong with a gateway, and what to do about it.

/// Why a gateway did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum GatewayError {
    /// It was not reached, was too slow, or said that it is broken or busy: the same is to be asked again with the same key.
    #[error("{gateway} is not to be reached: {why}")]
    Away {
        /// Which.
        gateway: String,
        /// What was seen, without any address of a person: `answered 502`, `no answer in 20 s`.
        why: String,
    },
    /// It remembers that it failed under this key, and says that again for as long as it remembers the key. Whether the work was done
    /// shows when the object is looked at; if not, the same is to be asked under another key.
    #[error("{gateway} failed, and says so again under the same key")]
    Spent {
        /// Which.
        gateway: String,
    },
    /// It does not take the newsroom's key.
    #[error(
        "{gateway} refuses the newsroom's key: check that it is complete and has the rights that docs/guide/till.md names{}",
        lacking(.lacks)
    )]
    Key {
        /// Which.
        gateway: String,
        /// The right that it lacks, by the gateway's own name for it: `rak_invoice_read`. Empty where it does not say.
        #[serde(default)]
        lacks: String,
    },
    /// It says no: asking again the same way is of no use.
    #[error("{gateway} refuses: {why}")]
    Refused {
        /// Which.
        gateway: String,
        /// Its code for why: `card_declined`.
        why: String,
    },
    /// It answered what its documents don't know.
    #[error("{gateway} answered something that is not understood: {why}")]
    Unclear {
        /// Which.
        gateway: String,
        /// What was not understood.
        why: String,
    },
    /// It can't do that.
    #[error("{gateway} can't do that")]
    Cannot {
        /// Which.
        gateway: String,
    },
}

fn lacking(right: &str) -> String {
    if right.is_empty() { String::new() } else { format!("; it lacks {right}") }
}

impl GatewayError {
    /// Whether the same may go well later.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            // A key that was taken back is put right in the settings, and the work goes on then.
            Self::Away { .. } | Self::Spent { .. } | Self::Key { .. } | Self::Unclear { .. } => true,
            Self::Refused { .. } | Self::Cannot { .. } => false,
        }
    }
}

/// Why a webhook is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum HookRefused {
    /// It is not signed, or not with the newsroom's secret.
    #[error("the signature is not the gateway's")]
    Signature,
    /// It was signed too long ago, or ahead of time: it is one that was caught and sent again, or a clock is wrong.
    #[error("it was signed more than five minutes from now")]
    Time,
    /// It belongs to the gateway's test mode, or the newsroom does.
    #[error("it is of the gateway's other mode, live or test")]
    Mode,
    /// It is signed, and not understood.
    #[error("it is not understood")]
    Unclear,
    /// What is needed to believe it can't be had just now; it is to be sent again.
    #[error("it can't be checked just now")]
    Later,
}
