// Giving, in a real browser on the demo: from a story's end to the sandbox and back, the receipt in the mailbox, a change of the
// amount, a renewal that fails and comes in the end, and the last word of the giver; and "Remind me later" until nothing is left
// of it. The desk moves the sandbox's clock, and sees payments and no names.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { start } from '../lib/binary.js';
import { browser, closeBrowser, deskOf, firstLink, join as comeIn, person } from '../lib/desk.js';
import { link, mails, nextMail, passes } from '../lib/giving.js';
import { filesHolding } from '../lib/newsroom.js';
import { until } from '../lib/place.js';
import { rows } from '../lib/rows.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const STORY = '2025/07/11/lavrov-arrives-in-wonsan/';
const SAID = {
  en: {
    prefix: '', begun: '$2 a month', changed: '$5 a month', ended: 'Nothing is taken any more', receipt: 'Thank you', refused: 'could not be taken',
    late: 'the last payment failed', runs: 'running', over: 'ended', reminded: 'You will be reminded', last: 'This is the last mail',
  },
  fa: {
    prefix: 'fa/', begun: '۲ دلار', changed: '۵ دلار', ended: 'دیگر چیزی برداشت نمی‌شود', receipt: 'سپاسگزاریم', refused: 'برداشت نشد',
    late: 'آخرین پرداخت انجام نشد', runs: 'برقرار', over: 'پایان‌یافته', reminded: 'به یادتان می‌آوریم', last: 'این آخرین ایمیل است',
  },
};
const GIVER = 'giver@reader.example';
const READER = 'zoe.quill@reader.example';

const stops = [];
after(async () => {
  await closeBrowser();
  for (const stop of stops.reverse()) await stop();
});

/// A text without the marks that keep directions apart.
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
const words = async (locator) => plain(await locator.innerText());

/// Days to the same day of the next month, or to its last: not so many that the try after the one that fails is due as well.
function daysToRenewal() {
  const now = new Date();
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 0)).getUTCDate();
  const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, Math.min(now.getUTCDate(), last));
  return Math.round((then - Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())) / 864e5);
}

