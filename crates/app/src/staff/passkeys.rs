//! Passkeys: WebAuthn with user verification, found by the device itself, so that nobody types a name to sign in.
//!
//! A ceremony is two requests. Its state waits in the database between them, works once and ends after five minutes; the
//! two requests may reach two nodes. What a join needs (link, pen name) is in the state too: the second request can't
//! change it.

use model::{Handle, Language, LinkPurpose, Passkey, Staff, StaffId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Tx;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, DiscoverableAuthentication, DiscoverableKey, Passkey as Key,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

use super::{Denial, Signed, Token, begin_in_tx, links, recovery_codes};
use crate::{Newsroom, error::Error};

/// A ceremony's second request comes within so long.
const CEREMONY_MS: i64 = 5 * 60_000;

/// The desk as passkeys know it: they are bound to the host of its address.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

/// What a browser is asked, and the ceremony that its answer must name.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// The ceremony.
    pub ceremony: Uuid,
    /// For `navigator.credentials`, with bytes as base64url (WebAuthn level 3, `parse…OptionsFromJSON`).
    pub options: Value,
}

/// Somebody who has just come in, or got new keys.
#[derive(Debug)]
pub struct Joined {
    /// Who.
    pub staff: Staff,
    /// For the cookie.
    pub token: Token,
    /// Recovery codes, shown once.
    pub codes: Vec<String>,
}

/// What waits between the two requests.
#[derive(Serialize, Deserialize)]
enum Waiting {
    Join { link: String, id: StaffId, handle: String, language: Language, state: PasskeyRegistration },
    Add { staff: StaffId, state: PasskeyRegistration },
    SignIn { state: DiscoverableAuthentication },
}

impl Passkeys {
    /// For a desk at an address: `https://host[:port]`, or `http://localhost` with any port.
    ///
    /// # Errors
    /// [`Error::Refused`] when browsers would not use passkeys there.
    pub fn at(address: &Url, newsroom: &str) -> Result<Self, Error> {
        let host = address.host_str().unwrap_or_default();
        let refused = |why: String| {
            Error::Refused(format!("passkeys can't work at {address}: {why}; use https://HOST, or http://localhost"))
        };
        let built = WebauthnBuilder::new(host, address).map_err(|error| refused(error.to_string()))?;
        let local = host == "localhost";
        let built = built.rp_name(newsroom).allow_any_port(local).build();
        built.map(Self).map_err(|error| refused(error.to_string()))
    }

    /// Begins to make a key for whoever holds a link.
    ///
    /// # Errors
    /// [`Denial::Link`], [`Denial::Handle`], [`Denial::HandleTaken`].
    pub async fn join_begin(
        &self,
        newsroom: &Newsroom,
        link: &Token,
        handle: &str,
        language: &Language,
    ) -> Result<Asked, Error> {
        let opened = links::open_link(newsroom, link).await?;
        let mut tx = newsroom.store().read().await?;
        let (id, handle) = match opened.purpose {
            LinkPurpose::Reset(id) => {
                let staff = store::staff_by_id(&mut tx, id).await?.filter(|staff| staff.active).ok_or(Denial::Link)?;
                (id, staff.handle)
            }
            LinkPurpose::Invite(_) => {
                let handle = Handle::parse(handle).ok_or(Denial::Handle)?;
                if store::staff_by_handle(&mut tx, &handle).await?.is_some() {
                    return Err(Denial::HandleTaken.into());
                }
                (StaffId::new(newsroom.clock().now(), newsroom.chance()), handle)
            }
        };
        drop(tx);
        let (options, state) = self.register(id, &handle, Vec::new())?;
        let link = link.reveal().to_owned();
        let handle = handle.as_str().to_owned();
        wait(newsroom, &Waiting::Join { link, id, handle, language: language.clone(), state }, options).await
    }

