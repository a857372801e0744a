// Stripe's own library drives the fake of crates/testkit, and verifies what it signs. The Rust test that starts this reads
// what is to be done beside (`move SECONDS`, `dispute CHARGE`, `webhooks URL`, `deliver`) from the output, and answers by a line.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Stripe from "stripe";

const { FAKE_ADDRESS, FAKE_KEY, FAKE_RESTRICTED, FAKE_SECRET } = process.env;
const { hostname: host, port } = new URL(FAKE_ADDRESS);
const client = (key) =>
    new Stripe(key, { host, port, protocol: "http", apiVersion: "2026-09-30.endive", maxNetworkRetries: 0, telemetry: false });
const stripe = client(FAKE_KEY);

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function ask(command) {
    console.log(command);
    return (await lines.next()).value;
}

const received = [];
const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ body: Buffer.concat(chunks), signature: request.headers["stripe-signature"] });
    response.writeHead(200).end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
await ask(`webhooks http://127.0.0.1:${server.address().port}/hook`);

const press = (url, form) => fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const price = (amount, recurring) => ({
    currency: "usd",
    unit_amount: amount,
    product: product.id,
    ...(recurring && { recurring }),
});
const refused = (promise, wanted) => assert.rejects(promise, (error) => Object.entries(wanted).every(([k, v]) => error[k] === v));

const product = await stripe.products.create({ name: "Support" });

await once();
await monthly();
await refusals();
await lists();
await signatures();
server.close();
console.log("done");
process.exit(0);

async function once() {
    const session = await stripe.checkout.sessions.create(
        {
            mode: "payment",
            submit_type: "donate",
            customer_creation: "if_required",
            client_reference_id: "gift-1",
            line_items: [{ quantity: 1, price_data: price(200) }],
            success_url: "https://news.example/thanks?s={CHECKOUT_SESSION_ID}",
            cancel_url: "https://news.example/support",
            payment_intent_data: { metadata: { cid: "gift-1" } },
        },
        { idempotencyKey: "gift-1-1" },
    );
    assert.equal(session.status, "open");
    assert.match(await (await fetch(session.url)).text(), /2\.00 usd/);
    const next = await press(session.url, { action: "pay", email: "a@example.org" });
    assert.equal(next.headers.get("location"), `https://news.example/thanks?s=${session.id}`);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent.latest_charge.balance_transaction"] });
    assert.equal(paid.payment_status, "paid");
    assert.equal(paid.customer, null);
    assert.equal(paid.payment_intent.metadata.cid, "gift-1");
    assert.equal(paid.payment_intent.latest_charge.balance_transaction.net, 200 - 36);
    const half = await stripe.refunds.create({ payment_intent: paid.payment_intent.id, amount: 50 });
    assert.equal(half.status, "succeeded");
    const charge = await stripe.charges.retrieve(half.charge);
    assert.equal(charge.amount_refunded, 50);
    await refused(stripe.refunds.create({ charge: charge.id, amount: 151 }), { type: "StripeInvalidRequestError", param: "amount" });
    await ask(`dispute ${charge.id}`);
    const [dispute] = (await stripe.disputes.list({ payment_intent: paid.payment_intent.id })).data;
    assert.equal(dispute.status, "needs_response");
    assert.equal((await stripe.balance.retrieve()).available[0].amount, 200 - 36 - 50 - 150 - 1500);
    const left = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [{ quantity: 1, price_data: price(500) }],
        success_url: "https://news.example/thanks",
    });
    assert.equal((await stripe.checkout.sessions.expire(left.id)).status, "expired");
    await refused(stripe.checkout.sessions.expire(left.id), { statusCode: 400 });
}

