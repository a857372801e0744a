//! The pages that a payer sees: `/checkoutnow?token=ORDER` and `/webapps/billing/subscriptions?ba_token=…`.
//!
//! `POST` with `action=pay|pending|declined|abandon`; then the payer is sent back, as PayPal does it, with `token` and
//! `PayerID`, or with `subscription_id`, `ba_token` and `token`.

use url::Url;

use super::state::{Kind, State};
use crate::processors::{
    http::{Asked, Reply},
    json::text,
};

impl State {
    pub(super) fn page(&mut self, asked: &Asked) -> Reply {
        let param = |text: &str, name: &str| {
            let found = url::form_urlencoded::parse(text.as_bytes()).find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let action = param(&asked.body, "action");
        if asked.path == "/checkoutnow" {
            return self.order_page(&param(&asked.query, "token"), &action);
        }
        let token = param(&asked.query, "ba_token");
        match self.pages.get(&token).cloned() {
            Some(id) => self.subscription_page(&id, &token, &action),
            None => Reply::page(404, "Not here", ""),
        }
    }

    fn order_page(&mut self, id: &str, action: &str) -> Reply {
        let Ok(order) = self.found_order(id) else { return Reply::page(404, "Not here", "") };
        let context = self.inner(id)["context"].clone();
        let next = match action {
            "pay" => "paid",
            "pending" | "declined" => action,
            "abandon" => return back(&text(&context, "cancel_url"), &[("token", id)]),
            _ => return self.shown(id, "pay pending declined abandon"),
        };
        if !self.approve_order(id, next) {
            let said = format!("<p>{}</p>", text(&order, "status"));
            return Reply::page(409, "There is nothing to pay", &said);
        }
        back(&text(&context, "return_url"), &[("token", id), ("PayerID", "FAKEPAYER2345")])
    }

    fn subscription_page(&mut self, id: &str, token: &str, action: &str) -> Reply {
        let context = self.inner(id)["context"].clone();
        let params = [("subscription_id", id), ("ba_token", token), ("token", token)];
        match action {
            "pay" if self.approve_subscription(id) => {
                self.pages.remove(token);
                back(&text(&context, "return_url"), &params)
            }
            "abandon" => back(&text(&context, "cancel_url"), &params),
            _ => self.shown(id, "pay abandon"),
        }
    }

    fn shown(&self, id: &str, actions: &str) -> Reply {
        let inner = self.inner(id);
        let price = if self.get(Kind::Order, id).is_null() { &inner["price"]["value"] } else { &inner["amount"] };
        let buttons: String =
            actions.split(' ').map(|one| format!("<button name=action value={one}>{one}</button>")).collect();
        Reply::page(200, "PayPal", &format!("<p>{price}</p><form method=post>{buttons}</form>"))
    }
}

fn back(url: &str, params: &[(&str, &str)]) -> Reply {
    let Ok(mut url) = url.parse::<Url>() else { return Reply::page(200, "Thank you", "") };
    url.query_pairs_mut().extend_pairs(params);
    Reply::elsewhere(url.as_str())
}
