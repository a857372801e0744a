//! Requests to PayPal that do something.

use model::{Frequency, Language, Money};
use serde_json::{Value, json};

use super::{
    super::{
        GatewayError, Pledge, Start, Started,
        encode::segment,
        values::{list, some, text},
        wire::Ask,
    },
    KEY, Paypal,
    amount::to_paypal,
    fetch::join,
    issue,
};

/// Characters of a label that PayPal takes.
const LABEL: usize = 127;
/// The languages of PayPal's pages that it names with a country.
const LOCALES: [&str; 22] = [
    "ar-EG", "da-DK", "de-DE", "en-US", "es-ES", "fr-FR", "he-IL", "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR",
    "nl-NL", "no-NO", "pl-PL", "pt-PT", "ru-RU", "sk-SK", "sv-SE", "th-TH", "tr-TR", "zh-CN",
];

fn locale(language: &Language) -> Option<&'static str> {
    let primary = match language.primary() {
        "nb" | "nn" => "no",
        other => other,
    };
    LOCALES.into_iter().find(|locale| locale.split('-').next() == Some(primary))
}

fn label(text: &str) -> String {
    text.chars().take(LABEL).collect()
}

impl Paypal {
    fn amount(&self, money: Money) -> Result<Value, GatewayError> {
        to_paypal(money).ok_or_else(|| self.wire.refused(format!("it does not take {money}")))
    }

    /// The page that an order or a subscription is approved on, as its name tells.
    fn page(&self, made: &Value, rel: &[&str], ask: &Start) -> Result<Started, GatewayError> {
        let mut links = list(made, "/links").iter();
        let page = links.find(|link| rel.contains(&text(link, "/rel"))).and_then(|link| some(link, "/href"));
        match (some(made, "/id"), page) {
            (Some(id), Some(page)) => Ok(Started { session: join(id, ask.contribution), page: page.to_owned() }),
            _ => Err(self.wire.unclear("an order without a page")),
        }
    }
}

/// Makes an order, or a subscription.
pub(super) async fn start(paypal: &Paypal, ask: &Start) -> Result<Started, GatewayError> {
    let amount = paypal.amount(ask.money)?;
    let mut context = json!({
        "brand_name": label(&ask.label),
        "shipping_preference": "NO_SHIPPING",
        "return_url": ask.done,
        "cancel_url": ask.back,
    });
    if let Some(locale) = locale(&ask.language) {
        context["locale"] = locale.into();
    }
    let custom = ask.contribution.to_string();
    if !ask.frequency.is_pledge() {
        context["user_action"] = "PAY_NOW".into();
        let body = json!({
            "intent": "CAPTURE",
            "purchase_units": [{"amount": amount, "custom_id": custom, "description": label(&ask.label)}],
            "payment_source": {"paypal": {"experience_context": context}},
        });
        let made = paypal.good(Ask::post("/v2/checkout/orders").json(&body).key(KEY, &ask.key)).await?;
        return paypal.page(&made, &["payer-action", "approve"], ask);
    }
    context["user_action"] = "SUBSCRIBE_NOW".into();
    let plan = paypal.plan(ask.money.currency, ask.frequency).await?;
    let body = json!({
        "plan_id": plan,
        "custom_id": custom,
        "plan": {"billing_cycles": [{"sequence": 1, "total_cycles": 0, "pricing_scheme": {"fixed_price": amount}}]},
        "application_context": context,
    });
    let made = paypal.good(Ask::post("/v1/billing/subscriptions").json(&body).key(KEY, &ask.key)).await?;
    paypal.page(&made, &["approve"], ask)
}

/// What becomes of a subscription: `suspend`, `activate`, `cancel`. What is so already stays so.
pub(super) async fn become_of(
    paypal: &Paypal,
    pledge: &Pledge,
    deed: &str,
    wanted: &[&str],
    key: &str,
) -> Result<(), GatewayError> {
    let path = format!("/v1/billing/subscriptions/{}/{deed}", segment(&pledge.token));
    let reason = json!({"reason": "Asked for at the newsroom"});
    let answer = paypal.send(Ask::post(path).json(&reason).key(KEY, key)).await?;
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    if issue(&answer.json) == "SUBSCRIPTION_STATUS_INVALID"
        && let Some(found) = paypal.subscription(&pledge.token).await?
        && wanted.contains(&text(&found, "/status"))
    {
        return Ok(());
    }
    Err(paypal.refused(&answer.json))
}

/// Gives back of a capture; a sale is given back the same way.
pub(super) async fn refund(paypal: &Paypal, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
    let path = format!("/v2/payments/captures/{}/refund", segment(payment));
    let body = json!({"amount": paypal.amount(money)?});
    paypal.good(Ask::post(path).json(&body).key(KEY, key)).await.map(drop)
}

/// How PayPal calls a frequency.
pub(super) fn interval(frequency: Frequency) -> Option<(&'static str, &'static str)> {
    match frequency {
        Frequency::Once => None,
        Frequency::Monthly => Some(("MONTH", "Monthly support")),
        Frequency::Annual => Some(("YEAR", "Annual support")),
    }
}
