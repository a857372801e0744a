//! `masthead init`: a folder with its configuration, database and photos.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, bail};
use model::{Clock, Names, OsChance, SystemClock};
use store::Store;

use super::Common;
use crate::{cli::Init, config, logs, open, passphrase};

pub(super) async fn run(common: &Common, args: Init) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    let dir = &args.dir;
    new_or_empty(dir)?;
    if jiff::tz::TimeZone::get(&args.time_zone).is_err() {
        bail!("there is no time zone `{}`; use a name like Europe/Riga or UTC", args.time_zone);
    }
    // Asked for before anything is made, so that whoever changes their mind leaves nothing behind.
    let passphrase = if args.encrypt { Some(passphrase::ask_new("Passphrase of the keyring: ")?) } else { None };
    make_folder(dir)?;
    let text = config::starter(args.database.as_deref());
    let parsed = config::Config::parse(&text)?;
    // The database first: a folder with a configuration counts as a newsroom, and this one must work before it does.
    let store = Store::open(&open::location(dir, &parsed)?, &SystemClock).await?;
    let settings = model::Newsroom {
        name: Names::one(args.language.clone(), args.name.trim()),
        languages: vec![args.language.clone()],
        language: args.language,
        time_zone: args.time_zone,
        ..model::Newsroom::default()
    };
    let mut tx = store.begin().await?;
    store::newsroom_settings_set(&mut tx, &settings, SystemClock.now()).await?;
    tx.commit().await?;
    store.close().await;
    let (custody, private) = (super::vault::custody_of(args.custody), args.private.as_deref());
    let keyring = open::keyring(dir, &parsed)?;
    let made = app::vault::make(&keyring, private, custody, passphrase::text(passphrase.as_ref()), &OsChance)?;
    let file = dir.join(config::FILE);
    std::fs::write(&file, text).with_context(|| format!("could not write {}", file.display()))?;
    if common.json {
        println!("{}", serde_json::json!({ "data": dir, "config": file, "vault": made }));
    } else {
        let dir = dir.display();
        println!("A new newsroom stands in {dir}.\n");
        println!("  masthead serve --data {dir}                        serve it");
        println!("  masthead import wordpress FILE --data {dir}        take over an archive");
        println!("  masthead settings set address https://… --data {dir}   say where readers find it");
        println!("\n{made}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes a folder that only this user may look into: the database's own file keeps whatever the system gives it.
pub(super) fn make_folder(dir: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).with_context(|| format!("could not make the folder {}", dir.display()))
}

/// Refuses a folder that holds something already.
pub(super) fn new_or_empty(dir: &Path) -> anyhow::Result<()> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                bail!("{} is not empty; name a new folder, so that nothing in it is lost", dir.display());
            }
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("could not look into {}", dir.display())),
    }
}
