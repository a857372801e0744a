//! Lengths fall into a few sizes, so that what is sealed does not tell how long it is.

use zeroize::Zeroizing;

/// The sizes; what is longer is filled up to a multiple of the last.
pub const BUCKETS: [usize; 5] = [64, 128, 256, 512, 1024];

/// The length stands before the bytes.
const PREFIX: usize = 4;

/// How long `len` bytes are once they are filled up.
#[must_use]
pub fn padded_len(len: usize) -> usize {
    let whole = len + PREFIX;
    BUCKETS.into_iter().find(|bucket| whole <= *bucket).unwrap_or_else(|| whole.next_multiple_of(1024))
}

/// Length, bytes, zeroes.
pub(crate) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(padded_len(plain.len())));
    out.extend_from_slice(&u32::try_from(plain.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(plain);
    out.resize(padded_len(plain.len()), 0);
    out
}

/// The bytes again; `None` where that is not how [`pad`] leaves them.
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (len, rest) = padded.split_first_chunk::<PREFIX>()?;
    let len = usize::try_from(u32::from_be_bytes(*len)).ok()?;
    let (plain, filling) = rest.split_at_checked(len)?;
    (padded.len() == padded_len(len) && filling.iter().all(|byte| *byte == 0)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lengths_fall_only_into_the_sizes(plain in proptest::collection::vec(any::<u8>(), 0..4000)) {
            let padded = pad(&plain);
            prop_assert!(BUCKETS.contains(&padded.len()) || padded.len().is_multiple_of(1024));
            prop_assert_eq!(unpad(&padded), Some(plain.as_slice()));
        }
    }

    #[test]
    fn most_addresses_are_of_one_size() {
        for len in 1..=60 {
            assert_eq!(padded_len(len), 64);
        }
        assert_eq!((padded_len(61), padded_len(254), padded_len(1021)), (128, 512, 2048));
    }

    #[test]
    fn filling_that_is_not_zeroes_is_refused() {
        let mut padded = pad(b"a");
        padded[63] = 1;
        assert_eq!(unpad(&padded), None);
        assert_eq!(unpad(&[0, 0, 0]), None);
        assert_eq!(unpad(&[255; 64]), None);
    }
}
