//! Lists of subscribers from other systems: CSV of listmonk, Mailchimp, Ghost, Substack, and of Masthead itself.
//!
//! A list is read row by row, whatever its size, and each row is handed out with what the other system says of it, in our words
//! ([`State`]). Nobody is taken for somebody who wants mail because a file is silent about it: where an export does not say who
//! left, whoever imports has to ([`Error::NoState`]). Names, IPs, places, notes and payments in the rows are not looked at.
//!
//! What can't be used is a [`Rejected`] row with its line and a reason; reading goes on after it. Memory is bounded by
//! [`RECORD_MAX`], also where a quote is never closed.

pub(crate) mod columns;
mod ghost;
mod listmonk;
mod mailchimp;
mod own;
pub(crate) mod record;
mod source;
mod substack;
mod words;

use std::io;

use model::{Language, Week};
use zeroize::Zeroizing;

pub use record::RECORD_MAX;
pub use source::{Source, sources};
pub use words::{State, System};

use columns::Header;
use record::{Found, Records};

/// A row of a list.
#[derive(PartialEq, Eq)]
pub struct Row {
    /// Where it begins, from 1.
    pub line: u64,
    /// The address as it stands there; not checked. Wiped when it is dropped.
    pub address: Zeroizing<String>,
    /// What the other system says of them.
    pub state: State,
    /// The language that they read, where the list has one.
    pub language: Option<Language>,
    /// The week in which they signed up or confirmed, where the list says.
    pub since: Option<Week>,
    /// What they agreed to, where the list says: Masthead's own does.
    pub policy: Option<String>,
}

impl std::fmt::Debug for Row {
    /// Without the address: what is printed ends up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).field("state", &self.state).finish_non_exhaustive()
    }
}

/// Why a row can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rejected {
    /// There is no address in it.
    NoAddress,
    /// The row ends before the columns that matter.
    Short,
    /// A quote is opened and never closed, or the row is longer than [`RECORD_MAX`].
    Endless,
    /// It is not UTF-8.
    Encoding,
    /// The column that says who gets mail holds none of its values.
    UnknownState,
}

impl Rejected {
    /// A short name for reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::Short => "row-too-short",
            Self::Endless => "quote-not-closed",
            Self::Encoding => "not-utf-8",
            Self::UnknownState => "unknown-state",
        }
    }
}

/// What is found next.
#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// A row.
    Row(Row),
    /// A row that can't be used, and the line on which it begins.
    Rejected(u64, Rejected),
}

/// Why a list can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("could not read {0}")]
    Io(String, #[source] io::Error),
    /// It is something else.
    #[error("{0} is no list of {1}: {2}")]
    WrongKind(String, &'static str, String),
    /// Nothing says who gets mail and who left.
    #[error("{0} does not say who gets mail and who left: {1}")]
    NoState(String, &'static str),
}

/// Reads one file of a list.
pub struct List {
    records: Records,
    columns: Columns,
}

/// Where to find what matters, by system.
enum Columns {
    Listmonk(listmonk::Columns),
    Mailchimp(mailchimp::Columns),
    Ghost(ghost::Columns),
    Substack(substack::Columns),
    Masthead(own::Columns),
}

/// What a row says, before its line is put to it.
struct Said {
    state: State,
    language: Option<Language>,
    since: Option<Week>,
    policy: Option<String>,
}

impl Said {
    fn of(state: State) -> Self {
        Self { state, language: None, since: None, policy: None }
    }
}

impl List {
    /// Opens a file. `said` is what whoever imports says of those of whom the file says nothing.
    ///
    /// # Errors
    /// [`Error`] says what is wrong and what to do.
    pub fn open(system: System, source: &Source, said: Option<State>) -> Result<Self, Error> {
        let opened = Records::open_table(&source.path).map_err(|error| Error::Io(source.name(), error))?;
        let wrong = |why: String| Error::WrongKind(source.name(), system.as_str(), why);
        let (records, fields) = opened.map_err(|why| wrong(why.to_owned()))?;
        let header = Header::new(&fields);
        if header.is_of_another(system) {
            // Read as what it is not, whoever left there would look like somebody of whom it says nothing.
            return Err(wrong(header.told(system)));
        }
        let columns = columns_of(system, &header, source, said)?;
        Ok(Self { records, columns: columns.ok_or_else(|| wrong(header.told(system)))? })
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
            Found::Rejected { line, why } => Item::Rejected(line, why),
            Found::Record { line, fields } => match self.columns.read(&fields) {
                Ok((address, said)) => Item::Row(Row {
                    line,
                    address,
                    state: said.state,
                    language: said.language,
                    since: said.since,
                    policy: said.policy,
                }),
                Err(why) => Item::Rejected(line, why),
            },
        }))
    }
}

fn columns_of(system: System, header: &Header, source: &Source, said: Option<State>) -> Result<Option<Columns>, Error> {
    let silent = |how| Error::NoState(source.name(), how);
    Ok(match system {
        System::Listmonk => listmonk::Columns::find(header, said).map_err(silent)?.map(Columns::Listmonk),
        System::Mailchimp => {
            mailchimp::Columns::find(header, source.state, said).map_err(silent)?.map(Columns::Mailchimp)
        }
        System::Ghost => ghost::Columns::find(header, said).map_err(silent)?.map(Columns::Ghost),
        System::Substack => substack::Columns::find(header, said).map_err(silent)?.map(Columns::Substack),
        System::Masthead => own::Columns::find(header).map(Columns::Masthead),
    })
}

impl Columns {
    fn read(&self, fields: &[Zeroizing<String>]) -> Result<(Zeroizing<String>, Said), Rejected> {
        let email = match self {
            Self::Listmonk(columns) => columns.email,
            Self::Mailchimp(columns) => columns.email,
            Self::Ghost(columns) => columns.email,
            Self::Substack(columns) => columns.email,
            Self::Masthead(columns) => columns.email,
        };
        let address = fields.get(email).ok_or(Rejected::Short)?;
        if address.trim().is_empty() {
            return Err(Rejected::NoAddress);
        }
        let said = match self {
            Self::Listmonk(columns) => columns.read(fields),
            Self::Mailchimp(columns) => columns.read(fields),
            Self::Ghost(columns) => columns.read(fields),
            Self::Substack(columns) => columns.read(fields, address),
            Self::Masthead(columns) => columns.read(fields),
        }?;
        Ok((Zeroizing::new(address.trim().to_owned()), said))
    }
}
