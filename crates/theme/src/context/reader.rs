//! What readers sign up with, and the pages that their forms and links lead to.

use serde::Serialize;

use super::{NamedLink, Shell};

/// A form to sign up for newsletters: a box on other pages, or all of them on their own page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SignUpBox {
    /// Where it is sent to.
    pub action: String,
    /// The newsletter's name; empty where there is a choice.
    pub name: String,
    /// A sentence about it; may be empty.
    pub about: String,
    /// The newsletters to choose from; one is signed up for without asking.
    pub newsletters: Vec<NewsletterChoice>,
    /// The language that a reader is written to in: this page's, or the chosen one.
    pub language: String,
    /// The languages to choose from; empty where there is no choice.
    pub languages: Vec<LanguageChoice>,
    /// What was typed as an address, when it could not be used.
    pub address: String,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// The privacy policy that signing up agrees to.
    pub policy: Option<NamedLink>,
    /// The newest issue, to see what comes.
    pub preview: Option<NamedLink>,
    /// `mailto:` with everything filled in, for signing up by mail; may be empty.
    pub mail: String,
    /// The page of all newsletters; empty on that page.
    pub all_path: String,
}

/// A newsletter in a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewsletterChoice {
    /// What the form sends.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// A sentence about it; may be empty.
    pub about: String,
    /// BCP 47 tag of its language when that is not the page's; else empty.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Its past issues.
    pub path: String,
    /// Its newest issue.
    pub preview: Option<NamedLink>,
}

/// A language in a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LanguageChoice {
    /// BCP 47 tag.
    pub language: String,
    /// What it calls itself.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// All newsletters, and the form to sign up for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewslettersPage {
    /// What stands around it.
    pub shell: Shell,
    /// The form with every newsletter; `None` where there is none to sign up for.
    pub sign_up: Option<SignUpBox>,
    /// Newsletters that are over, whose issues can still be read.
    pub past: Vec<NewsletterChoice>,
}

/// What a form or a link led to. Never kept by anybody: it may hold what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NotePage {
    /// What stands around it.
    pub shell: Shell,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// What can be done: a form with one button each.
    pub forms: Vec<NoteForm>,
    /// A sum that the browser is asked to do before the first form is sent.
    pub work: Option<Work>,
    /// A form to sign up anew.
    pub sign_up: Option<SignUpBox>,
}

/// A form with one button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NoteForm {
    /// Where it is sent to.
    pub action: String,
    /// What it carries, by name.
    pub fields: Vec<(String, String)>,
    /// Whether it asks for an address.
    pub asks_address: bool,
    /// What its button says.
    pub button: String,
    /// Whether it is the lesser choice.
    pub lesser: bool,
}

/// A sum that costs a browser a moment, and a machine that signs up thousands a lot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// What has to be hashed with a number that is looked for.
    pub ticket: String,
    /// How many zero bits the hash has to begin with.
    pub bits: u32,
    /// Milliseconds before which the form is not taken.
    pub patience: i64,
    /// What is to be done without script.
    pub without: String,
}

/// What a reader can change by the link in every mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PreferencesPage {
    /// What stands around it.
    pub shell: Shell,
    /// Where the form is sent to.
    pub action: String,
    /// Where the form that downloads everything is sent to.
    pub export_action: String,
    /// Where the form that erases everything is sent to.
    pub erase_action: String,
    /// What was done just now, in words.
    pub said: Option<String>,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// The address, where this server can open it.
    pub address: Option<String>,
    /// Every newsletter; the chosen ones come.
    pub newsletters: Vec<NewsletterChoice>,
    /// The languages to be written to in.
    pub languages: Vec<LanguageChoice>,
    /// Whether only headlines come.
    pub headlines: bool,
    /// Whether subject and sender say nothing of the newsroom.
    pub neutral: bool,
    /// How long nothing comes: the choices, with what the form sends.
    pub pauses: Vec<PauseChoice>,
    /// What was agreed to, and when, in words.
    pub consent: String,
}

/// A length of a pause in a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PauseChoice {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}
