//! Payment processors for tests: Stripe, PayPal and BTCPay Server with a memory, a clock that the test moves, pages that a
//! giver "sees", and webhooks that arrive as badly as the test wants.
//!
//! ```ignore
//! let clock = Arc::new(FixedClock::at(NOW));                     // share the newsroom's own
//! let stripe = FakeStripe::start(clock).await?;                  // .address, .key, .secret
//! stripe.webhooks_to("http://127.0.0.1:4000/-/hooks/stripe");    // where it tells what happened
//! stripe.webhooks(Plan::calm(7).with(Mode::Duplicate).sometimes(Mode::Drop, 30));
//! // … the program under test makes a checkout session, `session` is its id …
//! assert!(stripe.pay(&session));                                 // or POST action=pay to the session's page
//! stripe.deliver_all().await;                                    // or once: stripe.deliver_by_itself()
//! stripe.next_payments(&subscription, &[Outcome::Declined]);
//! stripe.move_to(NOW.plus_millis(32 * DAY));                     // renews, retries, expires, in order of time
//! assert_eq!(stripe.standing().balance["USD"].gross, 200);       // what the processor holds to be true
//! stripe.server.weather(Weather::BrokenAfter, Some(1));          // the next answer is 500, the work is done
//! ```
//!
//! **What it guarantees.** Bodies have the keys that the real ones have: the official Stripe SDK, `async-stripe` and the
//! processors' own API documents judge that in `tests/processors`. A request that names an unknown parameter is refused as
//! the processor refuses it. **What is simplified** is said at the head of each processor's file. Nothing here was compared
//! with a live processor.

mod all;
pub mod btcpay;
pub mod documents;
pub mod http;
mod json;
mod money;
pub mod paypal;
pub mod standing;
pub mod stripe;
pub mod webhooks;

pub use all::Processors;
pub use btcpay::FakeBtcpay;
pub use documents::Document;
pub use http::{Asked, Weather};
pub use paypal::FakePaypal;
pub use standing::{Balance, Gift, Paid, Pledge, Standing};
pub use stripe::{FakeStripe, Outcome};
pub use webhooks::{Delivered, Mode, Plan};
