//! The file of rows that can't be used: where they stand and why. Addresses stand in it only where whoever imports asked for that,
//! because it is a plain file.

use std::{
    borrow::Cow,
    fs::{File, OpenOptions},
    io::{BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::error::Error;

/// The file, while it is written.
pub(crate) struct Rejects {
    out: Option<BufWriter<File>>,
    addresses: bool,
    path: String,
}

impl Rejects {
    /// Makes the file, readable by its owner alone; without a path nothing is written.
    pub(crate) fn create(path: Option<&Path>, addresses: bool) -> Result<Self, Error> {
        let Some(path) = path else { return Ok(Self { out: None, addresses: false, path: String::new() }) };
        let mut out = Self { out: Some(create(path)?), addresses, path: path.display().to_string() };
        out.write(&["file", "line", "reason"], "address")?;
        Ok(out)
    }

    /// Notes a row.
    pub(crate) fn note(&mut self, file: &str, line: u64, why: &str, address: &str) -> Result<(), Error> {
        self.write(&[file, &line.to_string(), why], address)
    }

    fn write(&mut self, fields: &[&str], address: &str) -> Result<(), Error> {
        let Some(out) = &mut self.out else { return Ok(()) };
        let mut line = fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",");
        if self.addresses {
            line.push(',');
            line.push_str(&quoted(&inert(address)));
        }
        line.push_str("\r\n");
        out.write_all(line.as_bytes()).map_err(|source| Error::Io { path: self.path.clone(), source })
    }

    /// Writes what is left.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let Some(mut out) = self.out else { return Ok(()) };
        out.flush().map_err(|source| Error::Io { path: self.path, source })
    }
}

/// A new file that only its owner can read.
pub(super) fn create(path: &Path) -> Result<BufWriter<File>, Error> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map(BufWriter::new).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::Refused(format!("{} is there already; name a new file", path.display()))
        }
        _ => Error::io(path, source),
    })
}

/// A text that somebody else wrote and that a spreadsheet would take for a formula: with a mark before it, it is a text there.
/// What is to be read back by a program has no such mark.
fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A field of a CSV file (RFC 4180).
pub(super) fn quoted(field: &str) -> String {
    if field.contains(['"', ',', ';', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
