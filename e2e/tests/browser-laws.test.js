// Law 1 in a real browser: what a reader's device sends, keeps and complains about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, loadAll } from '../lib/chromium.js';
import { sample } from '../lib/kinds.js';
import { filesHolding } from '../lib/newsroom.js';
import { none } from '../lib/place.js';
import { crawled, demo } from '../lib/shared.js';

let site;
let browser;
let pages;
before(async () => {
  site = await crawled();
  pages = site.pages;
  browser = await launch();
}, { timeout: 600_000 });
after(() => browser?.close());

/// What only a script can do, and therefore offers: "not now", counting on the device, a reminder on the device; and no reader reads
/// what is data or waits in a list of choices.
const SCRIPTED = '.rest[hidden], .rested[hidden], details.device[hidden], [data-device][hidden], script, style, option';

const at = (page) => new URL(page.path, site.address).href;

test('a browser that reads the whole newsroom asks nobody else, keeps nothing, leaves no trace and has no complaint', { timeout: 600_000 }, async () => {
  const context = await browser.newContext({ userAgent: 'CanaryBrowser/7.7' });
  const page = await context.newPage();
  const faults = [];
  const own = new URL(site.address).host;
  let here;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== own && url.protocol !== 'data:') faults.push(`${here}: a request to ${url.href}`);
  });
  context.on('response', async (response) => {
    if (response.status() >= 400 && response.url() !== new URL(here, site.address).href) faults.push(`${here}: ${response.status()} for ${response.url()}`);
  });
  page.on('console', (message) => {
    const itself = message.location().url === new URL(here, site.address).href && /status of 4(04|10)/.test(message.text());
    if (!itself) faults.push(`${here}: the console says ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${here}: ${error}`));
  for (const one of pages) {
    here = one.path;
    await page.goto(at(one), { waitUntil: 'load', referer: 'https://canary-referrer.example/secret-chat' });
    await loadAll(page);
    const broken = await page.evaluate(() => [...document.images].filter((image) => !image.naturalWidth).map((image) => image.currentSrc || image.src));
    faults.push(...broken.map((image) => `${here}: no photo at ${image}`));
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    if (JSON.stringify(Object.values(kept)) !== '["",0,0,0,0,0]') faults.push(`${here}: keeps ${JSON.stringify(kept)}`);
  }
  const cookies = await context.cookies();
  faults.push(...cookies.map((cookie) => `cookie ${cookie.name}`));
  const { origins } = await context.storageState();
  faults.push(...origins.map((origin) => `storage of ${origin.origin}`));
  await context.close();
  const { newsroom } = await demo();
  faults.push(...filesHolding(newsroom, ['CanaryBrowser', 'canary-referrer']));
  none(faults, 'broken laws');
  assert.ok(pages.length >= 200, `only ${pages.length} pages were read`);
});

test('without script every word of a page is there and visible', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const faults = [];
  for (const one of pages) {
    await page.goto(at(one), { waitUntil: 'load' });
    const { all, seen, unseen, headline } = await page.evaluate((scripted) => {
      const main = document.querySelector('main');
      const nodes = [];
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (data.trim() && !parentElement.closest(scripted)) nodes.push(walker.currentNode);
      }
      const visible = new Set();
      const look = () => nodes.filter((node) => node.parentElement.checkVisibility({ visibilityProperty: true })).forEach((node) => visible.add(node));
      look();
      // A form shows the amounts of the frequency that is chosen.
      for (const choice of main.querySelectorAll('input[type=radio]')) {
        choice.checked = true;
        look();
      }
      // And what it says of an amount while one is typed.
      for (const field of main.querySelectorAll('input[placeholder=" "]')) {
        field.value = '5';
        look();
      }
      const words = (some) => some.map((node) => node.data.replace(/\s+/g, '')).join('');
      const box = document.querySelector('h1')?.getBoundingClientRect();
      const unseen = words(nodes.filter((node) => !visible.has(node)));
      return { all: words(nodes).length, seen: words([...visible]).length, unseen, headline: Boolean(box?.height) };
    }, SCRIPTED);
    if (!headline) faults.push(`${one.path}: no headline is visible`);
    if (unseen) faults.push(`${one.path}: of ${all} characters these are not visible: ${unseen.slice(0, 80)}`);
    if (seen < 20) faults.push(`${one.path}: hardly a word`);
  }
  await context.close();
  none(faults, 'pages that need script');
});

test('without fonts and photos a story reads whole', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.route(/\/(media|assets)\//, (route) => route.abort());
  const story = sample(pages).find((one) => one.kind === 'story');
  await page.goto(at(story), { waitUntil: 'load' });
  const text = await page.locator('article').first().innerText();
  assert.ok(text.length > 1000, `only ${text.length} characters are visible`);
  await context.close();
});
