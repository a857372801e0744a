//! The rules of an appeal: the list, and a form for each kind.

use app::{filing, stories::desk, support::appeals::RuleChange};
use axum::body::Body;
use http::Response;
use model::{
    AppealId, Language, SectionId, TopicId,
    appeal::{Rule, Test},
};
use serde::Serialize;
use theme::Arg;
use uuid::Uuid;

use super::appeal::{local, moment, stepped};
use crate::desk::{ask::Ask, form::Form, refused::Refused};

/// Topics that are offered; those that a rule names already are among them or stay with it.
const TOPICS: usize = 300;

/// What can be chosen in rules: ids, or tags, with names.
pub(super) struct Choices {
    sections: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

impl Choices {
    pub(super) async fn of(ask: &Ask) -> Result<Self, Refused> {
        let own = ask.language();
        let named = |names: &model::Names, slug: &model::Slug| names.get(&own).unwrap_or(slug.as_str()).to_owned();
        let sections = filing::sections::list(ask.newsroom()).await?;
        let topics = desk::topics(ask.newsroom(), &own, "", TOPICS).await?;
        let name = |language: &Language| (language.to_string(), theme::Strings::for_language(language).own_name());
        Ok(Self {
            sections: sections
                .iter()
                .map(|listed| (listed.section.id.to_string(), named(&listed.section.names, &listed.section.slug)))
                .collect(),
            topics: topics.into_iter().map(|topic| (topic.id.to_string(), topic.name)).collect(),
            languages: ask.settings().languages.iter().map(name).collect(),
        })
    }

    fn names<'a>(from: &'a [(String, String)], ids: impl Iterator<Item = String> + 'a) -> String {
        let name = |id: String| from.iter().find(|(own, _)| *own == id).map_or(id.clone(), |(_, name)| name.clone());
        ids.map(name).collect::<Vec<_>>().join(" · ")
    }
}

/// A rule in the list.
#[derive(Serialize)]
pub(super) struct RuleRow {
    name: String,
    /// What it asks, in words.
    says: String,
    on_device: bool,
    first: bool,
    last: bool,
}

