//! The keyring's file: written whole or not at all, readable by its owner alone, and wiped before it goes.
//!
//! A file system that copies on write, or the electronics of a flash disk, may keep the old bytes somewhere else: a passphrase
//! is what makes those worthless.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

/// No keyring is longer.
const LONGEST: u64 = 1 << 20;

/// The bytes; `None` where there is no file.
pub(super) fn read(path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(8192));
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes the file anew, with mode 0600 in a folder with mode 0700, and wipes what was there.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let part = part_of(path);
    // What a program that was killed left behind is no file of anybody's.
    gone(std::fs::remove_file(&part))?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let before = match OpenOptions::new().write(true).open(path) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    std::fs::rename(&part, path)?;
    File::open(folder)?.sync_all()?;
    before.map_or(Ok(()), wipe)
}

/// Held by the program that changes a keyring: `None` while another one does.
pub(super) fn hold(path: &Path) -> io::Result<Option<File>> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(PathBuf::from(name))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Overwrites and removes the file. One that is not there is gone already.
pub(super) fn destroy(path: &Path) -> io::Result<()> {
    for path in [path.to_path_buf(), part_of(path)] {
        match OpenOptions::new().write(true).open(&path) {
            Ok(file) => {
                wipe(file)?;
                std::fs::remove_file(&path)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let folder = folder_of(path);
    if folder.is_dir() { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Zeroes over every byte, on the disk before the length goes.
fn wipe(mut file: File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeroes = [0; 4096];
    while left > 0 {
        let step = left.min(4096);
        file.write_all(&zeroes[..usize::try_from(step).unwrap_or(0)])?;
        left -= step;
    }
    file.sync_all()?;
    file.set_len(0)?;
    file.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_keyring_is_readable_by_its_owner_alone_and_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/keyring");
        assert!(read(&path).unwrap().is_none());
        write(&path, b"first").unwrap();
        std::fs::write(part_of(&path), "left behind").unwrap();
        let mut old = File::open(&path).unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(read(&path).unwrap().unwrap().as_slice(), b"second");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert!(!part_of(&path).exists());
        let mut left = Vec::new();
        old.read_to_end(&mut left).unwrap();
        assert!(left.is_empty(), "what was replaced can still be read");
    }

    #[test]
    fn one_program_at_a_time_changes_a_keyring() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/keyring");
        let held = hold(&path).unwrap();
        assert!(held.is_some() && hold(&path).unwrap().is_none());
        drop(held);
        assert!(hold(&path).unwrap().is_some());
    }

    #[test]
    fn a_destroyed_keyring_is_overwritten_before_it_goes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keyring");
        write(&path, b"secret").unwrap();
        let twin = dir.path().join("twin");
        std::fs::hard_link(&path, &twin).unwrap();
        destroy(&path).unwrap();
        assert!(!path.exists());
        assert_eq!(std::fs::read(&twin).unwrap(), b"");
        destroy(&path).unwrap();
    }
}
