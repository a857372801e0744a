//! The demo takes contributions, into the sandbox: no money moves.

use app::{Newsroom, support};
use model::{GatewayName, Language, Names, SupportSettings};

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

/// Opens contributions and reminders.
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
    tx.commit().await?;
    Ok(())
}
