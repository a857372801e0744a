//! Jobs: work that follows a transaction, kept as rows so that a killed worker's work is taken up by the next.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{JobId, Timestamp};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// To be done from `run_at` on.
    Waiting,
    /// Being done by a worker, until its lease ends.
    Leased,
    /// Done.
    Done,
    /// Given up after its last attempt; a person can retry it.
    Failed,
}

impl JobState {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leased => "leased",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "waiting" => Self::Waiting,
            "leased" => Self::Leased,
            "done" => Self::Done,
            "failed" => Self::Failed,
            _ => return None,
        })
    }
}

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What to do: the name that a worker registers for.
    pub kind: String,
    /// What it needs to know, as JSON. Never personal data.
    pub payload: serde_json::Value,
    /// Where it stands.
    pub state: JobState,
    /// Not before.
    pub run_at: Timestamp,
    /// Times it was begun.
    pub attempts: i64,
    /// What went wrong last time.
    pub last_error: Option<String>,
}
