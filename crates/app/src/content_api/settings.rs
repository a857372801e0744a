//! Settings: what the newsroom says of itself, with its sections and pages as menus.

use serde_json::{Value, json};
use store::Tx;

use super::{refusal::Refusal, told::Telling};

/// The newsroom's settings. Of what Ghost has and a newsroom here has not (members, social networks, scripts) the
/// names stand with nothing in them.
pub(super) async fn settings(tx: &mut Tx, telling: &Telling) -> Result<Value, Refusal> {
    let language = &telling.settings.language;
    let used = store::section_in_use(tx, language).await?;
    let sections = store::section_all(tx).await?.into_iter().filter(|section| used.contains(&section.id));
    let prefix = telling.settings.prefix(language);
    let navigation: Vec<Value> = sections
        .map(|section| {
            let label = section.names.get(language).map_or_else(|| section.slug.to_string(), str::to_owned);
            json!({ "label": label, "url": format!("{prefix}/sections/{}/", section.slug) })
        })
        .collect();
    let pages = store::page_menu(tx, language).await?.into_iter();
    let secondary: Vec<Value> =
        pages.map(|(slug, title)| json!({ "label": title, "url": format!("{prefix}/{slug}/") })).collect();
    let tagline = telling.settings.tagline.get(language).filter(|text| !text.is_empty());
    Ok(json!({
        "title": telling.settings.name.get(language).unwrap_or("Masthead"), "description": tagline,
        "lang": language, "locale": language, "timezone": telling.settings.time_zone,
        "url": telling.address(language, ""), "navigation": navigation, "secondary_navigation": secondary,
        "version": "6.0", "logo": null, "icon": null, "cover_image": null, "accent_color": null,
        "codeinjection_head": null, "codeinjection_foot": null, "facebook": null, "twitter": null,
        "meta_title": null, "meta_description": null, "og_image": null, "og_title": null, "og_description": null,
        "twitter_image": null, "twitter_title": null, "twitter_description": null,
        "members_support_address": null, "members_enabled": false, "members_invite_only": false,
        "paid_members_enabled": false, "allow_self_signup": false, "comments_enabled": "off",
        "recommendations_enabled": false, "portal_button": false, "portal_name": false, "portal_plans": [],
    }))
}
