//! IPTC-IIM: the records that agencies have written into photos since 1991.
//!
//! In a JPEG they lie within Photoshop's image resources (block 0x0404). A data set is `1c`, record, number, two bytes
//! of length, text.

use super::{Said, lossy};

/// More data sets than any real file has.
const MAX_SETS: usize = 2000;

/// Reads the words from Photoshop's resources or from bare data sets.
pub(super) fn read(block: &[u8]) -> Said {
    let records = resource(block).unwrap_or(block);
    let mut said = Said::default();
    for (number, text) in sets(records) {
        let text = lossy(text);
        match number {
            120 => said.caption = text,
            80 if said.creator.is_empty() => said.creator = text,
            80 => said.creator = format!("{}, {text}", said.creator),
            110 => said.credit = text,
            116 => said.rights = text,
            _other => {}
        }
    }
    said
}

/// The resource with number 0x0404 (`8BIM`, number, name padded to even, length, bytes padded to even).
fn resource(block: &[u8]) -> Option<&[u8]> {
    let start = block.windows(4).position(|four| four == b"8BIM")?;
    let mut rest = block.get(start..)?;
    while let Some(after) = rest.strip_prefix(b"8BIM") {
        let number = u16::from_be_bytes([*after.first()?, *after.get(1)?]);
        let name = usize::from(*after.get(2)?) + 1;
        let after = after.get(2 + name.next_multiple_of(2)..)?;
        let (length, content) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        if number == 0x0404 {
            return content.get(..length);
        }
        rest = content.get(length.checked_next_multiple_of(2)?..)?;
    }
    None
}

/// The data sets of record 2, by number.
fn sets(mut records: &[u8]) -> Vec<(u8, &[u8])> {
    let mut sets = Vec::new();
    while let [0x1c, record, number, high, low, rest @ ..] = records {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(text) = rest.get(..length) else { break };
        if *record == 2 {
            sets.push((*number, text));
        }
        if sets.len() > MAX_SETS {
            break;
        }
        records = &rest[length..];
    }
    sets
}
