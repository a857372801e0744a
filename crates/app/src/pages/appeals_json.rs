//! The appeals of a language as JSON, the same for everybody: what a device needs to choose one, and what each variant says. Links
//! in it lead from the site's root; the script sets the page's own root before them.

use http::StatusCode;
use model::{
    AppealKind, AppealStanding, Language, Tag,
    appeal::{Rule, Test},
};
use serde_json::{Value, json};

use super::{appeal::inner, draft::Draft, headers, reading::Reading};
use crate::{cache::Prepared, error::Error};

/// As long as a page.
const LASTS: &str = "public, max-age=60, stale-while-revalidate=600";

pub(super) async fn show(reading: &mut Reading, language: &Language) -> Result<Option<Draft>, Error> {
    if !reading.settings.languages.contains(language) {
        return Ok(None);
    }
    reading.speak(language);
    for kind in AppealKind::ALL {
        reading.shown.add(Tag::appeals(kind, language));
    }
    let mut appeals = Vec::new();
    for own in store::appeal_shown(&mut reading.tx, language).await? {
        if own.appeal.standing(reading.now) != AppealStanding::Running {
            continue;
        }
        let mut variants = Vec::new();
        for (variant, document) in &own.variants {
            let inner = inner(reading, &own.appeal, Some(variant), true, document).await?;
            let html = reading.theme.appeal(&inner, language)?;
            variants.push(json!({ "id": variant.id, "weight": variant.weight, "html": html }));
        }
        let settings = &own.appeal.settings;
        appeals.push(json!({
            "id": own.appeal.id,
            "cap": settings.cap.map(|cap| (cap.times, cap.days)),
            "rules": settings.rules.iter().filter_map(told).collect::<Vec<_>>(),
            "variants": variants,
        }));
    }
    let body = json!({ "appeals": appeals }).to_string();
    Ok(Some(Draft::of(move |_| {
        Prepared::new(StatusCode::OK, &headers::of("application/json; charset=utf-8", LASTS), body.into_bytes())
    })))
}

/// A rule that the device judges, as its script reads it.
fn told(rule: &Rule) -> Option<Value> {
    match &rule.test {
        Test::Country { any, unknown } => Some(json!(["country", any, unknown])),
        Test::Read { least, most, unknown } => Some(json!(["read", least, most, unknown])),
        Test::Share { percent } => Some(json!(["share", percent])),
        Test::Section { .. } | Test::Topic { .. } | Test::Language { .. } | Test::Dates { .. } => None,
    }
}
