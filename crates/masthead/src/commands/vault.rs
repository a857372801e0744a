//! `masthead vault`: the keys to readers' addresses.

use std::{fmt, path::Path, process::ExitCode};

use anyhow::{bail, ensure};
use app::{
    Newsroom,
    staff::COMMAND_LINE,
    vault::{self, Closed, Custody, Keyring, Passphrase, VaultState},
};
use serde::{Deserialize, Serialize};

use super::Common;
use crate::{
    cli,
    config::Config,
    control::{self, Ask},
    open,
    passphrase::{self, VARIABLE, text},
    progress,
};

pub(super) async fn run(common: &Common, args: cli::Vault) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let keyring = open::keyring(&common.data, &config)?;
    match args {
        cli::Vault::Status => common.print(&status(common, &newsroom, &keyring).await?)?,
        cli::Vault::New(args) => new(common, &newsroom, args).await?,
        cli::Vault::Unlock => unlock(common, &keyring).await?,
        cli::Vault::Lock => lock(common).await?,
        cli::Vault::Passphrase { remove } => change_passphrase(common, &newsroom, &keyring, remove).await?,
        cli::Vault::Rotate(args) => rotate(common, &newsroom, &keyring, args).await?,
        cli::Vault::Export(args) => {
            newsroom.store().close().await;
            return super::list_export::run(common, &args, "vault.export", None).await;
        }
        cli::Vault::Burn(args) => super::vault_burn::run(common, &newsroom, args).await?,
    }
    newsroom.store().close().await;
    Ok(ExitCode::SUCCESS)
}

/// How the vault of a program is, as it tells others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Whether the keys are in memory.
    pub(crate) open: bool,
    /// Why not, and what to do.
    pub(crate) why: Option<String>,
    /// What can't be done.
    pub(crate) closed: Vec<String>,
}

