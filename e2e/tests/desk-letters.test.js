// An issue goes out: a test of it first, then to readers, paused and stopped by hand, with pages that follow by themselves
// and work without a script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { browser } from '../lib/desk.js';
import { draft, newsletter, pressed, sent, signedUp, stands } from '../lib/letters.js';
import { filesHolding } from '../lib/newsroom.js';
import { until } from '../lib/place.js';
import { sink } from '../lib/sink.js';
import { closeEverything, closed, opened } from '../lib/story.js';

const PROOF = 'proof@editor.example';

let mails;
let newsroom;
let own;
before(async () => {
  mails = await sink();
  const settings = { address: 'https://news.example' };
  newsroom = await opened('letters', { settings, env: { MASTHEAD_SMTP_URLS: mails.address } });
  own = await newsletter(newsroom.publisher, newsroom.desk, 'The harbour');
  for (const reader of ['eva@gmail.com', 'ivan@mail.ru']) await signedUp(newsroom.desk, mails, reader, 'the-harbour');
}, { timeout: 120_000 });
after(async () => {
  await closeEverything();
  await mails.close();
});

const to = (address) => mails.mails.filter((mail) => mail.to === address);

test('a test of an issue arrives, and its address is nowhere afterwards', { timeout: 60_000 }, async () => {
  const { publisher, desk, dir, server } = newsroom;
  const { page } = publisher;
  await draft(publisher, desk, own, 'The ferry runs again', { other: 'Nine days on land' });
  await page.locator('#test summary').click();
  await page.locator('#test [name=addresses]').fill(`${PROOF}, gone@editor.example`);
  await page.locator('#test [name=other]').check();
  mails.says = (address) => (address.startsWith('gone@') ? '550 5.1.1 no such user here' : undefined);
  await pressed(page, '#test form');
  const told = await page.locator('#test [role=status] li').allTextContents();
  assert.equal(told.length, 2);
  assert.match(told[1], /550 5\.1\.1 no such user here/);
  const [mail] = to(PROOF);
  assert.match(mail.text, /^Subject: \[Test\] Nine days on land\r?$/m);
  assert.match(mail.text, /^List-Unsubscribe: <https:\/\/news\.example\/-\/newsletter\/unsubscribe\/test>\r?$/m);
  assert.ok(!(await page.content()).includes(PROOF), 'the page gives the address back');
  assert.deepEqual(filesHolding(dir, [PROOF]), []);
  assert.ok(!server.log.includes(PROOF), 'the log holds the address');
  mails.says = () => undefined;
});

test('two pages follow what somebody does to an issue that is being sent', { timeout: 90_000 }, async () => {
  const { publisher, desk } = newsroom;
  const { page, context } = publisher;
  mails.says = () => '451 4.7.1 come back later';
  const id = await draft(publisher, desk, own, 'By noon it was full');
  await sent(publisher, desk, id);
  await stands(publisher, desk, id, '.replies li');
  const other = await context.newPage();
  await other.goto(`${desk}/desk/issues/${id}/sending`);
  await other.evaluate(() => { globalThis.sameAsBefore = true; });
  await pressed(page, 'form[action$="/pause"]');
  await other.locator('.head .tag.withdrawn').waitFor();
  await other.locator('form[action$="/resume"]').waitFor();
  page.once('dialog', (asked) => asked.accept());
  await pressed(page, 'form[action$="/stop"]');
  await other.locator('.legend .dropped').waitFor();
  assert.equal(await other.locator('form[action$="/stop"], form[action$="/resume"]').count(), 0);
  assert.equal(await other.evaluate(() => globalThis.sameAsBefore), true, 'it was loaded anew');
  await other.close();
  mails.says = () => undefined;
});

test('without a script an issue is sent, looked at and paused all the same', { timeout: 90_000 }, async () => {
  const { publisher, desk } = newsroom;
  mails.says = () => '451 4.7.1 come back later';
  const id = await draft(publisher, desk, own, 'A third one');
  const state = await publisher.context.storageState();
  const plain = await (await browser()).newContext({ javaScriptEnabled: false, storageState: state });
  const page = await plain.newPage();
  await page.goto(`${desk}/desk/issues/${id}`);
  await pressed(page, 'form[action$="/approve"]:has([name=now])');
  assert.match(page.url(), /\/sending\?soon=1/);
  await until('the issue to be sent', async () => {
    await page.reload();
    return await page.locator('.replies li').count() > 0;
  }, 30);
  assert.ok(await page.locator('[data-by-hand]').isVisible());
  await pressed(page, 'form[action$="/pause"]');
  assert.equal(await page.locator('.head .tag.withdrawn').count(), 1);
  await page.goto(`${desk}/desk/`);
  assert.equal(await page.locator(`a[href="/desk/issues/${id}/sending"]`).count(), 1);
  await plain.close();
  mails.says = () => undefined;
});

test('an issue reaches its readers once, and the report accounts for each', { timeout: 90_000 }, async () => {
  const { publisher, desk } = newsroom;
  const before = to('eva@gmail.com').length;
  const id = await draft(publisher, desk, own, 'The fourth');
  await sent(publisher, desk, id);
  await stands(publisher, desk, id, '.tag.published');
  assert.equal(to('eva@gmail.com').length, before + 1);
  assert.match(to('eva@gmail.com').at(-1).text, /^Subject: The fourth\r?$/m);
  assert.equal(await publisher.page.locator('.legend .accepted strong').textContent(), '2');
  assert.equal(await publisher.page.locator('.mailboxes tbody tr').count(), 2);
  await closed(newsroom, publisher);
});
