//! `masthead token`: keys with which other programs read and write here.

use std::process::ExitCode;

use anyhow::{Context, bail};
use app::{
    Newsroom,
    connections::{self, NewToken, Owned},
    staff::COMMAND_LINE,
};
use model::{ApiToken, Handle, Scope, Staff, Timestamp};
use serde_json::json;

use super::Common;
use crate::{cli::Token, open, suggest::nearest};

const DAY_MS: i64 = 86_400_000;

pub(super) async fn run(common: &Common, args: Token) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    match args {
        Token::Make { name, owner, scopes, days } => {
            let owner = owner_called(&newsroom, &owner).await?;
            let scopes = scopes.iter().map(|text| scope(text)).collect::<anyhow::Result<_>>()?;
            let now = newsroom.clock().now();
            let ends_at = days.map(|days| now.plus_millis(i64::from(days) * DAY_MS));
            let (token, secret) =
                connections::token_make(&newsroom, &owner, NewToken { name, scopes, ends_at }).await?;
            if common.json {
                println!("{}", json!({ "id": token.id, "secret": secret.reveal() }));
            } else {
                println!("{}", secret.reveal());
                eprintln!("This is the key “{}”; it is not shown again. Its id is {}.", token.name, token.id);
            }
        }
        Token::List => {
            let tokens = connections::tokens(&newsroom).await?;
            if common.json {
                println!("{}", json!(tokens.iter().map(as_json).collect::<Vec<_>>()));
            } else {
                tokens.iter().for_each(|owned| println!("{}", line(owned, newsroom.clock().now())));
            }
        }
        Token::Revoke { id } => {
            let id = id.parse().context("this is no key's id; `masthead token list` has them")?;
            connections::token_revoke(&newsroom, id, COMMAND_LINE).await?;
            if !common.json {
                println!("The key no longer works.");
            }
        }
    }
    newsroom.store().close().await;
    Ok(ExitCode::SUCCESS)
}

async fn owner_called(newsroom: &Newsroom, name: &str) -> anyhow::Result<Staff> {
    let mut tx = newsroom.store().read().await?;
    if let Some(handle) = Handle::parse(name)
        && let Some(staff) = store::staff_by_handle(&mut tx, &handle).await?.filter(|staff| staff.active)
    {
        return Ok(staff);
    }
    let all = store::staff_all(&mut tx).await?;
    let open: Vec<&str> = all.iter().filter(|staff| staff.active).map(|staff| staff.handle.as_str()).collect();
    if open.is_empty() {
        bail!("nobody has an account yet; open the link that `masthead serve` prints and make the first one");
    }
    bail!("there is no open account `{name}`; there are: {}", open.join(", "))
}

fn scope(text: &str) -> anyhow::Result<Scope> {
    let names = Scope::ALL.map(Scope::as_str);
    match Scope::parse(text) {
        Some(scope) => Ok(scope),
        None => match nearest(text, names) {
            Some(near) => bail!("there is no `{text}`; did you mean `{near}`?"),
            None => bail!("there is no `{text}`; a key can be for: {}", names.join(", ")),
        },
    }
}

fn scopes(token: &ApiToken) -> Vec<&'static str> {
    token.scopes.iter().map(|scope| scope.as_str()).collect()
}

fn as_json(owned: &Owned) -> serde_json::Value {
    let token = &owned.token;
    json!({
        "id": token.id, "name": token.name, "staff": owned.staff.handle, "scopes": scopes(token),
        "made_at": token.made_at.to_string(), "ends_at": token.ends_at.map(|at| at.to_string()),
        "used_on": token.used_at.map(day),
    })
}

fn line(owned: &Owned, now: Timestamp) -> String {
    let token = &owned.token;
    let ends = match token.ends_at {
        Some(at) if !token.holds(now) => format!("ended {}", day(at)),
        Some(at) => format!("ends {}", day(at)),
        None => "does not end".to_owned(),
    };
    let used = token.used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", day(at)));
    let handle = &owned.staff.handle;
    format!("{}  {}  ({handle})  {}  {ends}, {used}", token.id, token.name, scopes(token).join(","))
}

fn day(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%d").to_string()
}
