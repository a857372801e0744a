// "Remind me later", in a real browser and over SMTP: asked for without a script, confirmed, due, and gone; the calendar file;
// and the note that only the reader's own device knows of.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { succeed } from '../lib/binary.js';
import { browser, closeBrowser, deskOf, firstLink, join as comeIn, person } from '../lib/desk.js';
import { filesHolding, newNewsroom, serve } from '../lib/newsroom.js';
import { until } from '../lib/place.js';
import { rows } from '../lib/rows.js';
import { sink } from '../lib/sink.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const stops = [];
after(async () => {
  await closeBrowser();
  for (const stop of stops.reverse()) await stop();
});

const TOLD = {
  en: { sent: 'Look into your mailbox', done: 'You will be reminded', last: 'This is the last mail', note: 'You asked to be reminded', later: 'Later', forget: 'Forget' },
  fa: { sent: 'صندوق', done: 'به یادتان می‌آوریم', last: 'این آخرین ایمیل است', note: 'خواسته بودید', later: 'بعداً', forget: 'فراموش کن' },
};

/// Has every reminder due since yesterday, as if the clock had moved.
function due(dir) {
  const write = 'import sqlite3, sys, time\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.execute("UPDATE reminder SET due = ?", (int(time.time() // 86400) - 1,))\ndb.commit()';
  execFileSync('python3', ['-c', write, join(dir, 'newsroom.db')]);
}

/// A mail's text, of which parts may be in base64.
const read = ({ text }) => text.replace(/(?:^[A-Za-z0-9+/]{60,}\r?\n)+[A-Za-z0-9+/]*/gm, (part) => Buffer.from(part, 'base64').toString());