/// The form of a rule.
#[derive(Serialize)]
pub(super) struct RuleForm {
    kind: String,
    /// The name of the rule that is changed; empty for a new one.
    was: String,
    name: String,
    options: Vec<Choice>,
    except: bool,
    unknown: bool,
    countries: String,
    least: String,
    most: String,
    percent: String,
    from: String,
    until: String,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

/// What a rule asks, in the desk's words.
pub(super) fn says(ask: &Ask, choices: &Choices, test: &Test) -> String {
    let strings = ask.strings();
    let list = |key: &str, list: String| strings.text(key, &[("list", Arg::from(list))]);
    let unknown = |yes: bool| if yes { "yes" } else { "no" };
    match test {
        Test::Section { any, except } => {
            let names = Choices::names(&choices.sections, any.iter().map(ToString::to_string));
            list(if *except { "rule-section-not" } else { "rule-section-in" }, names)
        }
        Test::Topic { any, except } => {
            let names = Choices::names(&choices.topics, any.iter().map(ToString::to_string));
            list(if *except { "rule-topic-not" } else { "rule-topic-in" }, names)
        }
        Test::Language { any } => {
            list("rule-language-in", Choices::names(&choices.languages, any.iter().map(ToString::to_string)))
        }
        Test::Country { any, unknown: yes } => list(&format!("rule-country-{}", unknown(*yes)), any.join(", ")),
        Test::Read { least, most, unknown: yes } => {
            let given = [
                ("least", Arg::Number(i64::from(*least))),
                ("most", most.map_or(Arg::from("∞".to_owned()), |most| Arg::Number(i64::from(most)))),
            ];
            strings.text(&format!("rule-read-{}", unknown(*yes)), &given)
        }
        Test::Dates { from, until } => {
            let zone = app::stories::time_zone(ask.settings());
            let day = |at: Option<model::Timestamp>| at.map_or("…".to_owned(), |at| strings.date_time(at, &zone));
            strings.text("rule-dates-in", &[("from", Arg::from(day(*from))), ("until", Arg::from(day(*until)))])
        }
        Test::Share { percent } => strings.text("rule-share-of", &[("percent", Arg::Number(i64::from(*percent)))]),
    }
}

pub(super) fn rules(ask: &Ask, choices: &Choices, rules: &[Rule]) -> Vec<RuleRow> {
    let row = |(at, rule): (usize, &Rule)| RuleRow {
        name: rule.name.clone(),
        says: says(ask, choices, &rule.test),
        on_device: rule.test.on_device(),
        first: at == 0,
        last: at + 1 == rules.len(),
    };
    rules.iter().enumerate().map(row).collect()
}

/// The form that a query asks for, or the one that was refused.
pub(super) fn rule_form(ask: &Ask, choices: Choices, rules: &[Rule], again: bool) -> Result<Option<RuleForm>, Refused> {
    if again {
        let form = ask.form();
        let chosen: Vec<String> = form.all("any").map(str::to_owned).collect();
        let kind = form.one("kind").to_owned();
        return Ok(Some(RuleForm {
            options: options(choices, &kind, &chosen),
            kind,
            was: form.one("was").to_owned(),
            name: form.one("name").to_owned(),
            except: form.ticked("except"),
            unknown: form.ticked("unknown"),
            countries: form.one("countries").to_owned(),
            least: form.one("least").to_owned(),
            most: form.one("most").to_owned(),
            percent: form.one("percent").to_owned(),
            from: form.one("from").to_owned(),
            until: form.one("until").to_owned(),
        }));
    }
    let query = ask.query();
    if let Some(name) = query.some("edit") {
        let rule = rules.iter().find(|rule| rule.name == name).ok_or(Refused::Missing)?;
        return Ok(Some(filled(ask, choices, rule)));
    }
    let Some(kind) = query.some("rule") else { return Ok(None) };
    let empty = RuleForm { options: options(choices, kind, &[]), ..RuleForm::empty(kind) };
    Ok(Some(empty))
}

impl RuleForm {
    fn empty(kind: &str) -> Self {
        let none = String::new;
        let (least, percent) = ("3".to_owned(), "50".to_owned());
        let (was, name, countries, most, from, until) = (none(), none(), none(), none(), none(), none());
        let (kind, options) = (kind.to_owned(), Vec::new());
        Self { kind, was, name, options, except: false, unknown: false, countries, least, most, percent, from, until }
    }
}

fn options(choices: Choices, kind: &str, chosen: &[String]) -> Vec<Choice> {
    let all = match kind {
        "section" => choices.sections,
        "topic" => choices.topics,
        "language" => choices.languages,
        _ => Vec::new(),
    };
    // What was chosen and is not offered stays chosen.
    let more = chosen.iter().filter(|id| !all.iter().any(|(own, _)| own == *id)).map(|id| (id.clone(), id.clone()));
    let all: Vec<(String, String)> = all.iter().cloned().chain(more).collect();
    all.into_iter().map(|(id, name)| Choice { chosen: chosen.contains(&id), id, name }).collect()
}

/// The form of a rule as it is.
fn filled(ask: &Ask, choices: Choices, rule: &Rule) -> RuleForm {
    let kind = rule.test.kind();
    let form = RuleForm { was: rule.name.clone(), name: rule.name.clone(), ..RuleForm::empty(kind) };
    let with = |chosen: Vec<String>, except: bool| (options(choices, kind, &chosen), except);
    match &rule.test {
        Test::Section { any, except } => {
            let (options, except) = with(any.iter().map(ToString::to_string).collect(), *except);
            RuleForm { options, except, ..form }
        }
        Test::Topic { any, except } => {
            let (options, except) = with(any.iter().map(ToString::to_string).collect(), *except);
            RuleForm { options, except, ..form }
        }
        Test::Language { any } => {
            let (options, _) = with(any.iter().map(ToString::to_string).collect(), false);
            RuleForm { options, ..form }
        }
        Test::Country { any, unknown } => RuleForm { countries: any.join(", "), unknown: *unknown, ..form },
        Test::Read { least, most, unknown } => RuleForm {
            least: least.to_string(),
            most: most.map(|most| most.to_string()).unwrap_or_default(),
            unknown: *unknown,
            ..form
        },
        Test::Dates { from, until } => RuleForm { from: local(ask, *from), until: local(ask, *until), ..form },
        Test::Share { percent } => RuleForm { percent: percent.to_string(), ..form },
    }
}

/// `POST /desk/appeals/{id}/rules`: adds a rule, or changes the one that `was`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let saved = async {
        let form = ask.form();
        let rule = Rule { name: form.one("name").to_owned(), test: test(&ask, &form)? };
        let change = match form.some("was") {
            Some(was) => RuleChange::Set(was.to_owned(), rule),
            None => RuleChange::Add(rule),
        };
        change.save(ask.newsroom(), ask.staff()?, id).await?;
        Ok(())
    };
    stepped(&ask, saved.await, "saved", "rule").await
}

