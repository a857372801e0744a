// A newsletter's whole way, in real browsers and through a real Postfix: somebody signs up and confirms; the desk suggests an
// issue, picks by hand, looks at it and has it approved by a second person; it arrives; they leave by one click, ask for their
// data, and have it erased. In English on SQLite, in Persian on PostgreSQL.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { succeed } from '../lib/binary.js';
import { browser, closeBrowser, colleague, deskOf, firstLink, join as comeIn, person } from '../lib/desk.js';
import { canReadMails, linkIn, readMail } from '../lib/mail.js';
import { filesHolding, newNewsroom, serve } from '../lib/newsroom.js';
import { folder, skip, until } from '../lib/place.js';
import { startPostfix } from '../lib/postfix.js';
import { emptyDatabase } from '../lib/postgres.js';
import { rows } from '../lib/rows.js';
import { begun, checking, flow, moment, saved, step, typed, writable, written } from '../lib/story.js';

const stops = [];
after(async () => {
  await closeBrowser();
  for (const stop of stops.reverse()) await stop();
});

const TOLD = {
  en: {
    kind: 'SQLite', direction: 'ltr', name: 'The Week', daily: 'Culture',
    stories: ['The harbour opens again', 'A tram for the north', 'The choir that sings at noon'], paragraph: 'Nobody had expected it so soon.',
    standfirst: 'What it took.', intro: 'Dear readers, **three things** to read.', strong: 'three things', note: 'Read this first.',
    policy: 'Your address is sealed, and erased when you leave.', mine: 'reader.one+week@reader.test', own: 'reader.one',
  },
  fa: {
    kind: 'PostgreSQL', direction: 'rtl', name: 'هفته', daily: 'فرهنگ',
    stories: ['بندر دوباره باز شد', 'تراموایی برای شمال', 'گروه کری که ظهرها می‌خواند'], paragraph: 'کسی انتظارش را به این زودی نداشت.',
    standfirst: 'چه چیزی لازم بود.', intro: 'خوانندگان گرامی، **سه خبر** برای خواندن.', strong: 'سه خبر', note: 'این را اول بخوانید.',
    policy: 'نشانی شما مهر و موم می‌شود و با رفتن شما پاک می‌شود.', mine: 'khanande@reader.test', own: 'khanande',
  },
};

/// A newsroom whose mails are signed with both kinds of keys and go to the Postfix; the records of those keys by name.
async function house(language, kind, postfix) {
  const database = kind === 'PostgreSQL' ? await emptyDatabase() : undefined;
  if (kind === 'PostgreSQL' && !database) return undefined;
  if (database) stops.push(database.stop);
  const dir = await newNewsroom(`letters-${language}`, ['--language', language, ...(database ? ['--database', database.url] : [])]);
  const records = {};
  const keys = [];
  for (const [selector, more] of [['rsa', []], ['ed', ['--ed25519']]]) {
    const made = await succeed(['mail', 'dkim', 'news.test', '--selector', selector, ...more, '--data', dir, '--json']);
    records[made.record] = made.value;
    keys.push(`{ domain = "news.test", selector = "${selector}", key = "keys/dkim-${selector}-news.test.pem" }`);
  }
  appendFileSync(join(dir, 'masthead.toml'), `\n[mail]\ndkim = [${keys.join(', ')}]\n`);
  const server = await serve(dir, { MASTHEAD_SMTP_URLS: `smtp://127.0.0.1:${postfix.port}` });
  stops.push(() => server.stop('SIGKILL'));
  await succeed(['settings', 'set', 'address', server.address, '--data', dir]);
  return { dir, server, desk: deskOf(server), records, database: database?.url };
}

const readers = (newsroom) => rows(newsroom, 'SELECT state, language, policy FROM subscriber');
const subscriptions = (newsroom) => rows(newsroom, 'SELECT newsletter FROM subscription WHERE week >= 0');

