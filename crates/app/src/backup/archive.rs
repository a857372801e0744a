//! The file itself, written by one thread: tar entries through zstd, with a running proof.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, Write},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::End;
use crate::error::Error;

/// Level 3 halves the size at a hundred MB/s; photos do not shrink anyway.
const LEVEL: i32 = 3;

/// What the writing thread is handed.
pub(super) enum Entry {
    /// A small file.
    Bytes(String, Bytes),
    /// A spooled table, to be read from its start.
    Spool(String, File),
}

/// Writes entries as they come and ends the file; returns its size. Until the end it has the name `FILE.part`.
pub(super) fn write_all(target: &Path, mut entries: mpsc::Receiver<Entry>) -> Result<u64, Error> {
    let part = part_of(target);
    let named = |source| Error::io(&part, source);
    let file = File::create(&part).map_err(named)?;
    let mut zstd = zstd::Encoder::new(BufWriter::new(file), LEVEL).map_err(named)?;
    zstd.include_checksum(true).map_err(named)?;
    let mut tar = tar::Builder::new(zstd);
    let mut proof = Proof::default();
    while let Some(entry) = entries.blocking_recv() {
        match entry {
            Entry::Bytes(name, bytes) => append(&mut tar, &mut proof, &name, bytes.len() as u64, &*bytes),
            Entry::Spool(name, mut spool) => spool
                .rewind()
                .and_then(|()| spool.metadata())
                .and_then(|meta| append(&mut tar, &mut proof, &name, meta.len(), &spool)),
        }
        .map_err(named)?;
    }
    let end = serde_json::to_vec(&proof.end())?;
    append(&mut tar, &mut Proof::default(), "end.json", end.len() as u64, &*end).map_err(named)?;
    let mut buffered = tar.into_inner().and_then(zstd::Encoder::finish).map_err(named)?;
    buffered.flush().map_err(named)?;
    let file = buffered.into_inner().map_err(|error| named(error.into_error()))?;
    file.sync_all().map_err(named)?;
    let size = file.metadata().map_err(named)?.len();
    std::fs::rename(&part, target).map_err(|source| Error::io(target, source))?;
    Ok(size)
}

/// Whether a file begins as a backup does, so that a newer backup may take its place.
pub(super) fn is_backup(file: &Path) -> bool {
    let first = || -> std::io::Result<bool> {
        let mut tar = tar::Archive::new(zstd::Decoder::new(File::open(file)?)?);
        let Some(entry) = tar.entries()?.next() else { return Ok(false) };
        Ok(entry?.path()?.as_os_str() == "masthead.json")
    };
    first().unwrap_or(false)
}

pub(super) fn part_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    target.with_file_name(name)
}

fn append<W: Write>(
    tar: &mut tar::Builder<W>,
    proof: &mut Proof,
    name: &str,
    size: u64,
    content: impl Read,
) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(0);
    let mut hashing = Hashing { inner: content, hash: Sha256::new() };
    tar.append_data(&mut header, name, &mut hashing)?;
    proof.add(name, hashing.hash);
    Ok(())
}

/// A hash over every entry's name and content, in order.
#[derive(Debug, Default)]
pub(super) struct Proof {
    entries: u64,
    hash: Sha256,
}

impl Proof {
    pub(super) fn add(&mut self, name: &str, content: Sha256) {
        self.entries += 1;
        self.hash.update((name.len() as u64).to_le_bytes());
        self.hash.update(name.as_bytes());
        self.hash.update(content.finalize());
    }

    pub(super) fn end(&self) -> End {
        End { entries: self.entries, sha256: data_encoding::HEXLOWER.encode(&self.hash.clone().finalize()) }
    }
}

/// Hashes what is read through it.
pub(super) struct Hashing<R> {
    pub(super) inner: R,
    pub(super) hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}
