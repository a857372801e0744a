//! The pages that a giver sees: checkout, the portal, an invoice that waits. Plain HTML; what counts is what they do.
//!
//! `POST /c/pay/{session}` with `action=pay|fail|later|abandon` (and `email`), `POST /p/session/{portal}` with `action=do`,
//! `POST /i/{invoice}` with `action=pay`.

use serde_json::Value;

use super::{catalogue::shown, form, state::State};
use crate::processors::{
    http::{Asked, Reply},
    json::{int, text},
};

impl State {
    pub(super) fn page(&mut self, asked: &Asked) -> Reply {
        let parts: Vec<&str> = asked.path.trim_start_matches('/').split('/').collect();
        let form = form::parse(&asked.body);
        let post = asked.method == "POST";
        match parts.as_slice() {
            ["c", "pay", id] if post => self.checkout_answer(id, &form),
            ["c", "pay", id] => self.checkout_page(id, ""),
            ["p", "session", id] if post => match self.portal_done(id) {
                Some(next) if !next.is_empty() => Reply::elsewhere(&next),
                Some(_) => Reply::page(200, "Done", ""),
                None => Reply::page(404, "There is nothing to do here", ""),
            },
            ["p", "session", id] => {
                let flow = text(&self.get(id), "flow.type");
                Reply::page(200, "Manage your billing", &format!("<p>{flow}</p>{}", buttons(&["do"])))
            }
            ["i" | "3ds", id] if post => {
                let invoice = if parts[0] == "i" { (*id).to_owned() } else { self.invoice_of(id) };
                match self.pay_invoice(&invoice) {
                    Ok(_) => Reply::page(200, "Thank you", ""),
                    Err(_) => Reply::page(404, "There is nothing to pay", ""),
                }
            }
            ["i" | "3ds", _] => Reply::page(200, "Pay", &buttons(&["pay"])),
            _ => Reply::page(404, "Not here", ""),
        }
    }

    fn invoice_of(&self, intent: &str) -> String {
        let payment = self.of(intent, "invoice_payment").next();
        payment.map(|payment| text(payment, "invoice")).unwrap_or_default()
    }

    fn checkout_page(&self, id: &str, said: &str) -> Reply {
        let session = self.get(id);
        if session["status"] != "open" {
            return Reply::page(404, "This page is no longer there", "");
        }
        let amount = shown(int(&session, "amount_total"), &text(&session, "currency"));
        let email = "<label>Email <input name=email form=f></label>";
        let inner = format!("<p>{amount}</p><p>{said}</p>{email}{}", buttons(&["pay", "fail", "later", "abandon"]));
        Reply::page(200, "Checkout", &inner)
    }

    fn checkout_answer(&mut self, id: &str, form: &Value) -> Reply {
        let session = self.get(id);
        let email =
            Some(text(form, "email")).filter(|email| !email.is_empty()).unwrap_or_else(|| "giver@example.org".into());
        let success = text(&session, "success_url").replace("{CHECKOUT_SESSION_ID}", id);
        match &*text(form, "action") {
            "pay" if self.session_paid(id, &email, false) => Reply::elsewhere(&success),
            "later" if self.session_paid(id, &email, true) => Reply::elsewhere(&success),
            "fail" => {
                self.session_declined(id);
                self.checkout_page(id, "Your card was declined.")
            }
            "abandon" if session["cancel_url"].is_string() => Reply::elsewhere(&text(&session, "cancel_url")),
            _ => self.checkout_page(id, ""),
        }
    }
}

fn buttons(actions: &[&str]) -> String {
    let all: String =
        actions.iter().map(|action| format!("<button name=action value={action}>{action}</button>")).collect();
    format!("<form method=post id=f>{all}</form>")
}
