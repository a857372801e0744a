// Every page of the desk: axe finds nothing, in both directions, light and dark, on a desktop and a phone; nothing sticks
// out of the narrowest screen; every control is reached with the keyboard, and one sees where one is; no page meets its
// own content security policy.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { browser, colleague } from '../lib/desk.js';
import { AWAITED, PAGES, filled, visit } from '../lib/desk-pages.js';
import { none } from '../lib/place.js';
import { sink } from '../lib/sink.js';
import { closeEverything, opened } from '../lib/story.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SANDBOX = '\n[payments]\nsandbox = true\n';
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

let newsroom;
let mails;
let about;
const publishers = {};
before(async () => {
  mails = await sink();
  const settings = { languages: 'en,fa', address: 'https://news.example' };
  newsroom = await opened('pages', { settings, env: { MASTHEAD_SMTP_URLS: mails.address }, toml: SANDBOX });
  publishers.en = newsroom.publisher;
  publishers.fa = await colleague(newsroom.publisher, 'publisher', 'بهار', 'fa');
  about = await filled(newsroom.publisher, newsroom.desk, 'fa', mails);
}, { timeout: 180_000 });
after(async () => {
  await closeEverything();
  await mails.close();
});

/// A page that axe may be put into, for who is signed in in `language` and for who is not.
async function looking(language) {
  const state = await publishers[language].context.storageState();
  const options = { bypassCSP: true, reducedMotion: 'reduce', locale: language };
  const contexts = [await (await browser()).newContext({ ...options, storageState: state }), await (await browser()).newContext(options)];
  const [inside, outside] = await Promise.all(contexts.map((context) => context.newPage()));
  return { of: (one) => (one.out ? outside : inside), close: () => Promise.all(contexts.map((context) => context.close())) };
}

for (const language of ['en', 'fa']) {
  test(`axe has nothing to say about any page of the desk in ${language}`, { timeout: 240_000 }, async () => {
    const pages = await looking(language);
    const faults = new Set();
    for (const one of PAGES) {
      const page = pages.of(one);
      await page.setViewportSize(SIZES.desktop);
      assert.equal(await visit(page, newsroom.desk, one, about), one.status ?? 200, one.name);
      await page.evaluate(AXE);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate((tags) => globalThis.axe.run(document, {
            runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], iframes: false,
          }), RULES);
          for (const { id, help, nodes } of found.violations) {
            const [{ html, failureSummary }] = nodes;
            faults.add(`${one.name} (${size}, ${colorScheme}): ${id}: ${help}; ${nodes.length}× ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ').slice(0, 240)}`);
          }
        }
      }
      await page.setViewportSize({ width: 320, height: 640 });
      const { wide, by } = await page.evaluate(() => {
        const edge = (element) => { const { left, right } = element.getBoundingClientRect(); return Math.max(right - innerWidth, -left); };
        const widest = [...document.body.querySelectorAll('*')].sort((one, other) => edge(other) - edge(one))[0];
        return { wide: document.documentElement.scrollWidth, by: widest.outerHTML.slice(0, 120) };
      });
      if (wide > 320) faults.add(`${one.name}: scrolls sideways at 320 px (${wide} px): ${by}`);
    }
    await pages.close();
    none([...faults], 'violations');
  });
}

/// Runs in the page: marks every control that the keyboard must reach; how many there are.
function mark() {
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]')];
  let count = 0;
  for (const control of controls) {
    if (control.tabIndex < 0 || control.disabled || control.type === 'hidden' || !control.checkVisibility({ visibilityProperty: true })) continue;
    // Of radio buttons with one name, the keyboard reaches the chosen one and moves on with arrows.
    if (control.type === 'radio' && !control.checked) continue;
    control.dataset.reach = String(count);
    count += 1;
  }
  return count;
}

/// Runs in the page: which marked control has the focus, and whether that is to be seen.
function here() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const beside = at.nextElementSibling;
  const seen = shown(at) || (beside !== null && shown(beside)) || at.isContentEditable || /textarea|input/i.test(at.tagName) && shown(at.parentElement);
  return { reach: at.dataset.reach ?? '', seen, what: at.outerHTML.slice(0, 120) };
}

test('every control of every page is reached with the keyboard, and one sees where one is', { timeout: 120_000 }, async () => {
  const pages = await looking('en');
  const faults = [];
  for (const one of PAGES) {
    const page = pages.of(one);
    await page.setViewportSize(SIZES.desktop);
    await visit(page, newsroom.desk, one, about);
    // From the top, wherever the page put the focus.
    await page.evaluate(() => { document.activeElement?.blur(); });
    const count = await page.evaluate(mark);
    const reached = new Set();
    for (let presses = 0; presses < count + 40 && reached.size < count; presses += 1) {
      // In the text, Tab belongs to lists and tables; Escape gives it back.
      if (await page.evaluate(() => document.activeElement?.isContentEditable ?? false)) await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      const now = await page.evaluate(here);
      if (!now) continue;
      if (!now.seen) faults.push(`${one.name}: the focus is not seen on ${now.what}`);
      if (now.reach) reached.add(now.reach);
    }
    const missed = await page.evaluate((all) => [...document.querySelectorAll('[data-reach]')]
      .filter((control) => !all.includes(control.dataset.reach)).map((control) => control.outerHTML.slice(0, 120)), [...reached]);
    for (const control of missed) faults.push(`${one.name}: not reached: ${control}`);
  }
  await pages.close();
  none([...new Set(faults)], 'of the keyboard');
});

test('no page of the desk meets its own content security policy, or breaks', { timeout: 60_000 }, async () => {
  const { page, broken } = publishers.en;
  for (const one of PAGES.filter(({ out }) => !out)) await visit(page, newsroom.desk, one, about);
  assert.deepEqual(broken, []);
});

test('on a low screen the menu stays one column, and scrolls', { timeout: 60_000 }, async () => {
  for (const { page } of Object.values(publishers)) {
    await page.setViewportSize({ width: 1280, height: 480 });
    await page.goto(`${newsroom.desk}/desk/`);
    const edges = await page.locator('.side nav a').evaluateAll((links) => links.map((link) => {
      const [own, side] = [link.getBoundingClientRect(), link.closest('.side').getBoundingClientRect()];
      return { left: own.left, right: own.right, within: own.left >= side.left && own.right <= side.right };
    }));
    assert.ok(edges.length > 10 && edges.every(({ left, right, within }) => within && left === edges[0].left && right === edges[0].right), JSON.stringify(edges));
    const last = page.locator('.side .me button').last();
    await last.scrollIntoViewIfNeeded();
    const box = await last.boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 480, `the last is at ${box.y}`);
    await page.setViewportSize(SIZES.desktop);
  }
});

test('every entry of the menu is in the list of pages', async () => {
  const { page } = publishers.en;
  await page.goto(`${newsroom.desk}/desk/`);
  const entries = await page.locator('.side nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(entries.length > 10, `only ${entries.length}`);
  for (const entry of entries) {
    if (PAGES.some(({ path }) => path === entry)) continue;
    assert.ok(AWAITED.includes(entry), `${entry} is in no list`);
    assert.equal((await page.goto(newsroom.desk + entry)).status(), 404, `${entry} is there: put it into PAGES of e2e/lib/desk-pages.js`);
  }
});
