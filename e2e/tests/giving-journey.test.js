// Giving, in a real browser on the demo: from a story's end to the sandbox and back, the receipt in the mailbox, and a change
// of mind.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { start } from '../lib/binary.js';
import { launch } from '../lib/chromium.js';
import { link, mails, nextMail } from '../lib/giving.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const STORY = '2025/07/11/lavrov-arrives-in-wonsan/';
const SAID = {
  en: { prefix: '', story: STORY, begun: '$2 a month', changed: '$5 a month', ended: 'Nothing is taken any more', receipt: 'Thank you' },
  fa: { prefix: 'fa/', story: `fa/${STORY}`, begun: '۲ دلار', changed: '۵ دلار', ended: 'دیگر چیزی برداشت نمی‌شود', receipt: 'سپاسگزاریم' },
};

const browser = await launch();
const stops = [() => browser.close()];
after(async () => {
  for (const stop of stops.reverse()) await stop();
});

/// What stands somewhere, without the marks that keep directions apart.
const words = async (locator) => (await locator.innerText()).replace(/[\u2066-\u2069]/g, '');

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

for (const [language, said] of Object.entries(SAID)) {
  test(`a reader gives, changes it and ends it (${language})`, { timeout: 180_000 }, async () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'masthead-giving-')), 'newsroom');
    const demo = await start(['demo', '--listen', '127.0.0.1:0', '--json', '--keep', dir]);
    stops.push(() => demo.stop('SIGKILL'));
    const context = await browser.newContext({ bypassCSP: true, locale: language });
    const page = await context.newPage();

    // From a story's end to the form.
    await page.goto(demo.address + said.story);
    const asked = page.locator('.slot.appeal');
    await asked.scrollIntoViewIfNeeded();
    await sees(page, `appeal-${language}`);
    await asked.locator('a[data-to]').click();
    await page.locator('form.giving').waitFor();
    assert.match(await page.locator('[name=variant]').inputValue(), /^[0-9a-f-]{36}$/, 'the form does not know what led to it');
    assert.equal(await page.locator('[name=frequency]:checked').inputValue(), 'monthly');
    await page.locator('.much.monthly label').first().click();
    await sees(page, `support-${language}`);

    // Into the sandbox, which is told that the card is refused, and then paid.
    const before = mails(dir).length;
    await page.locator('[name=address]').fill('giver@reader.example');
    await page.locator('form.giving > p > button').click();
    await page.locator('[name=how][value=refuse] + p button').click();
    await page.locator('.wrong').waitFor();
    await sees(page, `sandbox-${language}`);
    await page.locator('[name=how][value=pay] + p button').click();
    await page.locator('a[href*="/-/support/manage/"]').waitFor();
    assert.ok((await words(page.locator('main'))).includes(said.begun), await words(page.locator('main')));
    await sees(page, `thanks-${language}`);

    // The tick of the form is kept, and nothing else.
    await page.locator('[data-gave] [role=status]').waitFor();
    assert.deepEqual(Object.keys(JSON.parse(await page.evaluate(() => localStorage.getItem('support')))), ['until']);

    // The receipt, and what its link opens.
    const receipt = (await nextMail(dir, before)).replace(/[\u2066-\u2069]/g, '');
    assert.ok(receipt.includes(said.receipt) && receipt.includes(said.begun.split(' ')[0]), receipt);
    await page.goto(demo.address.replace(/\/$/, '') + link(receipt, '/-/support/manage/'));
    await sees(page, `giving-${language}`);
    await page.locator('[name=amount]').fill('۵');
    await page.locator('section[aria-labelledby=change] button').click();
    await page.locator('.said').waitFor();
    assert.ok((await words(page.locator('.standfirst'))).includes(said.changed), await words(page.locator('main')));
    await page.locator('[name=do][value=cancel] + p button').click();
    await page.locator('.said').waitFor();
    assert.ok((await words(page.locator('.said'))).includes(said.ended));
    assert.ok((await nextMail(dir, before + 1)).length > 0);

    // Nothing but what was pressed is on the device.
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });
}