async function monthly() {
    const session = await stripe.checkout.sessions.create({
        mode: "subscription",
        client_reference_id: "gift-2",
        line_items: [{ quantity: 1, price_data: price(300, { interval: "month" }) }],
        success_url: "https://news.example/thanks",
        subscription_data: { metadata: { cid: "gift-2" } },
    });
    await press(session.url, { action: "pay", email: "b@example.org" });
    const { subscription: id, customer } = await stripe.checkout.sessions.retrieve(session.id);
    let subscription = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice.payments"] });
    assert.equal(subscription.status, "active");
    assert.equal(subscription.latest_invoice.parent.subscription_details.subscription, id);
    assert.equal(subscription.latest_invoice.payments.data[0].status, "paid");
    const item = subscription.items.data[0];
    subscription = await stripe.subscriptions.update(id, {
        items: [{ id: item.id, price_data: price(500, { interval: "month" }) }],
        proration_behavior: "none",
    });
    assert.equal(subscription.items.data[0].price.unit_amount, 500);
    assert.equal(subscription.items.data[0].current_period_end, item.current_period_end);
    await ask(`move ${item.current_period_end}`);
    let invoices = await stripe.invoices.list({ subscription: id });
    assert.deepEqual(invoices.data.map((one) => [one.status, one.amount_paid]), [["paid", 500], ["paid", 300]]);
    subscription = await stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
    await ask(`move ${subscription.items.data[0].current_period_end}`);
    invoices = await stripe.invoices.list({ subscription: id });
    assert.equal(invoices.data[0].status, "void");
    subscription = await stripe.subscriptions.update(id, { pause_collection: "" });
    assert.equal(subscription.pause_collection, null);
    const portal = await stripe.billingPortal.sessions.create({
        customer,
        return_url: "https://news.example/manage",
        flow_data: { type: "payment_method_update", after_completion: { type: "redirect", redirect: { return_url: "https://news.example/done" } } },
    });
    assert.equal((await press(portal.url, { action: "do" })).headers.get("location"), "https://news.example/done");
    assert.notEqual((await stripe.subscriptions.retrieve(id)).default_payment_method, subscription.default_payment_method);
    assert.equal((await stripe.subscriptions.update(id, { cancel_at_period_end: true })).cancel_at_period_end, true);
    assert.equal((await stripe.subscriptions.cancel(id)).status, "canceled");
    await refused(stripe.subscriptions.cancel(id), { statusCode: 404, code: "resource_missing" });
    assert.equal((await stripe.subscriptions.list({ customer })).data.length, 0);
    assert.equal((await stripe.subscriptions.list({ customer, status: "all" })).data.length, 1);
}

async function refusals() {
    const form = (amount, currency = "usd") => ({
        mode: "payment",
        line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product: product.id } }],
        success_url: "https://news.example/thanks",
    });
    const first = await stripe.checkout.sessions.create(form(200), { idempotencyKey: "same" });
    const again = await stripe.checkout.sessions.create(form(200), { idempotencyKey: "same" });
    assert.equal(first.id, again.id);
    assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
    await refused(stripe.checkout.sessions.create(form(300), { idempotencyKey: "same" }), { type: "StripeIdempotencyError" });
    await refused(stripe.checkout.sessions.create(form(49)), { code: "amount_too_small" });
    await refused(stripe.checkout.sessions.create(form(49, "jpy")), { code: "amount_too_small" });
    await refused(stripe.checkout.sessions.create(form("2.50")), { code: "parameter_invalid_integer" });
    await refused(stripe.checkout.sessions.create({ ...form(200), colour: "red" }), { code: "parameter_unknown", param: "colour" });
    await refused(stripe.checkout.sessions.create({ ...form(200), expires_at: 1 }), { param: "expires_at" });
    assert.equal((await stripe.checkout.sessions.create(form(50, "jpy"))).amount_total, 50);
    await refused(client("sk_test_of_nobody").balance.retrieve(), { type: "StripeAuthenticationError", statusCode: 401 });
    const narrow = client(FAKE_RESTRICTED);
    assert.ok((await narrow.checkout.sessions.create(form(200))).id);
    await refused(narrow.refunds.create({ charge: "ch_1" }), { type: "StripePermissionError", statusCode: 403 });
}

async function lists() {
    const all = await stripe.events.list({ limit: 3 }).autoPagingToArray({ limit: 1000 });
    assert.ok(all.length > 30);
    assert.equal(new Set(all.map((event) => event.id)).size, all.length);
    const paid = await stripe.events.list({ types: ["invoice.paid"] }).autoPagingToArray({ limit: 100 });
    assert.equal(paid.length, 2);
    const since = await stripe.events.list({ created: { gte: paid[0].created } }).autoPagingToArray({ limit: 1000 });
    assert.ok(since.length < all.length && since.every((event) => event.created >= paid[0].created));
}

async function signatures() {
    const now = Number(await ask("deliver"));
    const known = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    assert.equal(received.length, known.length);
    for (const { body, signature } of received) {
        const event = stripe.webhooks.constructEvent(body, signature, FAKE_SECRET, 300, undefined, now * 1000);
        assert.ok(known.some((one) => one.id === event.id));
        const late = (now + 301) * 1000;
        assert.throws(() => stripe.webhooks.constructEvent(body, signature, FAKE_SECRET, 300, undefined, late));
        assert.throws(() => stripe.webhooks.constructEvent(body, signature, "whsec_other", 300, undefined, now * 1000));
    }
}