/// Every row of a PostgreSQL, as text; what is in bytes, in hexadecimal digits.
function everything(newsroom) {
  const tables = rows(newsroom, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'");
  assert.ok(tables.length > 30, 'these are not all tables');
  return JSON.stringify(tables.map(({ name }) => rows(newsroom, `SELECT * FROM "${name}"`)));
}

/// Waits for a mail to an address that `wanted` likes; as Python reads it.
async function arrives(postfix, address, records, wanted) {
  return until(`a mail to ${address}`, () => {
    const mails = postfix.mails(address).map((bytes) => readMail(bytes, records));
    return mails.find(wanted);
  }, 40);
}

/// A newsletter made at the desk, which goes out on the weekday of tomorrow; its page's address.
async function made({ page }, desk, { name, slug, at }) {
  await page.goto(`${desk}/desk/newsletters`);
  await page.locator('form[action="/desk/newsletters"] [name=name]').fill(name);
  await page.locator('form[action="/desk/newsletters"] [name=slug]').fill(slug);
  await page.locator('form[action="/desk/newsletters"] button').click();
  await page.waitForURL(/\/desk\/newsletters\/[0-9a-f-]{36}/);
  const own = page.url().match(/.*\/newsletters\/[0-9a-f-]{36}/)[0];
  await page.goto(`${own}/settings`);
  const form = page.locator('form.settings');
  if (at) {
    await form.locator('[name=weekday]').selectOption(String(at.getUTCDay() || 7));
    await form.locator('[name=time]').fill('09:00');
    await form.locator('[name=draft_hours]').fill('48');
    await form.locator('[name=second_person]').check();
  }
  await form.locator('[name=sender_name]').fill(name);
  await form.locator('[name=sender]').fill(`${slug}@news.test`);
  await form.locator('button.main').click();
  await page.locator('.said').waitFor();
  return own;
}

/// The privacy policy that readers agree to, as a page of the site.
async function policy(who, desk, text) {
  const { page } = who;
  await page.goto(`${desk}/desk/pages`);
  await page.locator('form[action="/desk/pages"] [name=title]').fill('Privacy');
  await page.locator('form[action="/desk/pages"] [name=slug]').fill('privacy');
  await page.locator('form[action="/desk/pages"] button').click();
  await page.waitForURL(/\/desk\/pages\/[0-9a-f-]{36}$/);
  await writable(page);
  await typed(who, text);
  await saved(page);
  await page.locator('a.onward').click();
  await page.locator('form[action$="/publish"] button').click();
  await page.locator('.said').waitFor();
}

for (const [language, said] of Object.entries(TOLD)) {
  test(`a newsletter goes from its sign-up to an erased reader (${language}, ${said.kind})`, { timeout: 240_000 }, async (t) => {
    const postfix = await startPostfix(['reader.test']);
    if (!postfix) return skip(t, 'no Postfix, or not root: `cargo xtask setup` installs it');
    stops.push(postfix.stop);
    if (!canReadMails()) return skip(t, 'no dkimpy: `cargo xtask setup` installs it');
    const newsroom = await house(language, said.kind, postfix);
    if (!newsroom) return skip(t, 'no PostgreSQL: install it, or name a server in MASTHEAD_TEST_POSTGRES');
    const { dir, server, desk, records } = newsroom;
    const anna = await person();
    await comeIn(anna, await firstLink(server), 'anna', language);
    const bert = await colleague(anna, 'newsletter_editor', 'bert', language);
    const reader = await (await browser()).newPage();

    await step('three stories are published, and what readers agree to', async () => {
      await policy(anna, desk, said.policy);
      for (const headline of said.stories) {
        const id = await begun(anna, desk);
        await written(anna, { headline, standfirst: said.standfirst, paragraphs: [said.paragraph] });
        await checking(anna, desk, id);
        await flow.publish(anna);
      }
    });

    const weekly = await step('a newsletter is made, and another', async () => {
      await made(anna, desk, { name: said.daily, slug: 'culture' });
      return made(anna, desk, { name: said.name, slug: 'week', at: new Date(Date.now() + 86_400_000) });
    });

    await step('somebody signs up in a browser without a script, and nothing is kept before they confirm', async () => {
      const plain = await (await browser()).newContext({ javaScriptEnabled: false });
      const page = await plain.newPage();
      await page.goto(`${server.address}newsletter/`);
      const form = page.locator('form.sign-up').first();
      for (const slug of ['week', 'culture']) await form.locator(`input[name=newsletter][value=${slug}]`).check();
      await form.locator('input[name=address]').fill(said.mine);
      assert.equal(await form.locator('a[href*="/privacy/"]').count(), 1, 'the form names what one agrees to');
      await form.locator('button').click();
      await page.locator('h1').waitFor();
      await plain.close();
    });

    const confirmation = await step('a mail asks them to confirm', () => arrives(postfix, said.mine, records, ({ text }) => /\/confirm\//.test(text)));
    assert.deepEqual([confirmation.held, confirmation.defects], [[true, true], []]);
    assert.deepEqual(readers(newsroom), [], 'somebody was kept who had not confirmed');

    await step('a scanner that opens the link changes nothing; the button does', async () => {
      const link = linkIn(confirmation, '/-/newsletter/confirm/');
      assert.equal((await fetch(link)).status, 200);
      assert.deepEqual(readers(newsroom), []);
      await reader.goto(link);
      await reader.locator('main form button').first().click();
      await until('a reader who is kept', () => readers(newsroom).length === 1, 10);
      const [who] = readers(newsroom);
      assert.deepEqual([who.state, who.language, who.policy], ['active', language, `privacy/${language}/1`]);
    });

    const issue = await step('the desk has suggested an issue, and a person picks by hand', async () => {
      const { page } = anna;
      await page.goto(weekly);
      await page.locator('table.issues th a').first().click();
      await page.waitForURL(/\/desk\/issues\//);
      const picks = page.locator('[data-picks] [data-pick]');
      assert.deepEqual((await page.locator('[data-picks] .pick-head a').allInnerTexts()).sort(), [...said.stories].sort(), 'the suggestion');
      const first = page.locator('[data-pick]', { hasText: said.stories[0] });
      while (!(await picks.first().innerText()).includes(said.stories[0])) {
        const before = (await page.locator('[data-picks] .pick-head a').allInnerTexts()).join();
        await first.locator('[data-up]').click();
        await until('the story one place higher', async () => (await page.locator('[data-picks] .pick-head a').allInnerTexts()).join() !== before, 10);
      }
      await page.locator('[data-pick]', { hasText: said.stories[1] }).locator('[data-remove]').click();
      await until('two picks', async () => await picks.count() === 2, 10);
      await page.locator('[name=subject]').fill(said.stories[0]);
      await page.locator('[name=intro]').fill(said.intro);
      await first.locator('select[name^="extent:"]').selectOption('whole');
      await first.locator('[name^="note:"]').fill(said.note);
      await page.locator('#issue button.main[value=save]').click();
      await page.waitForLoadState('load');
      const kept = await page.locator('[data-picks] .pick-head a').allInnerTexts();
      assert.deepEqual(kept, [said.stories[0], said.stories[2]]);
      assert.equal(await page.locator('.findings .stop').count(), 0, 'something stops it');
      return page.url().match(/.*\/issues\/[0-9a-f-]{36}/)[0];
    });

    await step('it is looked at as it will arrive, in every form', async () => {
      const { page } = anna;
      for (const look of ['desktop', 'phone', 'dark', 'headlines', 'turned']) {
        await page.goto(`${issue}/preview?look=${look}`);
        const frame = page.frameLocator('iframe.mail');
        await frame.locator(`text=${said.stories[0]}`).locator('visible=true').first().waitFor();
        assert.equal(await frame.locator(`text=${said.stories[1]}`).count(), 0, `${look} shows what was taken out`);
        if (look !== 'headlines') assert.ok(await frame.locator(`text=${said.paragraph}`).count() > 0, `${look} lacks the text`);
      }
      await page.goto(`${issue}/preview?look=text`);
      await page.frameLocator('iframe.mail').locator('body', { hasText: said.note }).waitFor();
    });

    const { at, local } = await step('a second person approves it, and its time is set', async () => {
      const { page } = anna;
      await page.goto(issue);
      const form = page.locator('form[action$="/approve"]').first();
      assert.ok(await form.locator('button').isDisabled(), 'whoever wrote it may approve it');
      const time = moment(20);
      await page.locator('form[action$="/time"] input[name=at]').evaluate((field, value) => { field.type = 'text'; field.value = value; }, time.local);
      await page.locator('form[action$="/time"] button').click();
      await page.locator('.said').waitFor();
      await bert.page.goto(issue);
      await bert.page.locator('form[action$="/approve"]:not(:has([name=now])) button').click();
      await bert.page.locator('.said').waitFor();
      assert.ok(Date.now() < time.at, 'this machine is too slow for the time that was set');
      return time;
    });

    const letter = await step('it arrives after its second, once, signed, as one reads mail', async () => {
      const arrived = await arrives(postfix, said.mine, records, ({ subject }) => subject === said.stories[0]);
      assert.ok(Date.now() >= at, `it came before ${local}`);
      assert.deepEqual([arrived.held, arrived.defects, arrived.type], [[true, true], [], 'multipart/alternative']);
      for (const signed of arrived.signed) for (const field of ['list-unsubscribe', 'list-unsubscribe-post', 'from', 'subject', 'to', 'date']) {
        assert.ok(signed.includes(field), `${field} is not signed (RFC 8058)`);
      }
      assert.equal(arrived.one_click, 'List-Unsubscribe=One-Click');
      for (const text of [said.stories[0], said.stories[2], said.paragraph, said.note, said.strong]) {
        assert.ok(arrived.text.includes(text) && arrived.html.includes(text), `the letter lacks “${text}”`);
      }
      assert.ok(!arrived.html.includes(said.stories[1]), 'it has what was taken out');
      assert.match(arrived.html, new RegExp(`dir="?${said.direction}`));
      assert.ok(arrived.size < 90 * 1024, `${arrived.size} bytes: Gmail would cut it`);
      return arrived;
    });

    await step('the desk accounts for everybody it was frozen for', async () => {
      await until('the issue to be over', () => rows(newsroom, "SELECT state FROM issue WHERE state = 'sent'").length === 1, 20);
      const [sent] = rows(newsroom, "SELECT frozen FROM issue WHERE state = 'sent'");
      assert.equal(Number(sent.frozen), 1);
      assert.equal(postfix.mails(said.mine).length, 2, 'a confirmation and an issue');
      await anna.page.goto(issue);
      assert.match(await anna.page.locator('.head .tag').getAttribute('class'), /published/, 'it does not say that it is out');
    });

    await step('they leave one newsletter by the one click of their mailbox', async () => {
      const link = /<(https?:[^>]+)>/.exec(letter.unsubscribe)[1];
      assert.equal((await fetch(link)).status, 200);
      assert.equal(subscriptions(newsroom).length, 2, 'a scanner unsubscribed them');
      const forged = await fetch(`${link.slice(0, -4)}AAAA`, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      assert.equal(subscriptions(newsroom).length, 2, `a forged link unsubscribed them (${forged.status})`);
      const left = await fetch(link, { method: 'POST', body: 'List-Unsubscribe=One-Click', redirect: 'error', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      assert.equal(left.status, 200);
      await until('one newsletter less', () => subscriptions(newsroom).length === 1, 10);
    });

    await step('they get all that is kept about them, and then it is gone', async () => {
      await reader.goto(linkIn(letter, '/-/newsletter/preferences/'));
      assert.ok((await reader.locator('main').innerText()).includes(said.mine));
      const [download] = await Promise.all([reader.waitForEvent('download'), reader.locator('form[action*="/export"] button').click()]);
      const kept = join(folder('export'), 'mine.json');
      await download.saveAs(kept);
      const mine = JSON.stringify(JSON.parse(readFileSync(kept, 'utf8')));
      for (const text of [said.mine, 'culture', `privacy/${language}/1`]) assert.ok(mine.includes(text), `the export lacks ${text}:\n${mine}`);
      rmSync(kept);
      const erase = reader.locator('form[action*="/erase"]');
      await erase.locator('[name=sure]').check();
      await erase.locator('button').click();
      await until('nobody to be kept', () => readers(newsroom).length === 0, 10);
    });

    await step('their address stands nowhere in what we hold', async () => {
      await server.stop();
      assert.deepEqual(filesHolding(dir, [said.own]), []);
      assert.ok(!server.log.includes(said.own), 'the log has it');
      if (!newsroom.database) return;
      const whole = everything(newsroom);
      for (const form of [said.own, Buffer.from(said.own).toString('hex')]) assert.ok(!whole.includes(form), 'the database has it');
    });
    for (const { broken } of [anna, bert]) assert.deepEqual(broken, []);
  });
}
