//! Pledges in other systems' exports: CSV of Donorbox and Ghost.
//!
//! What a file says of money is not believed: it only names what a payment processor holds, a subscription or a customer, and
//! that is asked there. A row that names none is [`Left`], with its line. Columns are found by their names, whatever their order;
//! names, notes and amounts are not looked at. Memory is bounded as with lists.

mod donorbox;
mod ghost;

use std::{io, path::Path};

use model::GatewayName;
use zeroize::Zeroizing;

use crate::lists::{
    Rejected,
    columns::{Header, value},
    record::{Found, Records},
};

/// Whose export it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Donorbox: its recurring plans.
    Donorbox,
    /// Ghost: its members.
    Ghost,
}

impl System {
    /// A short name, for the database and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Donorbox => "donorbox",
            Self::Ghost => "ghost",
        }
    }

    fn wanted(self) -> &'static str {
        match self {
            Self::Donorbox => "an export of Donorbox's recurring plans",
            Self::Ghost => "an export of Ghost's members",
        }
    }
}

/// What a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A subscription at a gateway.
    Subscription(GatewayName, String),
    /// A customer at Stripe.
    Customer(String),
}

/// A row that names something.
#[derive(PartialEq, Eq)]
pub struct Row {
    /// Where it begins, from 1.
    pub line: u64,
    /// What it names.
    pub named: Named,
    /// The address that stands there; empty where none does. Wiped when it is dropped.
    pub address: Zeroizing<String>,
}

impl std::fmt::Debug for Row {
    /// Without the address: what is printed ends up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).field("named", &self.named).finish_non_exhaustive()
    }
}

/// Why a row is no pledge that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Somebody gave once.
    Once,
    /// It is over.
    Ended,
    /// Nobody pays for it.
    Free,
    /// It names no subscription: the other system charges by itself.
    Alone,
    /// It can't be used.
    Rejected(Rejected),
}

impl Left {
    /// A short name for reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Ended => "ended",
            Self::Free => "free",
            Self::Alone => "no-subscription",
            Self::Rejected(why) => why.as_str(),
        }
    }
}

/// What is found next.
#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// A row.
    Row(Row),
    /// A row that is left out, and the line on which it begins.
    Left(u64, Left),
}

/// Why a file can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("could not read {0}")]
    Io(String, #[source] io::Error),
    /// It is something else.
    #[error("{0} is not {1}: {2}")]
    WrongKind(String, &'static str, String),
}

/// Reads one file.
pub struct Pledges {
    records: Records,
    columns: Columns,
}

enum Columns {
    Donorbox(donorbox::Columns),
    Ghost(ghost::Columns),
}

/// Columns that were looked for and are not there, and what to do.
type Missing = &'static str;

impl Pledges {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Error`] says what is wrong and what to do.
    pub fn open(system: System, path: &Path) -> Result<Self, Error> {
        // Its name alone: folders may be named after people.
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let wrong = |why: String| Error::WrongKind(name.clone(), system.wanted(), why);
        let opened = Records::open_table(path).map_err(|error| Error::Io(name.clone(), error))?;
        let (records, fields) = opened.map_err(|why| wrong(why.to_owned()))?;
        let columns = match system {
            System::Donorbox => donorbox::Columns::find(&fields).map(Columns::Donorbox),
            System::Ghost => ghost::Columns::find(&fields).map(Columns::Ghost),
        };
        let columns = columns.map_err(|missing| wrong(format!("{missing}; {}", Header::new(&fields).shown())))?;
        Ok(Self { records, columns })
    }

    /// How many bytes were read, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        self.records.progress()
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// When the file can't be read on.
    pub fn next_item(&mut self) -> io::Result<Option<Item>> {
        Ok(self.records.next_record()?.map(|found| match found {
            Found::Rejected { line, why } => Item::Left(line, Left::Rejected(why)),
            Found::Record { line, fields } => match self.columns.read(&fields) {
                Ok((named, address)) => Item::Row(Row { line, named, address }),
                Err(why) => Item::Left(line, why),
            },
        }))
    }
}

impl Columns {
    fn read(&self, fields: &[Zeroizing<String>]) -> Result<(Named, Zeroizing<String>), Left> {
        let (email, named) = match self {
            Self::Donorbox(columns) => (columns.email, columns.read(fields)?),
            Self::Ghost(columns) => (columns.email, columns.read(fields)?),
        };
        Ok((named, Zeroizing::new(value(fields, Some(email)).to_owned())))
    }
}
