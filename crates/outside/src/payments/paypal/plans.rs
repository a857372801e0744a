//! Plans: one for each currency and interval, of one product, made when it is first needed and found again by its name.
//!
//! What somebody pays is not the plan's price but the subscription's own. A plan that two make at once is made once: the
//! request's key is the plan's name.

use model::{Currency, Frequency, Money};
use serde_json::{Value, json};

use super::{
    super::{
        GatewayError,
        encode::pairs,
        values::{list, some, text},
        wire::Ask,
    },
    KEY, Paypal,
    amount::to_paypal,
    issue,
    write::interval,
};

/// The product that all plans are of.
const PRODUCT: &str = "MASTHEAD-SUPPORT";
/// Plans on a page of their list: the most there can be.
const PAGE: &str = "20";
/// Pages that are read: more plans than currencies and intervals.
const MOST_PAGES: usize = 10;

impl Paypal {
    /// The plan of a currency and an interval.
    pub(super) async fn plan(&self, currency: Currency, frequency: Frequency) -> Result<String, GatewayError> {
        let (unit, title) = interval(frequency).ok_or_else(|| self.wire.cannot())?;
        let name = format!("{title} ({currency})");
        // Held while it is made, so that this process makes it once.
        let mut plans = self.plans.lock().await;
        if let Some(plan) = plans.get(&name) {
            return Ok(plan.clone());
        }
        let plan = match self.known_plan(&name).await? {
            Some(plan) => plan,
            None => self.make_plan(&name, unit, currency).await?,
        };
        plans.insert(name, plan.clone());
        Ok(plan)
    }

    async fn known_plan(&self, name: &str) -> Result<Option<String>, GatewayError> {
        for page in 1..=MOST_PAGES {
            let page = page.to_string();
            let query = pairs(&[("product_id", PRODUCT), ("page_size", PAGE), ("page", page.as_str())]);
            let answer = self.send(Ask::get(format!("/v1/billing/plans?{query}"))).await?;
            if answer.status != 200 {
                // There is no such product yet.
                return Ok(None);
            }
            let plans = list(&answer.json, "/plans");
            let known = plans.iter().find(|plan| text(plan, "/name") == name && text(plan, "/status") == "ACTIVE");
            if let Some(id) = known.and_then(|plan| some(plan, "/id")) {
                return Ok(Some(id.to_owned()));
            }
            if plans.is_empty() {
                break;
            }
        }
        Ok(None)
    }

    async fn make_plan(&self, name: &str, unit: &str, currency: Currency) -> Result<String, GatewayError> {
        self.make_product().await?;
        let price = to_paypal(Money::whole(1, currency));
        let price = price.ok_or_else(|| self.wire.refused(format!("it does not take {currency}")))?;
        let body = json!({
            "product_id": PRODUCT,
            "name": name,
            "status": "ACTIVE",
            "billing_cycles": [{
                "frequency": {"interval_unit": unit, "interval_count": 1},
                "tenure_type": "REGULAR",
                "sequence": 1,
                "total_cycles": 0,
                "pricing_scheme": {"fixed_price": price},
            }],
            "payment_preferences": {"auto_bill_outstanding": false, "payment_failure_threshold": 3},
        });
        let key = format!("plan {name}");
        let made: Value = self.good(Ask::post("/v1/billing/plans").json(&body).key(KEY, &key)).await?;
        some(&made, "/id").map(str::to_owned).ok_or_else(|| self.wire.unclear("a plan without an id"))
    }

    async fn make_product(&self) -> Result<(), GatewayError> {
        let body = json!({"id": PRODUCT, "name": "Support", "type": "SERVICE"});
        let answer = self.send(Ask::post("/v1/catalogs/products").json(&body).key(KEY, PRODUCT)).await?;
        match (answer.status, issue(&answer.json)) {
            (200..=299, _) | (_, "DUPLICATE_RESOURCE_IDENTIFIER") => Ok(()),
            _ => Err(self.refused(&answer.json)),
        }
    }
}