    /// Ends it: uses the link up, makes the account (or finds it), adds the key and recovery codes, begins a session; all
    /// in one transaction.
    ///
    /// # Errors
    /// [`Denial::Key`] when the answer is not right; the link is not used up then.
    pub async fn join_finish(&self, newsroom: &Newsroom, ceremony: Uuid, answer: Value) -> Result<Joined, Error> {
        let Waiting::Join { link, id, handle, language, state } = take(newsroom, ceremony).await? else {
            return Err(Denial::Key.into());
        };
        let key = self.registered(&answer, &state)?;
        let link = Token::parse(&link).ok_or(Denial::Link)?;
        let mut tx = newsroom.store().begin().await?;
        let staff = links::join(newsroom, &mut tx, &link, id, &handle, &language).await?;
        add(newsroom, &mut tx, &staff, &key).await?;
        let codes = recovery_codes(newsroom, &mut tx, staff.id).await?;
        let token = begin_in_tx(newsroom, &mut tx, staff.id).await?;
        tx.commit().await?;
        Ok(Joined { staff, token, codes })
    }

    /// Begins to make one more key for somebody signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_begin(&self, newsroom: &Newsroom, staff: &Staff) -> Result<Asked, Error> {
        let mut tx = newsroom.store().read().await?;
        let keys = store::passkey_list(&mut tx, staff.id).await?;
        drop(tx);
        let (options, state) = self.register(staff.id, &staff.handle, keys)?;
        wait(newsroom, &Waiting::Add { staff: staff.id, state }, options).await
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`Denial::Key`] when the answer is not right.
    pub async fn add_finish(
        &self,
        newsroom: &Newsroom,
        by: &Staff,
        ceremony: Uuid,
        answer: Value,
    ) -> Result<(), Error> {
        let waiting = take(newsroom, ceremony).await?;
        let Waiting::Add { staff, state } = waiting else { return Err(Denial::Key.into()) };
        if staff != by.id {
            return Err(Denial::Key.into());
        }
        let key = self.registered(&answer, &state)?;
        let mut tx = newsroom.store().begin().await?;
        add(newsroom, &mut tx, by, &key).await?;
        Ok(tx.commit().await?)
    }

    /// Begins to sign in, or to prove again: the device finds the key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in_begin(&self, newsroom: &Newsroom) -> Result<Asked, Error> {
        let (mut options, state) = self.0.start_discoverable_authentication().map_err(|error| broken(&error))?;
        // Whoever pressed the button wants to be asked now, not when a field is filled in.
        options.mediation = None;
        let options = public_key(&options)?;
        wait(newsroom, &Waiting::SignIn { state }, options).await
    }

    /// Ends it: whose key answered.
    ///
    /// # Errors
    /// [`Denial::Key`] when the key is not known, or its account may not sign in.
    pub async fn sign_in_finish(&self, newsroom: &Newsroom, ceremony: Uuid, answer: Value) -> Result<Token, Error> {
        let state = take(newsroom, ceremony).await?;
        let mut tx = newsroom.store().begin().await?;
        let staff = self.answered(newsroom, &mut tx, state, answer).await?;
        let token = begin_in_tx(newsroom, &mut tx, staff.id).await?;
        let (now, handle) = (newsroom.clock().now(), staff.handle.as_str());
        store::audit_append(&mut tx, now, handle, "sign_in.passkey", Some(staff.id.0), "{}").await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Ends a proof by somebody signed in: the key must be theirs.
    ///
    /// # Errors
    /// [`Denial::Key`].
    pub async fn prove_finish(
        &self,
        newsroom: &Newsroom,
        signed: &mut Signed,
        ceremony: Uuid,
        answer: Value,
    ) -> Result<(), Error> {
        let state = take(newsroom, ceremony).await?;
        let mut tx = newsroom.store().begin().await?;
        let staff = self.answered(newsroom, &mut tx, state, answer).await?;
        if staff.id != signed.staff.id {
            return Err(Denial::Key.into());
        }
        tx.commit().await?;
        super::prove(newsroom, signed).await
    }

    fn register(
        &self,
        id: StaffId,
        handle: &Handle,
        keys: Vec<Passkey>,
    ) -> Result<(Value, PasskeyRegistration), Error> {
        let known: Vec<_> = keys.iter().filter_map(|key| serde_json::from_str::<Key>(&key.data).ok()).collect();
        let known = known.iter().map(|key| key.cred_id().clone()).collect();
        let begun = self.0.start_passkey_registration(id.0, handle.as_str(), handle.as_str(), Some(known));
        let (options, state): (CreationChallengeResponse, _) = begun.map_err(|error| broken(&error))?;
        let mut options = public_key(&options)?;
        // The key must be found without a name. The library leaves that to the device; asking for more breaks nothing.
        if let Some(selection) = options["authenticatorSelection"].as_object_mut() {
            selection.insert("residentKey".to_owned(), "required".into());
            selection.insert("requireResidentKey".to_owned(), true.into());
        }
        Ok((options, state))
    }

    fn registered(&self, answer: &Value, state: &PasskeyRegistration) -> Result<Key, Error> {
        let answer: RegisterPublicKeyCredential = Deserialize::deserialize(answer).map_err(|_| Denial::Key)?;
        let key = self.0.finish_passkey_registration(&answer, state);
        Ok(key.map_err(|error| refused(&error))?)
    }

    /// Whose key answered, its counter moved on.
    async fn answered(
        &self,
        newsroom: &Newsroom,
        tx: &mut Tx,
        waiting: Waiting,
        answer: Value,
    ) -> Result<Staff, Error> {
        let now = newsroom.clock().now();
        let Waiting::SignIn { state } = waiting else { return Err(Denial::Key.into()) };
        let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| Denial::Key)?;
        let (owner, credential) =
            self.0.identify_discoverable_authentication(&answer).map_err(|error| refused(&error))?;
        let credential = data_encoding::BASE64URL_NOPAD.encode(credential);
        let staff = store::staff_by_id(tx, StaffId(owner)).await?.filter(|staff| staff.active).ok_or(Denial::Key)?;
        let kept = store::passkey_list(tx, staff.id).await?.into_iter().find(|key| key.credential == credential);
        let kept = kept.ok_or(Denial::Key)?;
        let mut key: Key = serde_json::from_str(&kept.data)?;
        let result: AuthenticationResult = self
            .0
            .finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&key))
            .map_err(|error| refused(&error))?;
        key.update_credential(&result);
        store::passkey_used(tx, kept.id, &serde_json::to_string(&key)?, now).await?;
        Ok(staff)
    }
}