async function sees(page, shot) {
  await page.addScriptTag({ content: AXE });
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  for (const [size, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
    await page.setViewportSize(viewport);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), tags);
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], `${shot} on a ${size}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${shot} is ${over} pixels too wide on a ${size}`);
    const folder = process.env.MASTHEAD_SHOTS;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${shot}-${size}.png`), fullPage: true });
    }
  }
}

for (const [language, said] of Object.entries(TOLD)) {
  test(`a reader is reminded and forgotten (${language})`, { timeout: 180_000 }, async () => {
    const post = await sink();
    stops.push(() => post.close());
    const dir = await newNewsroom(`remind-${language}`, ['--language', language]);
    const server = await serve(dir, { MASTHEAD_SMTP_URLS: post.address });
    stops.push(() => server.stop('SIGKILL'));
    await succeed(['settings', 'set', 'address', server.address, '--data', dir]);
    const newsroom = { dir };
    const site = server.address.replace(/\/$/, '');
    const anna = await person();
    await comeIn(anna, await firstLink(server), 'anna', language);
    await anna.page.goto(`${deskOf(server)}/desk/support/reminders`);
    await anna.page.locator('form[action="/desk/support/reminders"] button').click();
    await anna.page.locator('.said').waitFor();

    // Without a script: two ways, and what was asked for is kept when it is confirmed.
    const plain = await (await browser()).newContext({ javaScriptEnabled: false, acceptDownloads: true });
    const page = await plain.newPage();
    await page.goto(`${site}/support/remind/`);
    assert.equal(await page.locator('[data-device]').isVisible(), false, 'what needs a script is offered without one');
    await page.locator('[name=hour]').selectOption('19');
    const downloading = page.waitForEvent('download');
    await page.locator('button[formaction]').click();
    const file = readFileSync(await (await downloading).path(), 'utf8');
    assert.match(file, /^BEGIN:VCALENDAR\r\n[^]*DTSTART;TZID=UTC:\d{8}T190000\r\n[^]*END:VCALENDAR\r\n$/);
    await page.locator('[name=month]').nth(1).check();
    await page.locator('[name=address]').fill('reader.one@reader.test');
    await page.locator('form.remind button').first().click();
    assert.match(await page.locator('h1').innerText(), new RegExp(said.sent));
    assert.equal(rows(newsroom, 'SELECT * FROM reminder').length, 0);
    const asked = await until('the mail that asks', () => post.mails[0], 20);
    const confirm = /\/-\/support\/remind\/confirm\/[\w-]+/.exec(read(asked))[0];
    await page.goto(site + confirm);
    assert.equal(rows(newsroom, 'SELECT * FROM reminder').length, 0, 'opening the link keeps something');
    await page.locator('.note form button').first().click();
    assert.match(await page.locator('h1').innerText(), new RegExp(said.done));
    assert.equal(rows(newsroom, 'SELECT * FROM reminder').length, 1);

    // Its day has come.
    due(dir);
    const mail = await until('the reminder', () => post.mails[1], 60);
    assert.equal(mail.to, 'reader.one@reader.test');
    assert.ok(read(mail).includes(said.last) && read(mail).includes('/support/'), read(mail));
    await until('the row to go', () => rows(newsroom, 'SELECT id FROM reminder UNION ALL SELECT id FROM outbox').length === 0, 20);
    assert.deepEqual(filesHolding(dir, ['reader.one@reader.test', 'reader.one']), []);
    const own = /\/-\/support\/remind\/own\/[\w-]+/.exec(read(mail))[0];
    await page.goto(site + own);
    await page.locator('.note form button').first().click();
    assert.equal(rows(newsroom, 'SELECT * FROM reminder').length, 1, 'it can’t be asked for again');
    await page.goto(site + own);
    await page.locator('form[action$="/erase"] button').click();
    assert.equal(rows(newsroom, 'SELECT * FROM reminder').length, 0);
    assert.equal(post.mails.length, 2);

    // With a script: on this device.
    const device = await (await browser()).newContext({ bypassCSP: false });
    const own2 = await device.newPage();
    const faults = [];
    own2.on('pageerror', (error) => faults.push(String(error)));
    own2.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    await own2.goto(`${site}/`);
    await own2.goto(`${site}/support/remind/`);
    const kept = () => own2.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, localStorage.getItem('remind')]);
    assert.deepEqual(await kept(), [0, 0, '', null], 'something is kept before the button was pressed');
    await own2.locator('[data-keep]').click();
    assert.match(await own2.locator('[data-device] [role=status]').innerText(), /\S/);
    assert.equal((await kept())[0], 1);
    await own2.goto(`${site}/`);
    assert.equal(await own2.locator('.reminder').count(), 0, 'it is shown before its month');
    const come = () => own2.evaluate(() => {
      const note = JSON.parse(localStorage.getItem('remind'));
      localStorage.setItem('remind', JSON.stringify({ ...note, at: Date.now() - 1000 }));
    });
    await come();
    await own2.reload();
    assert.match(await own2.locator('.reminder').innerText(), new RegExp(said.note));
    assert.equal(await own2.locator('.reminder a').getAttribute('href'), '/support/');
    await own2.locator('.reminder button', { hasText: said.later }).click();
    await own2.reload();
    assert.equal(await own2.locator('.reminder').count(), 0);
    await come();
    await own2.reload();
    await own2.locator('.reminder button', { hasText: said.forget }).click();
    assert.deepEqual(await kept(), [0, 0, '', null]);
    assert.deepEqual(faults, []);

    // How it looks.
    const look = await (await browser()).newContext({ bypassCSP: true });
    const looking = await look.newPage();
    await looking.goto(`${site}/support/remind/`);
    await looking.locator('[data-keep]').click();
    await sees(looking, `remind-${language}`);
    await looking.evaluate(() => localStorage.setItem('remind', JSON.stringify({ ...JSON.parse(localStorage.getItem('remind')), at: 1 })));
    await looking.goto(`${site}/`);
    await looking.locator('.reminder').waitFor();
    await sees(looking, `note-${language}`);
  });
}
