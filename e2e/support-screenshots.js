// Takes the pictures of the guide to contributions from the demo newsroom: `node e2e/support-screenshots.js [FOLDER]` writes
// docs/guide/img/support-*.jpg, thanks-*.jpg, appeal-*.jpg and desk-support*.jpg, each at most 250 KB.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as below, resolve } from 'node:path';

import { start } from './lib/binary.js';
import { loadAll } from './lib/chromium.js';
import { browser, closeBrowser, deskOf, firstLink, join, person } from './lib/desk.js';
import { link, mails, nextMail, passes } from './lib/giving.js';
import { yearOfGiving } from './lib/ledger.js';
import { REPO } from './lib/place.js';

const TO = resolve(process.argv[2] ?? below(REPO, 'docs/guide/img'));
const MOST = 250_000;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, reducedMotion: 'reduce' };
const DESKTOP = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };
const STORY = '2025/07/11/lavrov-arrives-in-wonsan/';

mkdirSync(TO, { recursive: true });
const folder = mkdtempSync(below(tmpdir(), 'masthead-shots-'));
const dir = below(folder, 'newsroom');
const demo = await start(['demo', '--listen', '127.0.0.1:0', '--json', '--keep', dir]);
const desk = deskOf(demo);
try {
  await reader('', 'desktop', DESKTOP);
  await reader('', 'phone', PHONE);
  await reader('fa/', 'phone-fa', PHONE);
  const anna = await person({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  await join(anna, await firstLink(demo), 'anna');
  yearOfGiving(dir);
  await shot(anna.page, 'desk-support', `${desk}/desk/support`, '#currencies');
  await shot(anna.page, 'desk-support-payments', `${desk}/desk/support/payments`);
  await passes(anna, desk, 31);
  await shot(anna.page, 'desk-support-sandbox', `${desk}/desk/support/sandbox`);
  await phones(anna);
} finally {
  await closeBrowser();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

/// What a reader sees, from the appeal at a story's end to the page that thanks, and what they can do afterwards.
async function reader(prefix, name, options) {
  const context = await (await browser()).newContext(options);
  const page = await context.newPage();
  await shot(page, `appeal-banner-${name}`, `${demo.address}${prefix}${STORY}`);
  await shot(page, `appeal-${name}`, null, '#appeal');
  const short = page.locator('#appeal .give form:visible');
  await short.locator('label').first().click();
  await short.locator('button').click();
  await page.locator('form.giving').waitFor();
  await shot(page, `support-${name}`);
  await page.locator('[name=address]').fill('giver@reader.example');
  const before = mails(dir).length;
  await page.locator('form.giving > p > button').click();
  await page.locator('[name=how][value=pay] + p button').click();
  await page.locator('[data-gave]').waitFor({ state: 'attached' });
  await shot(page, `thanks-${name}`);
  const receipt = await nextMail(dir, before);
  await shot(page, `giving-${name}`, demo.address.replace(/\/$/, '') + link(receipt, '/-/support/manage/'));
  await context.close();
}

async function phones(anna) {
  await anna.page.goto(`${desk}/desk/account`);
  await anna.page.locator('form[action$="/language"] select').selectOption('fa');
  await anna.page.locator('form[action$="/language"] button').click();
  await anna.page.waitForURL(/account/);
  const context = await (await browser()).newContext({ ...PHONE, storageState: await anna.context.storageState() });
  await shot(await context.newPage(), 'desk-support-phone-fa', `${desk}/desk/support`, '#currencies');
  await context.close();
}

/// The window at an address, with something in its upper part, at the best quality that fits.
async function shot(page, name, address, at) {
  if (address) await page.goto(address, { waitUntil: 'load' });
  await loadAll(page);
  if (at) await page.locator(at).first().evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 120));
  for (const quality of [85, 75, 65, 55]) {
    const bytes = await page.screenshot({ type: 'jpeg', quality });
    if (bytes.length > MOST) continue;
    writeFileSync(below(TO, `${name}.jpg`), bytes);
    console.log(`${name}  ${Math.round(bytes.length / 1024)} KiB at quality ${quality}`);
    return;
  }
  throw new Error(`${name} takes more than ${MOST} bytes`);
}
