// Every page of the desk, in one list: axe, the keyboard and the narrowest screen are tried on all of them. A new page is
// one line here.
//
// A path is a text, or made of what `filled` put into the newsroom. `act` brings the page about where an address alone
// does not; `out` pages are seen by who is not signed in.

import { appeal, rule, says, step } from './appeals.js';
import { draft, newsletter, sent, signedUp, stands } from './letters.js';
import { begun, checking, flow, idOf, illustrated, saved, typed, written } from './story.js';

export const PAGES = [
  { name: 'today', path: '/desk/' },
  { name: 'stories', path: '/desk/stories' },
  { name: 'stories, none found', path: '/desk/stories?q=zzzzzz' },
  { name: 'stories, several done', path: '/desk/stories', act: several },
  { name: 'editor', path: ({ draft }) => `/desk/stories/${draft}` },
  { name: 'check of a draft', path: ({ draft }) => `/desk/stories/${draft}/check` },
  { name: 'check of a public story', path: ({ story }) => `/desk/stories/${story}/check` },
  { name: 'check, refused', path: ({ draft }) => `/desk/stories/${draft}/check`, act: refusedSchedule },
  { name: 'check, a link made', path: ({ draft }) => `/desk/stories/${draft}/check`, act: shared },
  { name: 'history', path: ({ story }) => `/desk/stories/${story}/history` },
  { name: 'history, none', path: ({ draft }) => `/desk/stories/${draft}/history` },
  { name: 'history, a revision', path: ({ story }) => `/desk/stories/${story}/history`, act: revision },
  { name: 'beside', path: ({ translation }) => `/desk/stories/${translation}/beside` },
  { name: 'newsletters', path: '/desk/newsletters' },
  { name: 'newsletter', path: ({ letters }) => `/desk/newsletters/${letters.newsletter}` },
  { name: 'settings of a newsletter', path: ({ letters }) => `/desk/newsletters/${letters.newsletter}/settings` },
  { name: 'issue, a draft', path: ({ letters }) => `/desk/issues/${letters.draft}` },
  { name: 'issue, a test refused', path: ({ letters }) => `/desk/issues/${letters.draft}`, act: tested },
  { name: 'issue, sent', path: ({ letters }) => `/desk/issues/${letters.sent}` },
  { name: 'preview of an issue', path: ({ letters }) => `/desk/issues/${letters.draft}/preview` },
  { name: 'preview of an issue, dark', path: ({ letters }) => `/desk/issues/${letters.draft}/preview?look=dark` },
  { name: 'preview of an issue, a link made', path: ({ letters }) => `/desk/issues/${letters.draft}/preview`, act: shared },
  { name: 'an issue being sent', path: ({ letters }) => `/desk/issues/${letters.sending}/sending` },
  { name: 'report of an issue', path: ({ letters }) => `/desk/issues/${letters.sent}/sending` },
  { name: 'readers', path: '/desk/readers' },
  { name: 'support', path: '/desk/support' },
  { name: 'contributions', path: '/desk/support/contributions' },
  { name: 'contributions, none found', path: '/desk/support/contributions?state=failed' },
  { name: 'contribution', path: '/desk/support/contributions', act: first },
  { name: 'contribution, what can be done', path: '/desk/support/contributions', act: acts },
  { name: 'payments', path: '/desk/support/payments' },
  { name: 'payment', path: '/desk/support/payments', act: first },
  { name: 'disputes', path: '/desk/support/disputes' },
  { name: 'transfers', path: '/desk/support/transfers' },
  { name: 'transfers, misread', path: '/desk/support/transfers', act: misread },
  { name: 'what givers say', path: '/desk/support/messages' },
  { name: 'sandbox', path: '/desk/support/sandbox' },
  { name: 'emergency stop', path: '/desk/support/stop' },
  { name: 'settings of support', path: '/desk/support/settings' },
  { name: 'settings of support, refused', path: '/desk/support/settings', act: refusedAmounts },
  { name: 'reminders', path: '/desk/support/reminders' },
  { name: 'people', path: '/desk/people' },
  { name: 'people, a link made', path: '/desk/people', act: invited },
  { name: 'sections', path: '/desk/sections' },
  { name: 'section', path: '/desk/sections', act: first },
  { name: 'topics', path: '/desk/topics' },
  { name: 'topic', path: '/desk/topics', act: first },
  { name: 'bylines', path: '/desk/bylines' },
  { name: 'byline', path: '/desk/bylines', act: first },
  { name: 'byline, taken away', path: '/desk/bylines', act: leaving },
  { name: 'media', path: '/desk/media' },
  { name: 'photo', path: '/desk/media', act: first },
  { name: 'settings', path: '/desk/settings' },
  { name: 'vault', path: '/desk/vault' },
  { name: 'log', path: '/desk/log' },
  { name: 'journal', path: '/desk/log/journal' },
  { name: 'chain of the log', path: '/desk/log/chain' },
  { name: 'jobs', path: '/desk/log/jobs' },
  { name: 'front page', path: '/desk/front' },
  { name: 'appeals', path: '/desk/appeals' },
  { name: 'appeal', path: ({ appeal }) => `/desk/appeals/${appeal}` },
  { name: 'appeal, a rule', path: ({ appeal }) => `/desk/appeals/${appeal}?rule=country` },
  { name: 'appeal, in its editor', path: ({ appeal }) => `/desk/appeals/${appeal}`, act: firstText },
  { name: 'preview of an appeal', path: ({ appeal }) => `/desk/appeals/${appeal}/preview` },
  { name: 'why an appeal was not shown', path: ({ story }) => `/desk/appeals/why?story=${story}` },
  { name: 'pages', path: '/desk/pages' },
  { name: 'page, in its editor', path: '/desk/pages', act: firstPage },
  { name: 'page, before it is published', path: '/desk/pages', act: checkedPage },
  { name: 'connections', path: '/desk/connections' },
  { name: 'webhooks', path: '/desk/connections/webhooks' },
  { name: 'account', path: '/desk/account' },
  { name: 'recovery codes', path: '/desk/account', act: renewed },
  { name: 'prove', path: '/desk/prove?next=/desk/people' },
  { name: 'refused', path: '/desk/stories/00000000-0000-7000-8000-000000000000/check', status: 404 },
  { name: 'missing', path: '/desk/nothing/here', status: 404 },
  { name: 'sign in', path: '/desk/sign-in', out: true },
  { name: 'sign in, wrong', path: '/desk/sign-in', out: true, act: wrongCode },
  { name: 'join', path: ({ link }) => link, out: true },
  { name: 'join by code', path: ({ link }) => link, out: true, act: byCode },
  { name: 'a link that is no more', path: '/desk/join/AAAAAAAAAAAAAAAAAAAAAA', out: true, status: 404 },
];