fn test(ask: &Ask, form: &Form) -> Result<Test, Refused> {
    let ids = || form.all("any").map(Uuid::parse_str).collect::<Result<Vec<_>, _>>();
    let bad = |_| Refused::Bad("one of the choices is no id; load the page again".to_owned());
    let number = |name: &str| form.read(name, |text| text.parse::<u32>().ok());
    Ok(match form.one("kind") {
        "section" => Test::Section {
            any: ids().map_err(bad)?.into_iter().map(SectionId).collect(),
            except: form.ticked("except"),
        },
        "topic" => {
            Test::Topic { any: ids().map_err(bad)?.into_iter().map(TopicId).collect(), except: form.ticked("except") }
        }
        "language" => Test::Language { any: form.all("any").filter_map(|tag| Language::new(tag).ok()).collect() },
        "dates" => Test::Dates { from: moment(ask, form, "from")?, until: moment(ask, form, "until")? },
        "country" => Test::Country { any: countries(form.one("countries")), unknown: form.ticked("unknown") },
        "read" => Test::Read {
            least: number("least")?,
            most: form.some("most").map(|_| number("most")).transpose()?,
            unknown: form.ticked("unknown"),
        },
        "share" => Test::Share { percent: form.read("percent", |text| text.parse().ok())? },
        other => return Err(Refused::Bad(format!("`{other}` is no kind of rule"))),
    })
}

/// The codes that somebody typed, each once.
fn countries(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '،')).filter(|code| !code.is_empty())
    {
        let code = code.to_ascii_uppercase();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// `POST /desk/appeals/{id}/rules/change`: `act` is `up`, `down` or `remove`.
pub(in crate::desk) async fn change(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let form = ask.form();
    let name = form.one("name").to_owned();
    let (change, said) = match form.one("act") {
        "up" => (RuleChange::Step(name, true), "order-changed"),
        "down" => (RuleChange::Step(name, false), "order-changed"),
        "remove" => (RuleChange::Remove(name), "rule-removed"),
        other => return Err(Refused::Bad(format!("`{other}` can't be done with a rule"))),
    };
    let outcome = change.save(ask.newsroom(), ask.staff()?, id).await;
    stepped(&ask, outcome.map_err(Refused::from), said, "rules").await
}

#[cfg(test)]
mod tests {
    use super::countries;

    #[test]
    fn countries_are_read_however_they_are_parted() {
        assert_eq!(countries("de, FR;us  de،ir"), ["DE", "FR", "US", "IR"]);
        assert!(countries(" , ").is_empty());
    }
}
