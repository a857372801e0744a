//! `masthead newsletter preview`: an issue as it will arrive.

use std::{io::Write, path::Path};

use anyhow::{Context, bail};
use app::{
    Newsroom,
    issues::{self, Form, Look},
};
use model::{IssueForm, MailForm, Newsletter, SubjectLine};
use serde_json::json;

use super::{Common, newsletter::name_of};
use crate::cli::{Preview, PreviewKind};

pub(super) async fn run(common: &Common, newsroom: &Newsroom, args: &Preview) -> anyhow::Result<()> {
    let (newsletter, issue) = issues::nearest(newsroom, &args.issue).await?;
    let kind = kind(args)?;
    let mail = if args.headlines { MailForm::Headlines } else { MailForm::Full };
    let look = |form| Look { form, mail, dark: args.dark, turned: false };
    let bytes = match kind {
        PreviewKind::Text => issues::preview(newsroom, issue.id, look(Form::Text)).await?.into_bytes(),
        PreviewKind::Html => {
            let html = issues::preview(newsroom, issue.id, look(Form::Html)).await?;
            at_home(newsroom, html).await?.into_bytes()
        }
        PreviewKind::Eml => {
            let subject = if args.neutral { SubjectLine::Neutral } else { SubjectLine::Own };
            issues::mail_to(newsroom, issue.id, IssueForm { form: mail, subject }, reader(&newsletter)).await?
        }
    };
    if let Some(file) = &args.to {
        std::fs::write(file, &bytes).with_context(|| format!("could not write {}", file.display()))?;
    }
    let name = name_of(&newsletter, &issue);
    match (&args.to, common.json) {
        (None, false) => std::io::stdout().lock().write_all(&bytes)?,
        (Some(file), false) => println!("{name} is in {}, {} bytes.", file.display(), bytes.len()),
        (file, true) => {
            let content = file.is_none().then(|| String::from_utf8_lossy(&bytes).into_owned());
            let told = json!({ "issue": name, "bytes": bytes.len(), "file": file, "content": content });
            println!("{}", serde_json::to_string_pretty(&told)?);
        }
    }
    Ok(())
}

/// What was asked for, or what the file's name says.
fn kind(args: &Preview) -> anyhow::Result<PreviewKind> {
    let end = args.to.as_deref().and_then(Path::extension).map(|end| end.to_string_lossy().to_lowercase());
    let by_name = match end.as_deref() {
        Some("html" | "htm") => Some(PreviewKind::Html),
        Some("eml") => Some(PreviewKind::Eml),
        Some("txt") => Some(PreviewKind::Text),
        Some(_) | None => None,
    };
    match (args.kind, by_name, &args.to) {
        (Some(kind), _, _) | (None, Some(kind), _) => Ok(kind),
        (None, None, None) => Ok(PreviewKind::Text),
        (None, None, Some(_)) => {
            bail!("say as what to write it with --as, or name a file that ends in .txt, .html or .eml")
        }
    }
}

/// Photos and links lead to the site, wherever the file lies.
async fn at_home(newsroom: &Newsroom, html: String) -> anyhow::Result<String> {
    let settings = store::newsroom_settings(&mut newsroom.store().read().await?).await?;
    Ok(match settings.address {
        Some(address) => html.replacen("<base ", &format!("<base href=\"{address}/\" "), 1),
        None => html,
    })
}

/// To whom a sample is: the newsletter's own sender.
fn reader(newsletter: &Newsletter) -> &str {
    let sender = newsletter.settings.sender.as_str();
    if sender.is_empty() { "reader@localhost.invalid" } else { sender }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(kind: Option<PreviewKind>, to: Option<&str>) -> Preview {
        let to = to.map(Into::into);
        Preview { issue: "weekly".to_owned(), kind, headlines: false, dark: false, neutral: false, to }
    }

    #[test]
    fn a_files_name_says_as_what_it_is_written() {
        for (name, wanted) in [("a.html", PreviewKind::Html), ("a.EML", PreviewKind::Eml), ("a.txt", PreviewKind::Text)]
        {
            assert_eq!(kind(&args(None, Some(name))).unwrap(), wanted);
        }
        assert_eq!(kind(&args(None, None)).unwrap(), PreviewKind::Text);
        assert_eq!(kind(&args(Some(PreviewKind::Html), Some("a.bin"))).unwrap(), PreviewKind::Html);
        assert!(kind(&args(None, Some("a.bin"))).unwrap_err().to_string().contains("--as"));
    }
}