/// What the menu names and is not built yet. A test fails when one of them is there and not in the list above.
export const AWAITED = [];

/// Goes to a page of the list; the status that it answered with.
export async function visit(page, desk, one, about) {
  const path = typeof one.path === 'function' ? one.path(about) : one.path;
  const answer = await page.goto(new URL(path, desk).href, { waitUntil: 'load' });
  if (one.act) await one.act(page, about);
  if (one.name === 'editor') await page.locator('#editor-text[contenteditable="true"]').waitFor();
  return answer.status();
}

/// Puts into a newsroom what the pages need: a draft with a photo and a note, a story that was changed and corrected
/// after it was published, a translation that is behind, an open link.
export async function filled(who, desk, other, sink) {
  const { page } = who;
  const story = await begun(who, desk);
  await written(who, { headline: 'The ferry runs again', standfirst: 'After nine days on land.', paragraphs: ['It left at dawn, half empty.'] });
  await checking(who, desk, story);
  await flow.publish(who);
  await flow.translate(who, other);
  const translation = idOf(page);
  await page.goto(`${desk}/desk/stories/${story}`);
  await page.locator('#editor-text[contenteditable="true"]').waitFor();
  await typed(who, 'By noon it was full.');
  await saved(page);
  await checking(who, desk, story);
  await flow.publish(who);
  await flow.correct(who, 'It left at dawn, not at noon.');
  const unwritten = await begun(who, desk);
  await written(who, { headline: 'Nine days on land', paragraphs: ['The captain says nothing.'] });
  await illustrated(who, { alt: 'A ferry', credit: 'Photo: A. Ferryman', colour: '#1f5a92' });
  await checking(who, desk, unwritten);
  await flow.note(who, 'Who says so?');
  for (const kind of ['sections', 'topics', 'bylines']) {
    await page.goto(`${desk}/desk/${kind}`);
    await page.locator(`form[action="/desk/${kind}"] [name="name:en"]`).fill(`Of the ${kind}`);
    await submitted(page, `form[method=post][action="/desk/${kind}"]`);
  }
  await page.goto(`${desk}/desk/pages`);
  await page.locator('form[action="/desk/pages"] [name=title]').fill('How we work');
  await submitted(page, 'form[method=post][action="/desk/pages"]');
  const letters = await posted(who, desk, sink);
  const asking = await asked(who, desk);
  await supported(who, desk);
  await page.goto(`${desk}/desk/people`);
  await invited(page);
  const link = await page.locator('[data-copy]').inputValue();
  return { story, translation, draft: unwritten, letters, link, appeal: asking };
}

/// An appeal with a rule and two variants that has been seen.
async function asked(who, desk) {
  const id = await appeal(who, desk, 'Spring');
  await says(who, desk, id, 'en', 0, 'Your support makes a world of difference.');
  await rule(who, desk, id, 'read', 'Regulars', { least: '3', unknown: true });
  await step(who, desk, id, 'variants');
  await step(who, desk, id, 'start');
  const { appeals } = await (await fetch(`${desk}/-/support/appeals/en.json`)).json();
  for (const { id: variant } of appeals[0].variants) await fetch(`${desk}/-/support/seen/${variant}`, { method: 'POST' });
  return id;
}

