// Takes the pictures of the guide to appeals from the demo newsroom: `node e2e/appeals-screenshots.js [FOLDER]` writes
// docs/guide/img/appeal-*.jpg and desk-appeal*.jpg, each at most 250 KB.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as below, resolve } from 'node:path';

import { appeal, rule, says, step, taking } from './lib/appeals.js';
import { start } from './lib/binary.js';
import { loadAll } from './lib/chromium.js';
import { browser, closeBrowser, deskOf, firstLink, join, person } from './lib/desk.js';
import { REPO } from './lib/place.js';

const TO = resolve(process.argv[2] ?? below(REPO, 'docs/guide/img'));
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 860 } };

mkdirSync(TO, { recursive: true });
const folder = mkdtempSync(below(tmpdir(), 'masthead-shots-'));
const demo = await start(['demo', '--listen', '127.0.0.1:0', '--keep', below(folder, 'newsroom')]);
taking(below(folder, 'newsroom'));
const desk = deskOf(demo);
try {
  const anna = await person({ ...DESKTOP, reducedMotion: 'reduce' });
  await join(anna, await firstLink(demo), 'anna');
  const id = await asked(anna);
  for (const [name, path, options, at] of [
    ['appeal-phone', '/', PHONE, '#appeal'], ['appeal-desktop', '/', DESKTOP, '#appeal'], ['appeal-phone-fa', '/fa/', PHONE, '#appeal'],
    ['appeal-banner-phone', '/', PHONE, 'body'], ['appeal-banner-desktop', '/', DESKTOP, 'body'],
  ]) await read(name, path, options, at);
  const { page } = anna;
  await shot(page, 'desk-appeals', '/desk/appeals');
  await shot(page, 'desk-appeal', `/desk/appeals/${id}`);
  await shot(page, 'desk-appeal-numbers', `/desk/appeals/${id}#numbers`);
  await shot(page, 'desk-appeal-rule', `/desk/appeals/${id}?rule=country#rule`);
  await shot(page, 'desk-appeal-preview', `/desk/appeals/${id}/preview`);
  await page.goto(`${desk}/desk/appeals/why`);
  await page.locator('[name=read]').fill('1');
  await page.locator('main form button').click();
  await page.waitForLoadState('load');
  await shot(page, 'desk-appeal-why', null, '.verdicts');
  await page.goto(`${desk}/desk/appeals/${id}`);
  await page.locator('.variants a[href*="/text/"]').first().click();
  await page.locator('#editor-text[contenteditable="true"]').waitFor();
  await shot(page, 'desk-appeal-editor', null);
} finally {
  await closeBrowser();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

/// Appeals in their order, seen by a few devices; the one with variants.
async function asked(anna) {
  const banner = await appeal(anna, desk, 'Banner of the spring', 'banner');
  await says(anna, desk, banner, 'en', 0, 'We have no owner but our readers.');
  await says(anna, desk, banner, 'fa', 0, 'ما جز خوانندگانمان صاحبی نداریم.');
  await step(anna, desk, banner, 'start');
  const id = await appeal(anna, desk, 'Spring 2026');
  await says(anna, desk, id, 'en', 0, 'A message from The Breakwater', 'Your support, no matter how small, makes a world of difference. If you can, please support us monthly starting from just $2. It’s quick to set up.');
  await says(anna, desk, id, 'fa', 0, 'حمایت شما، هر چند اندک، دنیایی تفاوت می‌سازد. اگر می‌توانید، ماهانه از ما حمایت کنید.');
  await step(anna, desk, id, 'variants');
  await says(anna, desk, id, 'en', 1, 'Two dollars a month pay for an hour on the ferry. Forty readers pay for a story.');
  await rule(anna, desk, id, 'read', 'Regular readers', { least: '3', unknown: true });
  await step(anna, desk, id, 'start');
  const { appeals } = await (await fetch(`${desk}/-/support/appeals/en.json`)).json();
  const { variants } = appeals.find((one) => one.variants.length > 1);
  for (let time = 0; time < 300; time += 1) await fetch(`${desk}/-/support/seen/${variants[time % 5 < 3 ? 0 : 1].id}`, { method: 'POST' });
  // Counts are written once a minute.
  await new Promise((done) => setTimeout(done, 62_000));
  return id;
}

/// The first story of a front page, as a reader sees it.
async function read(name, front, options, at) {
  const context = await (await browser()).newContext({ ...options, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(new URL(front, demo.address).href);
  await page.locator('main a[href*="20"]').first().click();
  await page.waitForLoadState('load');
  // A long story ends on its last page.
  const last = page.locator('.pager a').last();
  if (at !== 'body' && await page.locator('#appeal').count() === 0 && await last.count() > 0) {
    for (let tries = 0; tries < 8 && await page.locator('#appeal').count() === 0; tries += 1) {
      await page.locator('a[rel=next], .pager a').last().click();
      await page.waitForLoadState('load');
    }
  }
  await loadAll(page);
  await page.locator(at).first().evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 80));
  write(name, await page.screenshot({ type: 'jpeg', quality: 82 }));
  await context.close();
}

async function shot(page, name, path, at) {
  if (path) await page.goto(`${desk}${path}`, { waitUntil: 'load' });
  await loadAll(page);
  if (at) await page.locator(at).first().scrollIntoViewIfNeeded();
  write(name, await page.screenshot({ type: 'jpeg', quality: 82 }));
}

function write(name, bytes) {
  if (bytes.length > 250_000) throw new Error(`${name}: ${bytes.length} bytes`);
  writeFileSync(below(TO, `${name}.jpg`), bytes);
}
