// From 320 px to 4K, left to right and right to left: nothing is cut off, nothing overlaps, everything can be tapped.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, loadAll } from '../lib/chromium.js';
import { inspect } from '../lib/inspect.js';
import { sample } from '../lib/kinds.js';
import { none } from '../lib/place.js';
import { crawled } from '../lib/shared.js';

const WIDTHS = [320, 390, 768, 1440, 3840];
let site;
let browser;
before(async () => {
  site = await crawled();
  browser = await launch();
}, { timeout: 600_000 });
after(() => browser?.close());

for (const language of ['en', 'fa']) {
  test(`every kind of page in ${language} fits every window from 320 px to 4K`, { timeout: 900_000 }, async () => {
    const page = await browser.newPage();
    const faults = [];
    for (const one of sample(site.pages, [language])) {
      await page.setViewportSize({ width: WIDTHS[0], height: 900 });
      await page.goto(new URL(one.path, site.address).href, { waitUntil: 'load' });
      await loadAll(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate(inspect);
        faults.push(...found.map((fault) => `${one.path} (${one.kind}) at ${width} px: ${fault}`));
      }
    }
    await page.close();
    none(faults, 'layouts');
  });

  test(`paper shows the text of every kind of page in ${language}, and nothing to click`, { timeout: 600_000 }, async () => {
    const page = await browser.newPage({ viewport: { width: 800, height: 1100 } });
    await page.emulateMedia({ media: 'print' });
    const faults = [];
    for (const one of sample(site.pages, [language]).filter(({ kind }) => !kind.startsWith('lite'))) {
      await page.goto(new URL(one.path, site.address).href, { waitUntil: 'load' });
      const { shown, headline } = await page.evaluate(() => {
        const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
        const things = [...document.querySelectorAll('nav a, .skip, button')].filter(seen);
        return { shown: things.map((link) => link.textContent.trim()), headline: seen(document.querySelector('h1')) };
      });
      if (shown.length > 0) faults.push(`${one.path} (${one.kind}) prints ${shown.slice(0, 6).join(' | ')}`);
      if (!headline) faults.push(`${one.path} (${one.kind}) prints no headline`);
    }
    await page.close();
    none(faults, 'prints');
  });
}

test('a story in Persian is laid out from the right', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const story = site.pages.find((one) => one.kind === 'story' && one.language === 'fa');
  await page.goto(new URL(story.path, site.address).href);
  const { direction, align } = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector('article .text p'));
    return { direction: style.direction, align: style.textAlign };
  });
  assert.equal(direction, 'rtl');
  assert.match(align, /^(start|right|justify)$/);
  await page.close();
});

test('an enlarged text of 200 % still fits a small window', async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 900 } });
  const faults = [];
  for (const one of sample(site.pages, ['en'])) {
    await page.goto(new URL(one.path, site.address).href);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    faults.push(...(await page.evaluate(inspect)).filter((fault) => !fault.startsWith('is only')).map((fault) => `${one.path}: ${fault}`));
  }
  await page.close();
  none(faults, 'layouts at 200 %');
});
