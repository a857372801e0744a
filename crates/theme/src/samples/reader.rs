//! Sample pages of what readers sign up with, and of what their forms and links lead to.

use crate::{
    Page,
    context::{
        LanguageChoice, NamedLink, NewsletterChoice, NewslettersPage, NoteForm, NotePage, PauseChoice, PreferencesPage,
        Shell, SignUpBox, Work,
    },
};

use super::{Newsroom, Sample, shell::shell};

pub(super) fn pages(newsroom: &Newsroom<'_>) -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    let empty = NewslettersPage { shell: shell(newsroom, "/newsletter/", ""), ..NewslettersPage::default() };
    vec![
        sample("newsletters", Page::Newsletters(newsletters(newsroom))),
        sample("newsletters-empty", Page::Newsletters(empty)),
        sample("note-sent", Page::Note(sent(newsroom))),
        sample("note-step", Page::Note(step(newsroom))),
        sample("note-confirm", Page::Note(confirm(newsroom))),
        sample("note-expired", Page::Note(expired(newsroom))),
        sample("preferences", Page::Preferences(preferences(newsroom))),
    ]
}

fn text(newsroom: &Newsroom<'_>, key: &str) -> String {
    newsroom.strings.text(key, &[])
}

fn link(newsroom: &Newsroom<'_>, name: &str, path: &str) -> NamedLink {
    NamedLink { name: name.to_owned(), path: newsroom.at(path) }
}

fn choices(newsroom: &Newsroom<'_>) -> Vec<NewsletterChoice> {
    let words = newsroom.words;
    let choice = |(index, name): (usize, &&str)| NewsletterChoice {
        slug: format!("n{index}"),
        name: (*name).to_owned(),
        about: words.stories[index].1.to_owned(),
        chosen: index == 0,
        path: newsroom.at(&format!("/newsletter/n{index}/")),
        preview: Some(link(newsroom, words.stories[index].0, &format!("/newsletter/n{index}/12/"))),
        ..NewsletterChoice::default()
    };
    words.sections[..2].iter().enumerate().map(choice).collect()
}

fn languages() -> Vec<LanguageChoice> {
    let choice = |(language, label): (&str, &str)| LanguageChoice {
        language: language.to_owned(),
        label: label.to_owned(),
        chosen: language == "ru",
    };
    [("en", "English"), ("ru", "Русский"), ("fa", "فارسی")].map(choice).to_vec()
}

/// The box as it stands at a story's end and on the front page.
pub(super) fn sign_up(newsroom: &Newsroom<'_>) -> SignUpBox {
    let words = newsroom.words;
    SignUpBox {
        action: "/-/newsletter/sign-up".to_owned(),
        name: words.sections[0].to_owned(),
        about: words.tagline.to_owned(),
        newsletters: choices(newsroom)[..1].to_vec(),
        language: newsroom.strings.language().to_string(),
        policy: Some(link(newsroom, words.pages[1], "/page-1/")),
        preview: Some(link(newsroom, words.stories[0].0, "/newsletter/n0/12/")),
        mail: "mailto:letters@example.org?subject=n0".to_owned(),
        all_path: newsroom.at("/newsletter/"),
        ..SignUpBox::default()
    }
}

fn newsletters(newsroom: &Newsroom<'_>) -> NewslettersPage {
    let form = SignUpBox {
        name: String::new(),
        about: String::new(),
        newsletters: choices(newsroom),
        languages: languages(),
        preview: None,
        all_path: String::new(),
        ..sign_up(newsroom)
    };
    NewslettersPage {
        shell: shell(newsroom, "/newsletter/", &text(newsroom, "newsletters")),
        sign_up: Some(form),
        past: choices(newsroom)[1..].to_vec(),
    }
}

fn note(newsroom: &Newsroom<'_>, title: &str, paragraphs: &[&str]) -> NotePage {
    let title = text(newsroom, title);
    NotePage {
        shell: Shell { no_index: true, ..shell(newsroom, "/-/newsletter/sign-up", &title) },
        title,
        paragraphs: paragraphs.iter().map(|key| text(newsroom, key)).collect(),
        ..NotePage::default()
    }
}

fn sent(newsroom: &Newsroom<'_>) -> NotePage {
    note(newsroom, "note-sent", &["note-sent-text", "note-link-text"])
}

fn step(newsroom: &Newsroom<'_>) -> NotePage {
    let fields = [("address", "anna@example.org"), ("newsletter", "n0"), ("language", "en"), ("proof", "")];
    let form = NoteForm {
        action: "/-/newsletter/sign-up".to_owned(),
        fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        button: text(newsroom, "note-step-go"),
        ..NoteForm::default()
    };
    let work = Work { ticket: "1752235500000.17.0".to_owned(), bits: 17, patience: 2_000, without: "…".to_owned() };
    NotePage { forms: vec![form], work: Some(work), ..note(newsroom, "note-step", &["note-step-text"]) }
}

fn confirm(newsroom: &Newsroom<'_>) -> NotePage {
    let form = |key: &str, lesser| NoteForm {
        action: "/-/newsletter/confirm/0".to_owned(),
        button: text(newsroom, key),
        lesser,
        ..NoteForm::default()
    };
    let forms = vec![form("note-confirm-button", false), form("mail-never", true)];
    NotePage { forms, ..note(newsroom, "note-confirm", &["note-confirm-not"]) }
}

fn expired(newsroom: &Newsroom<'_>) -> NotePage {
    let asks = NoteForm {
        action: "/-/newsletter/link".to_owned(),
        asks_address: true,
        button: text(newsroom, "note-link-button"),
        ..NoteForm::default()
    };
    let wrong = Some(text(newsroom, "sign-up-wrong-empty"));
    let sign_up = SignUpBox { wrong: wrong.clone(), address: "anna@".to_owned(), ..sign_up(newsroom) };
    let said = note(newsroom, "note-expired", &["note-expired-text"]);
    NotePage { forms: vec![asks], wrong, sign_up: Some(sign_up), ..said }
}

fn preferences(newsroom: &Newsroom<'_>) -> PreferencesPage {
    let pause = |(value, key): (&str, &str)| PauseChoice {
        value: value.to_owned(),
        label: text(newsroom, key),
        chosen: value == "none",
    };
    let title = text(newsroom, "preferences");
    PreferencesPage {
        shell: Shell { no_index: true, ..shell(newsroom, "/-/newsletter/preferences/0", &title) },
        action: "/-/newsletter/preferences/0".to_owned(),
        export_action: "/-/newsletter/preferences/0/export".to_owned(),
        erase_action: "/-/newsletter/preferences/0/erase".to_owned(),
        said: Some(text(newsroom, "preferences-saved")),
        wrong: Some(text(newsroom, "sign-up-wrong-newsletter")),
        address: Some("anna@example.org".to_owned()),
        newsletters: choices(newsroom),
        languages: languages(),
        headlines: true,
        neutral: true,
        pauses: [("none", "preferences-pause-none"), ("open", "preferences-pause-open")].map(pause).to_vec(),
        consent: text(newsroom, "erase-text"),
    }
}
