// What people do with newsletters at the desk, told in steps.

import { until } from './place.js';

/// Presses a form's button and waits for the page that answers.
export async function pressed(page, selector) {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.locator(selector).locator('button:not([type=button])').last().click();
  await answered;
  await page.waitForLoadState('load');
}

/// A newsletter that can be sent; its id.
export async function newsletter({ page }, desk, name) {
  await page.goto(`${desk}/desk/newsletters`);
  await page.locator('form[action="/desk/newsletters"] [name=name]').fill(name);
  await pressed(page, 'form[action="/desk/newsletters"]');
  await page.locator('[name=sender]').fill('letter@news.example');
  await page.locator('[name=about]').fill('What happened in the harbour, every Friday.');
  await page.locator('[name=weekday]').selectOption('5');
  await pressed(page, 'form.settings');
  return /newsletters\/([0-9a-f-]{36})/.exec(page.url())[1];
}

/// Somebody signs up on the site and presses the button of the mail that comes.
export async function signedUp(site, sink, address, slug) {
  const before = sink.mails.length;
  const form = new URLSearchParams({ address, newsletter: slug, language: 'en' });
  const asked = await fetch(`${site}/-/newsletter/sign-up`, { method: 'POST', body: form });
  if (asked.status !== 200) throw new Error(`signing up was answered with ${asked.status}`);
  await until(`a mail to ${address}`, () => sink.mails.slice(before).some(({ to }) => to === address), 20);
  const mail = sink.mails.slice(before).find(({ to }) => to === address).text;
  const path = /\/-\/newsletter\/confirm\/[\w-]+/.exec(mail)[0];
  const confirmed = await fetch(`${site}${path}`, { method: 'POST' });
  if (confirmed.status !== 200) throw new Error(`the confirmation was answered with ${confirmed.status}`);
}

/// A draft with a subject and words; its id.
export async function draft({ page }, desk, of, subject, { other } = {}) {
  await page.goto(`${desk}/desk/newsletters/${of}`);
  await pressed(page, `form[action="/desk/newsletters/${of}/issues"]`);
  await page.waitForURL(/\/desk\/issues\/[0-9a-f-]{36}/);
  const id = /issues\/([0-9a-f-]{36})/.exec(page.url())[1];
  await page.locator('[name=subject]').fill(subject);
  await page.locator('[name=preview]').fill('And what the captain says.');
  if (other) {
    await page.locator('details:has([name=other_subject]) summary').click();
    await page.locator('[name=other_subject]').fill(other);
  }
  await page.locator('[name=intro]').fill('Dear readers,\n\nthe ferry runs again.');
  await pressed(page, '#issue');
  return id;
}

/// Approves an issue and has it sent at once.
export async function sent({ page }, desk, id) {
  await page.goto(`${desk}/desk/issues/${id}`);
  page.once('dialog', (asked) => asked.accept());
  await pressed(page, 'form[action$="/approve"]:has([name=now])');
}

/// Waits until the page of an issue that is being sent says what is wanted of it.
export async function stands({ page }, desk, id, selector) {
  await page.goto(`${desk}/desk/issues/${id}/sending?soon=1`);
  await page.locator(selector).first().waitFor({ timeout: 30_000 });
}