impl State {
    pub(crate) fn of(newsroom: &Newsroom) -> Self {
        let state = newsroom.vault();
        Self {
            open: matches!(&*state, VaultState::Open(_)),
            why: state.keys().err().map(|why| why.to_string()),
            closed: state.closed_functions().iter().map(|function| function.words().to_owned()).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Status {
    keyring: String,
    /// Whether the file needs a passphrase; `None` where there is no file.
    encrypted: Option<bool>,
    /// The server that runs on this folder; `None` where none does.
    server: Option<State>,
    /// What this command could do with the file.
    here: State,
    #[serde(flatten)]
    stored: vault::Stored,
    burn: Option<vault::Burn>,
}

async fn status(common: &Common, newsroom: &Newsroom, keyring: &Path) -> anyhow::Result<Status> {
    let given = passphrase::given();
    vault::open(newsroom, text(given.as_ref())).await?;
    Ok(Status {
        keyring: keyring.display().to_string(),
        encrypted: encrypted(keyring)?,
        server: control::ask(&common.data, &Ask::State, &|_, _| {}).await?,
        here: State::of(newsroom),
        stored: vault::stored(newsroom).await?,
        burn: vault::burn_pending(newsroom).await?,
    })
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = match self.encrypted {
            None => "is not there",
            Some(true) => "needs its passphrase",
            Some(false) => "has no passphrase",
        };
        writeln!(f, "{:<12} {} {file}", "keyring", self.keyring)?;
        if let Some(fingerprint) = &self.stored.fingerprint {
            writeln!(f, "{:<12} {fingerprint}", "fingerprint")?;
        }
        if let Some(custody) = self.stored.custody {
            writeln!(f, "{:<12} {}", "custody", custody.as_str())?;
        }
        writeln!(f, "{:<12} {}", "subscribers", self.stored.subscribers)?;
        if self.stored.rotating {
            writeln!(f, "{:<12} begun and not finished: `masthead vault rotate` goes on", "new keys")?;
        }
        if let Some(burn) = &self.burn {
            writeln!(f, "{:<12} {}", "burn", super::vault_burn::told(burn))?;
        }
        match &self.server {
            Some(state) => told(f, "server", state),
            None => {
                writeln!(f, "{:<12} none runs on this folder", "server")?;
                told(f, "this command", &self.here)
            }
        }
    }
}

fn told(f: &mut fmt::Formatter<'_>, who: &str, state: &State) -> fmt::Result {
    match &state.why {
        None => write!(f, "{who:<12} the keys are here")?,
        Some(why) => write!(f, "{who:<12} closed: {why}")?,
    }
    for function in &state.closed {
        write!(f, "\n{:<12} rests: {function}", "")?;
    }
    Ok(())
}

fn encrypted(keyring: &Path) -> anyhow::Result<Option<bool>> {
    match std::fs::read(keyring) {
        Ok(bytes) => Ok(Some(Keyring::is_encrypted(&zeroize::Zeroizing::new(bytes)))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => bail!("could not read {}: {error}", keyring.display()),
    }
}

/// The passphrase of a keyring that has one.
pub(super) fn passphrase_of(keyring: &Path) -> anyhow::Result<Option<Passphrase>> {
    Ok(match encrypted(keyring)? {
        Some(true) => Some(passphrase::ask("Passphrase of the keyring: ")?),
        Some(false) | None => None,
    })
}

/// The newsroom with its vault open: with the keyring that the configuration names, or the one in `file`.
pub(super) async fn opened(common: &Common, config: &Config, file: Option<&Path>) -> anyhow::Result<Newsroom> {
    let keyring = match file {
        Some(file) => file.to_path_buf(),
        None => open::keyring(&common.data, config)?,
    };
    let shown = keyring.display();
    ensure!(file.is_none() || keyring.is_file(), "there is no keyring at {shown}; name the file that holds it");
    let passphrase = passphrase_of(&keyring)?;
    let newsroom = open::newsroom_with(&common.data, config, keyring.clone()).await?;
    match vault::open(&newsroom, text(passphrase.as_ref())).await?.keys() {
        Ok(_) => Ok(newsroom),
        Err(Closed::WrongPassphrase) => bail!("this is not the passphrase of {shown}; try again"),
        Err(Closed::Passphrase) => bail!("{shown} needs its passphrase: set {VARIABLE}, or type it when asked"),
        Err(why) => bail!("the keys are not here: {why}"),
    }
}

async fn new(common: &Common, newsroom: &Newsroom, args: cli::VaultNew) -> anyhow::Result<()> {
    let passphrase = if args.encrypt { Some(passphrase::ask_new("New passphrase: ")?) } else { None };
    let custody = custody_of(args.custody);
    let passphrase = text(passphrase.as_ref());
    let made =
        vault::begin_anew(newsroom, COMMAND_LINE, custody, args.private.as_deref(), passphrase, args.give_up).await?;
    common.print(&made)
}

pub(super) fn custody_of(custody: cli::Custody) -> Custody {
    match custody {
        cli::Custody::Server => Custody::Server,
        cli::Custody::Offline => Custody::Offline,
    }
}

async fn unlock(common: &Common, keyring: &Path) -> anyhow::Result<()> {
    let none =
        "no server runs on this folder; one that is started asks for the passphrase, or takes it from the environment";
    let running: Option<State> = control::ask(&common.data, &Ask::State, &|_, _| {}).await?;
    ensure!(running.is_some(), none);
    let passphrase = passphrase_of(keyring)?;
    let state: Option<State> = control::ask(&common.data, &Ask::Unlock { passphrase }, &|_, _| {}).await?;
    let Some(state) = state else { bail!(none) };
    if let Some(why) = state.why {
        bail!("the vault stays closed: {why}");
    }
    common.print(&Said { said: "The vault is open.", state })
}

async fn lock(common: &Common) -> anyhow::Result<()> {
    match control::ask(&common.data, &Ask::Lock, &|_, _| {}).await? {
        Some(state) => common.print(&Said { said: "The keys are out of the server's memory.", state }),
        None => bail!("no server runs on this folder, so that no keys are in its memory"),
    }
}

#[derive(Debug, Serialize)]
struct Said {
    #[serde(skip)]
    said: &'static str,
    #[serde(flatten)]
    state: State,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.said)?;
        self.state.closed.iter().try_for_each(|function| write!(f, "\n  rests: {function}"))
    }
}

async fn change_passphrase(common: &Common, newsroom: &Newsroom, keyring: &Path, remove: bool) -> anyhow::Result<()> {
    let old = passphrase_of(keyring)?;
    let new = if remove { None } else { Some(passphrase::ask_new("New passphrase: ")?) };
    vault::passphrase(newsroom, COMMAND_LINE, text(old.as_ref()), text(new.as_ref())).await?;
    if common.json {
        println!("{}", serde_json::json!({ "encrypted": !remove }));
    } else if remove {
        println!("The keyring has no passphrase any more: whoever reads its file can open every address.");
    } else {
        println!("The keyring needs this passphrase from now on. Without it nobody can open an address, you included.");
    }
    Ok(())
}

async fn rotate(common: &Common, newsroom: &Newsroom, keyring: &Path, args: cli::VaultRotate) -> anyhow::Result<()> {
    let passphrase = passphrase_of(keyring)?;
    let bar = progress::things(common.json);
    let on = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let ask = Ask::Rotate { passphrase: passphrase.clone(), keep_old: args.keep_old };
    let given = text(passphrase.as_ref());
    let rotated = match control::ask(&common.data, &ask, &on).await? {
        Some(rotated) => rotated,
        None => vault::rotate(newsroom, COMMAND_LINE, given, args.keep_old, &on).await?,
    };
    bar.finish_and_clear();
    if let Some(half) = &args.server_half {
        vault::server_half(newsroom, given, half).await?;
    }
    common.print(&Rotated(rotated))
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Rotated(vault::Rotated);

impl fmt::Display for Rotated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The keys were changed; {} addresses are sealed anew.", self.0.resealed)?;
        if self.0.dead > 0 {
            write!(f, "\n{} rows open with no key of this keyring; they were left as they are.", self.0.dead)?;
        }
        if self.0.forgotten {
            write!(f, "\nThe old keys are gone: addresses in backups from before can't be opened any more.")?;
        }
        write!(
            f,
            "\nCopy the keyring anew to where you keep its copy, and to every other machine that serves this newsroom."
        )
    }
}