/// Contributions are taken, and somebody gives once and monthly.
async function supported({ page }, desk) {
  await page.goto(`${desk}/desk/support/settings`);
  await page.locator('[name=open]').check();
  await submitted(page, 'form[action="/desk/support/settings"]');
  for (const [frequency, other] of [['once', '25'], ['monthly', '5']]) {
    const given = { frequency, currency: 'USD', other, gateway: 'sandbox', language: 'en' };
    const answer = await fetch(`${desk}/-/support/give`, { method: 'POST', body: new URLSearchParams(given), redirect: 'manual' });
    const to = new URL(/\/-\/support\/sandbox\/[\w/-]+/.exec(answer.headers.get('location') ?? await answer.text())[0], desk);
    await fetch(to, { method: 'POST', body: new URLSearchParams({ how: 'pay' }), redirect: 'manual' });
  }
}

async function refusedAmounts(page) {
  await page.locator('[name=least]').first().fill('nothing');
  await page.locator('[name=cover]').fill('99');
  await submitted(page, 'form[action="/desk/support/settings"]');
}

/// A newsletter with readers, and an issue in each of its states: sent, with one mail refused; being sent, while the relay
/// asks for patience; a draft.
async function posted(who, desk, sink) {
  const own = await newsletter(who, desk, 'The week in the harbour');
  for (const name of ['eva@gmail.com', 'ivan@mail.ru', 'gone@reader.example']) {
    await signedUp(desk, sink, name, 'the-week-in-the-harbour');
  }
  sink.says = (to) => (to.startsWith('gone@') ? '550 5.1.1 no such user here' : undefined);
  const done = await draft(who, desk, own, 'The ferry runs again', { other: 'Nine days on land' });
  await sent(who, desk, done);
  await stands(who, desk, done, '.tag.published');
  sink.says = () => '451 4.7.1 greylisted, come back in five minutes';
  const sending = await draft(who, desk, own, 'By noon it was full');
  await sent(who, desk, sending);
  await stands(who, desk, sending, '.replies li');
  return { newsletter: own, sent: done, sending, draft: await draft(who, desk, own, 'What the captain says') };
}

async function submitted(page, form) {
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.locator(form).locator('button:not([type=button])').first().click()]);
  await page.waitForLoadState('load');
}

async function tested(page) {
  await page.locator('#test summary').click();
  await page.locator('#test [name=addresses]').fill('nobody');
  await submitted(page, 'form[action*="/test"]');
}

async function several(page) {
  const boxes = page.locator('[name=story]');
  for (const at of [0, 1]) await boxes.nth(at).check();
  await page.locator('[name=act]').selectOption('in_review');
  await submitted(page, 'form[action="/desk/stories/many"]');
}

async function refusedSchedule(page) {
  await page.locator('[name=at]').fill('2001-01-01T00:00:00');
  await submitted(page, 'form[action$="/schedule"]');
}

function shared(page) {
  return submitted(page, 'form[action$="/links"]');
}

function invited(page) {
  return submitted(page, 'form[action="/desk/people/invite"]');
}

function renewed(page) {
  return submitted(page, 'form[action="/desk/account/codes"]');
}

/// The first of a list of sections, topics or bylines.
async function first(page) {
  const own = new URL(page.url()).pathname;
  await page.locator(`main a[href^="${own}/"]`).first().click();
  await page.waitForURL(/[0-9a-f-]{36}$/);
  await page.waitForLoadState('load');
}

async function acts(page) {
  await first(page);
  await page.goto(`${page.url()}/acts`);
}

async function misread(page) {
  await page.locator('[name=reference]').fill('RF19 5390 0754 7034');
  await page.locator('[name=amount]').fill('10');
  await submitted(page, 'form[action="/desk/support/transfers"]');
}

async function firstText(page) {
  await page.locator('.variants a[href*="/text/"]').first().click();
  await page.locator('#editor-text[contenteditable="true"]').waitFor();
}

async function firstPage(page) {
  await first(page);
  await page.locator('#editor-text[contenteditable="true"]').waitFor();
}

async function checkedPage(page) {
  await first(page);
  await page.goto(`${page.url()}/check`);
}

async function leaving(page) {
  await first(page);
  await page.goto(`${page.url()}/remove`);
}

async function revision(page) {
  await page.locator('.revisions a').first().click();
  await page.locator('.diff').waitFor();
}

async function wrongCode(page) {
  await page.locator('details').last().locator('summary').click();
  await page.locator('form[action$="/recovery"] [name=handle]').fill('nobody');
  await page.locator('form[action$="/recovery"] [name=code]').fill('aaaa-bbbb-cccc');
  await submitted(page, 'form[action$="/recovery"]');
}

async function byCode(page) {
  await page.locator('[name=handle]').fill('dora');
  await page.locator('details summary').click();
  await page.locator('details button').click();
  await page.locator('[name=code]').waitFor();
}
