// Law 5: the same pages under another host name, and from a plain file server below a folder of somebody else's site.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, loadAll } from '../lib/chromium.js';
import { bodyOf, textOf } from '../lib/crawl.js';
import { copy, isFile, serveFiles } from '../lib/files.js';
import { addresses } from '../lib/html.js';
import { sample } from '../lib/kinds.js';
import { folder, none } from '../lib/place.js';
import { crawled } from '../lib/shared.js';
import { Wire, decoded } from '../lib/wire.js';

const PREFIX = '/mirror/abc/';
let site;
let files;
let browser;
const copied = folder('mirror');
before(async () => {
  site = await crawled();
  copy(site.entries, copied);
  files = await serveFiles(copied, PREFIX);
  browser = await launch();
}, { timeout: 600_000 });
after(async () => {
  await browser?.close();
  await files?.stop();
});

test('another host name gets the same bytes of every page', async () => {
  const wire = new Wire(site.address);
  const faults = [];
  for (const page of site.pages) {
    const answer = await wire.get(page.path, { host: 'other.example', 'accept-encoding': 'br' });
    if (answer.status !== page.status) faults.push(`${page.path}: ${answer.status}`);
    else if (!decoded(answer).equals(bodyOf(page))) faults.push(`${page.path}: other bytes`);
    else if (answer.headers.etag !== page.headers.etag) faults.push(`${page.path}: another ETag`);
  }
  wire.close();
  none(faults, 'pages that depend on the host name');
});

test('feeds name the host under which they were asked for', async () => {
  const wire = new Wire(site.address);
  const feed = decoded(await wire.get('/feed.xml', { host: 'other.example' })).toString();
  const sitemap = decoded(await wire.get('/sitemap.xml', { host: 'other.example' })).toString();
  wire.close();
  for (const xml of [feed, sitemap]) {
    assert.ok(xml.includes('http://other.example/'));
    assert.ok(!xml.includes(new URL(site.address).host));
  }
});

test('in the copy every address of every page leads to a file', () => {
  const faults = [];
  for (const page of site.pages.filter((one) => one.status === 200)) {
    for (const { address, where } of addresses(textOf(page))) {
      const url = new URL(address, `http://copy${PREFIX.slice(0, -1)}${page.path}`);
      if (url.host !== 'copy') continue;
      const path = decodeURIComponent(url.pathname);
      if (!path.startsWith(PREFIX)) faults.push(`${page.path}: ${where} leaves the copy: ${address}`);
      else if (!isFile(join(copied, path.slice(PREFIX.length), path.endsWith('/') ? 'index.html' : ''))) faults.push(`${page.path}: ${where}: no file for ${address}`);
    }
  }
  none(faults, 'addresses that only the program answers');
});

test('every kind of page opens from plain files below a folder, photos and fonts included', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = [];
  let here;
  page.on('request', (request) => {
    if (!request.url().startsWith(files.address)) faults.push(`${here}: a request to ${request.url()}`);
  });
  // Nobody counts in a copy how often an appeal was seen.
  const counts = (address) => address.includes('/-/support/seen/');
  page.on('response', (response) => {
    if (response.status() !== 200 && !counts(response.url())) faults.push(`${here}: ${response.status()} for ${response.url()}`);
  });
  page.on('console', (message) => {
    if (!counts(message.location().url)) faults.push(`${here}: the console says ${message.text()}`);
  });
  for (const one of sample(site.pages.filter((each) => each.status === 200))) {
    here = one.path;
    await page.goto(files.address + one.path.slice(1), { waitUntil: 'load' });
    await loadAll(page);
    const { broken, styled } = await page.evaluate(() => ({
      broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.currentSrc || image.src),
      styled: [...document.styleSheets].some((sheet) => sheet.cssRules.length > 3),
    }));
    faults.push(...broken.map((image) => `${here}: no photo at ${image}`));
    if (!styled) faults.push(`${here}: no styles`);
  }
  await context.close();
  // A browser looks for an icon by itself, and does not tell, where a page names none.
  faults.push(...new Set(files.asked.filter((path) => !path.startsWith(PREFIX)).map((path) => `somebody asked for ${path}`)));
  none(faults, 'what fails from plain files');
});

test('a reader of the copy walks from the front page to a story and into another language', async () => {
  const page = await browser.newPage();
  await page.goto(files.address, { waitUntil: 'load' });
  await page.locator('main h2 a, main h3 a').first().click();
  await page.waitForLoadState('load');
  assert.match(new URL(page.url()).pathname, /^\/mirror\/abc\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/);
  await page.goto(`${files.address}2025/07/11/lavrov-arrives-in-wonsan/`, { waitUntil: 'load' });
  await page.locator('a[hreflang=fa]').first().click();
  await page.waitForLoadState('load');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  assert.ok(page.url().startsWith(`${files.address}fa/2025/07/11/`));
  await page.close();
});