/// Nothing is wrong with the page for anybody, on a desktop or a phone.
async function sees(page, shot) {
  await page.addScriptTag({ content: AXE });
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
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

/// A demo, somebody at its desk, and a reader.
async function opened(language) {
  const dir = join(mkdtempSync(join(tmpdir(), 'masthead-giving-')), 'newsroom');
  const demo = await start(['demo', '--listen', '127.0.0.1:0', '--json', '--keep', dir]);
  stops.push(() => demo.stop('SIGKILL'));
  const anna = await person();
  await comeIn(anna, await firstLink(demo), 'anna', language);
  const context = await (await browser()).newContext({ bypassCSP: true, locale: language });
  const page = await context.newPage();
  return { dir, site: demo.address.replace(/\/$/, ''), desk: deskOf(demo), anna, context, page };
}

for (const [language, said] of Object.entries(SAID)) {
  test(`a reader gives, changes it, is late and ends it (${language})`, { timeout: 180_000 }, async () => {
    const { dir, site, desk, anna, context, page } = await opened(language);

    // From a story's end to the form, with what was chosen there.
    await page.goto(`${site}/${said.prefix}${STORY}`);
    const asked = page.locator('.slot.appeal');
    await asked.scrollIntoViewIfNeeded();
    await sees(page, `appeal-${language}`);
    const short = asked.locator('.give form:visible');
    assert.equal(await short.count(), 1, 'the short form shows more than one frequency');
    await short.locator('label').first().click();
    await short.locator('button').click();
    await page.locator('form.giving').waitFor();
    assert.match(await page.locator('[name=variant]').inputValue(), /^[0-9a-f-]{36}$/, 'the form does not know what led to it');
    assert.equal(await page.locator('[name=frequency]:checked').inputValue(), 'monthly');
    assert.equal(await page.locator('[name=amount-monthly]:checked').inputValue(), '200');
    await sees(page, `support-${language}`);

    // What is typed is what looks chosen, whatever is tapped beside it; without it a preset is chosen again.
    const look = (chosen) => chosen.evaluate((own) => getComputedStyle(own).backgroundColor);
    const preset = page.locator('.much.monthly :checked + bdi');
    const [chosen, field] = [await look(preset), page.locator('[name=other]')];
    assert.notEqual(await look(field), chosen);
    await field.fill('50');
    await page.locator('.much.monthly label').nth(2).click();
    assert.notEqual(await look(preset), chosen, 'an amount looks chosen that is not sent');
    assert.equal(await look(field), chosen);
    assert.ok(await page.locator('#instead').isVisible());
    await sees(page, `support-typed-${language}`);
    await field.fill('');
    assert.equal(await look(preset), chosen);
    assert.ok(!await page.locator('#instead').isVisible());
    await page.locator('.much.monthly label').first().click();

    // Into the sandbox, which is told that the card is refused, and then paid.
    await page.locator('[name=address]').fill(GIVER);
    await page.locator('form.giving > p > button').click();
    await page.locator('[name=how][value=refuse] + p button').click();
    await page.locator('.wrong').waitFor();
    await sees(page, `sandbox-${language}`);
    await page.locator('[name=how][value=pay] + p button').click();
    await page.locator('[data-gave]').waitFor({ state: 'attached' });
    assert.equal(await page.locator('a[href*="/manage/"]').count(), 0, 'the way back from a gateway manages what is given');
    assert.ok((await words(page.locator('main'))).includes(said.begun), await words(page.locator('main')));
    await sees(page, `thanks-${language}`);

    // The tick of the form is kept, and nothing else.
    await page.locator('[data-gave] [role=status]').waitFor();
    assert.deepEqual(Object.keys(JSON.parse(await page.evaluate(() => localStorage.getItem('support')))), ['until']);

    // The receipt, and what its link opens.
    const receipt = plain(await nextMail(dir, 0));
    assert.ok(receipt.includes(said.receipt) && receipt.includes(said.begun.split(' ')[0]), receipt);
    const own = site + link(receipt, '/-/support/manage/');
    await page.goto(own);
    await sees(page, `giving-${language}`);
    await page.locator('[name=amount]').fill('۵');
    await page.locator('section[aria-labelledby=change] button').click();
    await page.locator('.said').waitFor();
    assert.ok((await words(page.locator('.standfirst'))).includes(said.changed), await words(page.locator('main')));

    // A month later the card is refused: a mail says so. Three days later the money comes.
    await anna.page.goto(`${desk}/desk/support/sandbox`);
    await anna.page.locator('[name=act][value=refuse]').click();
    await anna.page.locator('.said').waitFor();
    await passes(anna, desk, daysToRenewal());
    const late = plain(await nextMail(dir, 1));
    assert.ok(late.includes(said.refused), late);
    await page.goto(site + link(late, '/-/support/manage/'));
    assert.ok((await words(page.locator('main'))).includes(said.late), await words(page.locator('main')));
    await passes(anna, desk, 3);
    const second = plain(await nextMail(dir, 2));
    assert.ok(second.includes(said.receipt) && second.includes(said.changed.split(' ')[0]), second);
    await page.reload();
    assert.ok((await words(page.locator('header.top'))).includes(said.runs), await words(page.locator('header.top')));
    // What was refused at first, what was paid then, and the renewal, of which two tries are one.
    assert.equal(await page.locator('section[aria-labelledby=paid] li').count(), 3);

    // The desk sees what came, and of whom nothing.
    for (const [path, count] of [['contributions', 1], ['payments', 3]]) {
      await anna.page.goto(`${desk}/desk/support/${path}`);
      assert.equal(await anna.page.locator('main table.stack tbody tr').count(), count, path);
      assert.ok(!(await anna.page.content()).includes(GIVER), `${path} names who gives`);
    }
    await anna.page.goto(`${desk}/desk/support`);
    assert.ok((await anna.page.locator('.chart rect').count()) >= 1, 'the chart is empty');
    assert.ok(!(await anna.page.content()).includes(GIVER), 'the overview names who gives');

    // The last word, by the link of the first mail.
    await page.goto(own);
    await page.locator('[name=do][value=cancel] + p button').click();
    await page.locator('.said').waitFor();
    assert.ok((await words(page.locator('.said'))).includes(said.ended));
    assert.ok((await words(page.locator('header.top'))).includes(said.over));
    assert.ok((await nextMail(dir, 3)).length > 0);
    await passes(anna, desk, 366);
    await anna.page.goto(`${desk}/desk/support/payments`);
    assert.equal(await anna.page.locator('main table.stack tbody tr').count(), 3, 'something was taken after the end');

    // Nothing but what was pressed is on the device.
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });
}

test('a reader is reminded when the sandbox’s clock has come to the day, and then forgotten', { timeout: 120_000 }, async () => {
  const said = SAID.en;
  const { dir, site, desk, anna, context, page } = await opened('en');
  await page.goto(`${site}/${STORY}`);
  await page.locator('.slot.appeal a[href$="support/remind/"]').click();
  await page.locator('[name=month]').first().check();
  await page.locator('[name=address]').fill(READER);
  await page.locator('form.remind button').first().click();
  const asked = plain(await nextMail(dir, 0));
  await page.goto(site + link(asked, '/-/support/remind/confirm/'));
  await page.locator('.note form button').first().click();
  assert.ok((await words(page.locator('h1'))).includes(said.reminded));
  const [{ due }] = rows({ dir }, 'SELECT due FROM reminder');
  const days = due - Math.floor(Date.now() / 864e5);
  await passes(anna, desk, days - 1);
  assert.equal(mails(dir).length, 1, 'it came before its day');
  await passes(anna, desk, 1);
  const mail = plain(await nextMail(dir, 1));
  assert.ok(mail.includes(said.last) && mail.includes('/support/'), mail);
  await until('the row to go', () => rows({ dir }, 'SELECT id FROM reminder UNION ALL SELECT id FROM outbox').length === 0, 20);
  const left = filesHolding(dir, [READER, READER.split('@')[0]]).filter((found) => !found.startsWith(join(dir, 'mail')));
  assert.deepEqual(left, [], 'the address is in a file that is not the reader’s mailbox');
  await context.close();
});
