// axe on every kind of page, in every language, light and dark, on a desktop and a phone: no violation.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { launch } from '../lib/chromium.js';
import { sample } from '../lib/kinds.js';
import { LANGUAGES, none } from '../lib/place.js';
import { crawled } from '../lib/shared.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let site;
let browser;
before(async () => {
  site = await crawled();
  browser = await launch();
}, { timeout: 600_000 });
after(() => browser?.close());

test('axe is at work: it sees what is wrong in a bad page', async () => {
  const page = await browser.newPage({ bypassCSP: true });
  await page.setContent('<!doctype html><title>x</title><img src="a.png"><p style="color:#aaa;background:#fff">grey</p>');
  await page.addScriptTag({ content: AXE });
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES);
  const seen = found.violations.map(({ id }) => id);
  for (const id of ['image-alt', 'color-contrast', 'html-has-lang', 'page-has-heading-one']) assert.ok(seen.includes(id), `${id} was not seen: ${seen}`);
  await page.close();
});

for (const language of LANGUAGES) {
  test(`axe has nothing to say about any kind of page in ${language}`, { timeout: 900_000 }, async () => {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const faults = new Set();
    for (const one of sample(site.pages, [language])) {
      await page.goto(new URL(one.path, site.address).href, { waitUntil: 'load' });
      await page.addScriptTag({ content: AXE });
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate((tags) => globalThis.axe.run(document, {
            runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
          }), RULES);
          for (const { id, help, nodes } of found.violations) {
            const [{ html, failureSummary }] = nodes;
            faults.add(`${one.path} (${one.kind}, ${size}, ${colorScheme}): ${id}: ${help}; ${nodes.length}× ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ').slice(0, 240)}`);
          }
        }
      }
    }
    await context.close();
    none([...faults], 'violations');
  });
}
