//! Codes: an authenticator with an access key where passkeys can't be, and ten recovery codes.

use data_encoding::BASE32_NOPAD;
use model::{Handle, Language, Staff, StaffId, Timestamp};
use store::Tx;
use totp_rs::{Builder, Secret, Totp};

use super::{Attempts, Denial, Joined, Signed, Token, begin_in_tx, token::hash};
use crate::{Newsroom, error::Error};

/// Recovery codes that an account gets.
const CODES: usize = 10;

/// What somebody without passkeys signs in with, shown once. The access key stands where a password would, but nobody
/// chose it; the authenticator's code is the second thing.
#[derive(Clone)]
pub struct NewKeys {
    /// The access key, `XXXX-XXXX-…`: 128 random bits.
    pub key: String,
    /// The authenticator's secret, base32.
    pub secret: String,
    /// The same as `otpauth://…`, for a QR code.
    pub url: String,
}

/// New recovery codes for an account, in place of the old ones; shown once.
///
/// # Errors
/// When the database fails.
pub async fn recovery_codes(newsroom: &Newsroom, tx: &mut Tx, staff: StaffId) -> Result<Vec<String>, Error> {
    let codes: Vec<String> = (0..CODES).map(|_| readable(&newsroom.chance().bytes16()[..10])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash("recovery", &typed(code))).collect();
    store::recovery_set(tx, staff, &hashes).await?;
    Ok(codes)
}

/// Signs in with a recovery code, which is used up.
///
/// # Errors
/// [`Denial::Code`], [`Denial::TooOften`].
pub async fn recover(newsroom: &Newsroom, attempts: &Attempts, handle: &str, code: &str) -> Result<Token, Error> {
    let now = newsroom.clock().now();
    attempts.check(handle, now)?;
    let mut tx = newsroom.store().begin().await?;
    let Some(staff) = account(&mut tx, handle).await? else { return Err(wrong(attempts, handle, now)) };
    if !store::recovery_use(&mut tx, staff.id, &hash("recovery", &typed(code)), now).await? {
        return Err(wrong(attempts, handle, now));
    }
    let token = begin_in_tx(newsroom, &mut tx, staff.id).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "sign_in.recovery", Some(staff.id.0), "{}").await?;
    tx.commit().await?;
    Ok(token)
}

/// An access key and an authenticator's secret, which count once [`totp_finish`] has seen a code.
#[must_use]
pub fn totp_begin(newsroom: &Newsroom, handle: &str, issuer: &str) -> NewKeys {
    let mut secret = [0; 20];
    secret[..16].copy_from_slice(&newsroom.chance().bytes16());
    secret[16..].copy_from_slice(&newsroom.chance().bytes16()[..4]);
    let secret = BASE32_NOPAD.encode(&secret);
    let url = totp_url(issuer, handle, &secret);
    NewKeys { key: readable(&newsroom.chance().bytes16()), secret, url }
}

/// What authenticators read from a QR code: `otpauth://totp/…` (Key Uri Format of Google Authenticator).
#[must_use]
pub fn totp_url(issuer: &str, handle: &str, secret: &str) -> String {
    // RFC 3986 leaves these alone; everything else of a name is escaped.
    let escaped =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let (issuer, handle) = (escaped(issuer), escaped(handle));
    format!("otpauth://totp/{issuer}:{handle}?secret={secret}&issuer={issuer}")
}

/// A text as a QR code: the `data:` address of an SVG picture, dark on white in every colour scheme.
///
/// # Errors
/// [`Error::Refused`] when the text is too long for one.
pub fn qr(text: &str) -> Result<String, Error> {
    let code = qrcode::QrCode::new(text).map_err(|error| Error::Refused(format!("no QR code: {error}")))?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(format!("data:image/svg+xml;base64,{}", data_encoding::BASE64.encode(svg.as_bytes())))
}

/// Joins by a link with an access key and an authenticator, where passkeys can't be.
///
/// # Errors
/// As [`super::join`]; [`Denial::Code`] when the authenticator's code is not right, and the link is not used up.
pub async fn join_with_code(
    newsroom: &Newsroom,
    link: &Token,
    handle: &str,
    language: &Language,
    keys: &NewKeys,
    code: &str,
) -> Result<Joined, Error> {
    // Both were made by the page before; one that somebody chose would be weak.
    let made = typed(&keys.key).len() == 26 && BASE32_NOPAD.decode(keys.secret.as_bytes()).is_ok_and(|s| s.len() == 20);
    if !made {
        return Err(Denial::Code.into());
    }
    let id = StaffId::new(newsroom.clock().now(), newsroom.chance());
    let mut tx = newsroom.store().begin().await?;
    let staff = super::join(newsroom, &mut tx, link, id, handle, language).await?;
    totp_finish(newsroom, &mut tx, &staff, keys, code).await?;
    let codes = recovery_codes(newsroom, &mut tx, staff.id).await?;
    let token = begin_in_tx(newsroom, &mut tx, staff.id).await?;
    tx.commit().await?;
    Ok(Joined { staff, token, codes })
}

