// From 320 px to 4K, left to right and right to left: nothing is cut off, nothing overlaps, everything can be tapped.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, loadAll } from '../lib/chromium.js';
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

/// Runs in the page: what sticks out of the window, where lines of different blocks lie over each other, and what is
/// too small for a finger.
function inspect() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const name = (element) => `<${element.localName}${element.className ? `.${element.className}` : ''}> “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  if (document.documentElement.scrollWidth > width) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.skip');
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || !visible(element) || scrolls(element)) continue;
    const parent = element.parentElement.getBoundingClientRect();
    const told = parent.left < -1 || parent.right > width + 1;
    if (!told && (box.left < -1 || box.right > width + 1)) faults.push(`sticks out (${Math.round(box.left)} to ${Math.round(box.right)} of ${width}): ${name(element)}`);
  }
  const block = (node) => {
    let at = node.parentElement;
    while (/^inline/.test(getComputedStyle(at).display)) at = at.parentElement;
    return at;
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !visible(node.parentElement)) continue;
    const owner = block(node);
    const clipped = scrolls(node.parentElement);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // Glyphs fill about the middle half of a line's box.
      const inset = box.height / 4;
      if (box.width > 1 && !clipped) lines.push({ owner, left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom - 1; j += 1) {
      const [a, b] = [lines[i], lines[j]];
      if (a.owner === b.owner || a.right - 2 < b.left || b.right - 2 < a.left) continue;
      faults.push(`words lie over words: ${name(a.owner)} and ${name(b.owner)}`);
    }
  }
  for (const link of document.querySelectorAll('nav a, .pager a, summary, button, a.embed, a.file')) {
    const box = link.getBoundingClientRect();
    // A link in a line of text is as high as the line; WCAG 2.2, 2.5.8 excepts it.
    const inText = getComputedStyle(link).display === 'inline';
    if (!inText && visible(link) && box.height > 0 && box.height < 24) faults.push(`is only ${Math.round(box.height)} px high: ${name(link)}`);
  }
  return [...new Set(faults)];
}

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
