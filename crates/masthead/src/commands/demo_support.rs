//! The demo takes contributions, into the sandbox: no money moves.

use app::{Newsroom, support};
use model::{
    Appeal, AppealId, AppealKind, AppealSettings, AppealState, AppealText, Document, GatewayName, Language, Names,
    SupportSettings, Variant, VariantId, document::Block,
};
use store::Tx;

/// What the form says, in each language of the demo.
const ABOUT: [(&str, &str); 3] = [
    (
        "en",
        "Your support, no matter how small, makes a world of difference. If you can, please support us monthly, from just $2.",
    ),
    (
        "ru",
        "Ваша поддержка, даже самая малая, значит очень много. Если можете, поддержите нас ежемесячно — от 2 долларов.",
    ),
    ("fa", "حمایت شما، هر قدر هم کوچک، بسیار ارزش دارد. اگر می‌توانید، از ماهی ۲ دلار از ما حمایت کنید."),
];

/// What stands above every page.
const BANNER: [(&str, &str); 3] = [
    ("en", "This newspaper lives from its readers alone."),
    ("ru", "Эта газета живёт только на деньги читателей."),
    ("fa", "این روزنامه تنها با کمک خوانندگانش زنده است."),
];

/// What stands at a story's end.
const END: [(&str, &str); 3] = [
    (
        "en",
        "Nobody pays us but you: no state, no owner, no advertiser. Your support, no matter how small, makes a world of \
         difference. If you can, please support us monthly, from just $2. It’s quick to set up.",
    ),
    (
        "ru",
        "Нам не платит никто, кроме вас: ни государство, ни владелец, ни рекламодатель. Ваша поддержка, даже самая малая, \
         значит очень много. Если можете, поддержите нас ежемесячно — от 2 долларов. Это займёт минуту.",
    ),
    (
        "fa",
        "جز شما کسی به ما پول نمی‌دهد: نه دولت، نه مالک، نه آگهی‌دهنده. حمایت شما، هر قدر هم کوچک، بسیار ارزش دارد. اگر \
         می‌توانید، از ماهی ۲ دلار از ما حمایت کنید. یک دقیقه بیشتر وقت نمی‌گیرد.",
    ),
];

/// Opens contributions and reminders, and starts two appeals.
pub(super) async fn open(newsroom: &Newsroom) -> anyhow::Result<()> {
    let mut about = Names::default();
    for (tag, text) in ABOUT {
        about.0.insert(Language::new(tag)?, text.to_owned());
    }
    let settings = SupportSettings {
        open: true,
        gateways: vec![GatewayName::Sandbox],
        label: "Subscription to a newspaper".to_owned(),
        about,
        ..SupportSettings::default()
    };
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::setting_set(&mut tx, support::KEY, &serde_json::to_string(&settings)?, now).await?;
    support::reminders::offer_in_tx(newsroom, &mut tx, true).await?;
    appeal(newsroom, &mut tx, AppealKind::Banner, "Banner", &BANNER).await?;
    appeal(newsroom, &mut tx, AppealKind::End, "At a story’s end", &END).await?;
    tx.commit().await?;
    Ok(())
}

/// A running appeal with one wording.
async fn appeal(
    newsroom: &Newsroom,
    tx: &mut Tx,
    kind: AppealKind,
    name: &str,
    texts: &[(&str, &str)],
) -> anyhow::Result<()> {
    let (now, chance) = (newsroom.clock().now(), newsroom.chance());
    let settings = AppealSettings { name: name.to_owned(), form: kind == AppealKind::End, ..AppealSettings::default() };
    let appeal = Appeal {
        id: AppealId::new(now, chance),
        kind,
        position: 1,
        state: AppealState::Started,
        made_at: now,
        settings,
    };
    store::appeal_insert(tx, &appeal).await?;
    let id = VariantId::new(chance);
    let variant = Variant { id, appeal: appeal.id, position: 0, name: "A".to_owned(), weight: 1, active: true };
    store::appeal_variant_save(tx, &variant).await?;
    for (tag, text) in texts {
        let text = AppealText {
            variant: id,
            language: Language::new(tag)?,
            version: 1,
            published: None,
            saved_at: now,
            saved_by: "demo".to_owned(),
            document: Document::new(vec![Block::paragraph(*text)]),
            shown: None,
        };
        store::appeal_text_save(tx, &text, 0).await?;
    }
    store::appeal_texts_show(tx, appeal.id).await?;
    Ok(())
}