/// Proves with a code of the authenticator that it is still the one who signed in.
///
/// # Errors
/// [`Denial::Code`], [`Denial::TooOften`].
pub async fn prove_with_code(
    newsroom: &Newsroom,
    attempts: &Attempts,
    signed: &mut Signed,
    code: &str,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let handle = signed.staff.handle.as_str();
    attempts.check(handle, now)?;
    let mut tx = newsroom.store().begin().await?;
    let totp = store::totp_of(&mut tx, signed.staff.id).await?;
    let used = match totp.and_then(|totp| step_of(&totp.secret, code, now)) {
        Some(step) => store::totp_use(&mut tx, signed.staff.id, step).await?,
        None => false,
    };
    if !used {
        return Err(wrong(attempts, handle, now));
    }
    tx.commit().await?;
    super::prove(newsroom, signed).await
}

/// Takes an authenticator into use once its owner has typed a code of it; the code is used up.
///
/// # Errors
/// [`Denial::Code`] when the code is not one of this moment's.
pub async fn totp_finish(
    newsroom: &Newsroom,
    tx: &mut Tx,
    staff: &Staff,
    keys: &NewKeys,
    code: &str,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let step = step_of(&keys.secret, code, now).ok_or(Denial::Code)?;
    let key_hash = hash("access key", &typed(&keys.key));
    let totp = store::Totp { key_hash, secret: keys.secret.clone(), step: Some(step) };
    store::totp_set(tx, staff.id, Some(&totp)).await?;
    store::audit_append(tx, now, staff.handle.as_str(), "staff.authenticator", Some(staff.id.0), "{}").await?;
    Ok(())
}

/// Signs in with an access key and a code of the authenticator.
///
/// # Errors
/// [`Denial::Code`], [`Denial::TooOften`].
pub async fn sign_in_with_code(
    newsroom: &Newsroom,
    attempts: &Attempts,
    handle: &str,
    key: &str,
    code: &str,
) -> Result<Token, Error> {
    let now = newsroom.clock().now();
    attempts.check(handle, now)?;
    let mut tx = newsroom.store().begin().await?;
    let Some(staff) = account(&mut tx, handle).await? else { return Err(wrong(attempts, handle, now)) };
    let totp = store::totp_of(&mut tx, staff.id).await?;
    // Hashes of 128 random bits are compared: how long that takes tells nothing.
    let totp = totp.filter(|totp| totp.key_hash == hash("access key", &typed(key)));
    let step = totp.and_then(|totp| step_of(&totp.secret, code, now));
    let used = match step {
        Some(step) => store::totp_use(&mut tx, staff.id, step).await?,
        None => false,
    };
    if !used {
        return Err(wrong(attempts, handle, now));
    }
    let token = begin_in_tx(newsroom, &mut tx, staff.id).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "sign_in.code", Some(staff.id.0), "{}").await?;
    tx.commit().await?;
    Ok(token)
}

async fn account(tx: &mut Tx, handle: &str) -> Result<Option<Staff>, Error> {
    let Some(handle) = Handle::parse(handle) else { return Ok(None) };
    Ok(store::staff_by_handle(tx, &handle).await?.filter(|staff| staff.active))
}

fn wrong(attempts: &Attempts, handle: &str, now: Timestamp) -> Error {
    attempts.failed(handle, now);
    Denial::Code.into()
}

/// The step, 30 seconds each, of which this is the code: the present one, the one before or the one after.
fn step_of(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let totp: Totp = Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()?;
    let seconds = u64::try_from(now.as_millis() / 1_000).ok()?;
    totp.check(&typed(code), seconds).and_then(|step| i64::try_from(step).ok())
}

/// Random bytes in groups of four letters and digits that are hard to misread.
fn readable(bytes: &[u8]) -> String {
    let text = BASE32_NOPAD.encode(bytes);
    let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..text.len().min(at + 4)]).collect();
    groups.join("-")
}

/// What somebody meant by what they typed: without spaces and dashes, in capitals, digits of any script as ASCII.
fn typed(text: &str) -> String {
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
        other => other,
    };
    text.chars().filter(|c| c.is_alphanumeric()).map(digit).flat_map(char::to_uppercase).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(typed(" abcd-EFGH 12 "), "ABCDEFGH12");
        assert_eq!(typed("۱۲۳٤٥٦"), "123456");
        assert_eq!(readable(&[0; 10]), "AAAA-AAAA-AAAA-AAAA");
    }

    /// RFC 6238, appendix B: the secret `12345678901234567890`, 59 seconds after 1970, SHA-1, the last six of eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1_000);
        assert_eq!(step_of(secret, "287082", at(59)), Some(1));
        assert_eq!(step_of(secret, "287 082", at(89)), Some(1), "the step before");
        assert_eq!(step_of(secret, "287082", at(119)), None, "two steps late");
        assert_eq!(step_of(secret, "287083", at(59)), None);
        assert_eq!(step_of(secret, "", at(59)), None);
    }
}