async fn add(newsroom: &Newsroom, tx: &mut Tx, staff: &Staff, key: &Key) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let number = store::passkey_list(tx, staff.id).await?.len() + 1;
    let passkey = Passkey {
        id: newsroom.chance().uuid_v4(),
        staff: staff.id,
        credential: data_encoding::BASE64URL_NOPAD.encode(key.cred_id().as_ref()),
        name: number.to_string(),
        created_at: now,
        used_at: None,
        data: serde_json::to_string(key)?,
    };
    store::passkey_insert(tx, &passkey).await?;
    store::audit_append(tx, now, staff.handle.as_str(), "staff.passkey", Some(staff.id.0), "{}").await?;
    Ok(())
}

async fn wait(newsroom: &Newsroom, waiting: &Waiting, options: Value) -> Result<Asked, Error> {
    let now = newsroom.clock().now();
    let ceremony = newsroom.chance().uuid_v4();
    let state = serde_json::to_string(waiting)?;
    let mut tx = newsroom.store().begin().await?;
    store::ceremony_insert(&mut tx, ceremony, &state, now, now.plus_millis(CEREMONY_MS)).await?;
    tx.commit().await?;
    Ok(Asked { ceremony, options })
}

async fn take(newsroom: &Newsroom, ceremony: Uuid) -> Result<Waiting, Error> {
    let mut tx = newsroom.store().begin().await?;
    let state = store::ceremony_take(&mut tx, ceremony, newsroom.clock().now()).await?.ok_or(Denial::Key)?;
    tx.commit().await?;
    Ok(serde_json::from_str(&state)?)
}

/// The part of the options that `parse…OptionsFromJSON` takes.
fn public_key(options: &impl Serialize) -> Result<Value, Error> {
    Ok(serde_json::to_value(options)?["publicKey"].take())
}

/// A device's answer that is not right. Why is for whoever runs the server; whoever tries learns nothing from it.
fn refused(error: &webauthn_rs::prelude::WebauthnError) -> Denial {
    tracing::debug!(%error, "a passkey was refused");
    Denial::Key
}

fn broken(error: &webauthn_rs::prelude::WebauthnError) -> Error {
    Error::Refused(format!("passkeys do not work here: {error}"))
}
