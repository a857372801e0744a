// Appeals in a real browser: from the first word at the desk to what a reader's device shows, stores and says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { appeal, rule, says, step, taking } from '../lib/appeals.js';
import { browser } from '../lib/desk.js';
import { until } from '../lib/place.js';
import { begun, checking, closeEverything, flow, opened, written } from '../lib/story.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = { viewport: { width: 390, height: 844 } };

let newsroom;
let site;
let path;
const ids = {};
before(async () => {
  newsroom = await opened('appeals', { settings: { languages: 'en,fa' } });
  const { publisher: anna, desk } = newsroom;
  taking(newsroom.dir);
  site = newsroom.server.address.replace(/\/$/, '');
  const story = await begun(anna, desk, 'en');
  await written(anna, { headline: 'The ferry runs again', standfirst: 'After nine days on land.', paragraphs: ['It left at dawn, half empty.'] });
  await checking(anna, desk, story);
  await flow.publish(anna);
  const front = await (await fetch(site)).text();
  path = `${site}/${/href="\.\/(\d{4}\/\d\d\/\d\d\/[a-z0-9-]+\/)"/.exec(front)[1]}`;
  ids.regulars = await appeal(anna, desk, 'For regulars');
  await says(anna, desk, ids.regulars, 'en', 0, 'You read us often. Please give.');
  await rule(anna, desk, ids.regulars, 'read', 'Two stories', { least: '2' });
  await step(anna, desk, ids.regulars, 'start');
  ids.all = await appeal(anna, desk, 'For everybody');
  await says(anna, desk, ids.all, 'en', 0, 'Your support, no matter how small, makes a world of difference.');
  await says(anna, desk, ids.all, 'fa', 0, 'حمایت شما، هر چند اندک، دنیایی تفاوت می‌سازد.');
  await step(anna, desk, ids.all, 'start');
}, { timeout: 180_000 });
after(closeEverything);

/// A reader in a browser of their own, in front of the story; every view that the device told of.
async function reader(options = {}) {
  const context = await (await browser()).newContext({ ...PHONE, bypassCSP: false, ...options });
  const page = await context.newPage();
  const told = [];
  const broken = [];
  context.on('request', (request) => { if (request.url().includes('/-/support/seen/')) told.push(request); });
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (said) => { if (said.type() === 'error') broken.push(said.text()); });
  await page.goto(path, { waitUntil: 'load' });
  return { context, page, told, broken };
}

const kept = (page) => page.evaluate(() => [Object.entries(localStorage), sessionStorage.length, document.cookie]);
const shown = (page) => page.locator('#appeal .words').innerText();
/// Waits until the script has chosen: its button is there.
const armed = (page) => page.locator('#appeal [data-rest]').waitFor();

test('without script a reader gets the default, and the form leads on with what was chosen', { timeout: 60_000 }, async () => {
  const { page, context, told } = await reader({ javaScriptEnabled: false });
  assert.match(await shown(page), /no matter how small/);
  assert.equal(await page.locator('#appeal [data-rest]').isVisible(), false);
  assert.equal(await page.locator('.device').isVisible(), false);
  await page.locator('#appeal .give > label').first().click();
  const form = page.locator('#appeal .give form:visible');
  assert.equal(await form.count(), 1);
  await form.locator('label').nth(2).click();
  const asked = page.waitForRequest(/\/support\//);
  await form.locator('button').click();
  const url = new URL((await asked).url());
  const { variant, ...rest } = Object.fromEntries(url.searchParams);
  assert.deepEqual({ path: url.pathname, ...rest }, { path: '/-/support/form/en', frequency: 'once', currency: 'USD', amount: '50.00' });
  assert.match(variant, /^[0-9a-f-]{36}$/);
  assert.equal(told.length, 0);
  await context.close();
});

test('a device tells once that it showed an appeal, and stores nothing before a button is pressed', { timeout: 60_000 }, async () => {
  const { page, context, told, broken } = await reader();
  await armed(page);
  assert.match(await shown(page), /no matter how small/);
  await page.locator('#appeal').scrollIntoViewIfNeeded();
  await until('the view', () => told.length === 1, 5);
  const [view] = told;
  assert.equal(view.method(), 'POST');
  assert.equal(view.postData() ?? '', '');
  assert.equal((await view.allHeaders()).referer, undefined);
  await page.mouse.wheel(0, -3000);
  await page.mouse.wheel(0, 3000);
  assert.deepEqual(await kept(page), [[], 0, '']);
  await page.reload();
  await armed(page);
  assert.deepEqual(await kept(page), [[], 0, '']);
  assert.deepEqual(broken, []);
  await context.close();
});

test('not now keeps appeals away until it is undone or its days are over, and says of nobody that they gave', { timeout: 60_000 }, async () => {
  const { page, context, broken } = await reader();
  await armed(page);
  await page.locator('#appeal [data-rest]').click();
  assert.match(await page.locator('#appeal .rested').innerText(), /14 days/);
  const today = Math.floor(Date.now() / 864e5);
  assert.deepEqual(await kept(page), [[['support', JSON.stringify({ until: today + 14 })]], 0, '']);
  await page.locator('#appeal [data-undo]').click();
  assert.equal(await page.locator('#appeal .words').isVisible(), true);
  assert.deepEqual((await kept(page))[0], []);
  await page.locator('#appeal [data-rest]').click();
  await page.reload();
  assert.equal(await page.locator('#appeal .words').isVisible(), false);
  await page.evaluate((day) => localStorage.setItem('support', JSON.stringify({ until: day })), today);
  await page.reload();
  await armed(page);
  assert.equal(await page.locator('#appeal .words').isVisible(), true);
  assert.deepEqual((await kept(page))[0], [], 'what is over was kept');
  assert.deepEqual(broken, []);
  await context.close();
});

test('stories are counted from when a reader asks for it, and forgotten when they say so', { timeout: 60_000 }, async () => {
  const { page, context } = await reader();
  await armed(page);
  await page.locator('.device summary').click();
  await page.locator('[data-count]').click();
  const count = async () => JSON.parse((await kept(page))[0][0][1]).read[1];
  assert.equal(await count(), 0);
  for (const [times, words] of [[1, /no matter how small/], [2, /You read us often/]]) {
    await page.reload();
    await armed(page);
    assert.equal(await count(), times);
    assert.match(await shown(page), words);
  }
  await page.locator('.device summary').click();
  await page.locator('[data-forget]').click();
  assert.deepEqual((await kept(page))[0], []);
  await page.reload();
  await armed(page);
  assert.match(await shown(page), /no matter how small/);
  await context.close();
});

test('a page that thanks for a gift leaves the device alone for 90 days where that was asked for, and lets it be undone', { timeout: 60_000 }, async () => {
  const { page, context } = await reader();
  await armed(page);
  // The mark as `_gave.html` writes it, put into a page that has the script.
  const script = await page.locator('script[src*="/assets/appeal."]').getAttribute('src');
  const address = new URL(script, page.url()).href;
  await page.route(/\/thanks\//, (route) => route.fulfill({ contentType: 'text/html', body: `<div data-gave${/quiet=1/.test(route.request().url()) ? '="asked"' : ''} hidden><p><button>Quiet</button></p><p hidden>Thanks <button>Undo</button></p></div><script src="/assets/${address.split('/assets/')[1]}" defer></script>` }));
  const [offer, undo] = ['Quiet', 'Undo'].map((name) => page.getByRole('button', { name }));
  await page.goto(`${site}/thanks/`);
  await offer.waitFor();
  assert.deepEqual((await kept(page))[0], [], 'nobody asked for anything to be kept');
  await offer.click();
  await undo.click();
  assert.deepEqual((await kept(page))[0], []);
  await page.goto(`${site}/thanks/?quiet=1`);
  await undo.waitFor();
  assert.equal(new URL(page.url()).search, '', 'loaded anew, the page would ask again');
  const today = Math.floor(Date.now() / 864e5);
  assert.equal((await kept(page))[0][0][1], JSON.stringify({ until: today + 90 }));
  await page.goto(path);
  assert.equal(await page.locator('#appeal .words').isVisible(), false);
  await page.goto(`${site}/thanks/?quiet=1`);
  await undo.click();
  assert.deepEqual((await kept(page))[0], []);
  await context.close();
});

test('a share is drawn at each view and stored nowhere, and of two variants each is seen', { timeout: 90_000 }, async () => {
  const { publisher: anna, desk } = newsroom;
  await rule(anna, desk, ids.regulars, 'share', 'Half', { percent: '50' });
  await anna.page.goto(`${desk}/desk/appeals/${ids.regulars}`);
  await anna.page.locator('form[action$="/rules/change"] [name=name][value="Two stories"] ~ [value=remove]').click();
  await anna.page.waitForLoadState('load');
  await step(anna, desk, ids.all, 'variants');
  await says(anna, desk, ids.all, 'en', 1, 'Two dollars a month keep us going.');
  await step(anna, desk, ids.all, 'show');
  const { page, context } = await reader();
  const seen = new Map();
  for (let view = 0; view < 60 && seen.size < 3; view += 1) {
    await page.reload();
    await armed(page);
    const words = await shown(page);
    const { variant } = await page.locator('#appeal [data-slot]').evaluate((slot) => slot.dataset);
    seen.set(words, variant);
    assert.equal(await page.locator('#appeal [name=variant]').first().getAttribute('value'), variant);
    assert.equal(await page.locator('#appeal [name=variant]').first().isDisabled(), false);
  }
  assert.equal(seen.size, 3, [...seen.keys()].join('\n'));
  assert.deepEqual(await kept(page), [[], 0, '']);
  await context.close();
});

test('an appeal is readable for everybody, in both directions, on a phone and a desktop', { timeout: 90_000 }, async () => {
  const { publisher: anna, desk } = newsroom;
  const banner = await appeal(anna, desk, 'Banner', 'banner');
  await says(anna, desk, banner, 'en', 0, 'We live from our readers.');
  await step(anna, desk, banner, 'start');
  const { page, context } = await reader({ bypassCSP: true });
  await page.locator('.banner [data-rest]').waitFor();
  await page.evaluate(AXE);
  for (const viewport of [PHONE.viewport, { width: 1280, height: 900 }, { width: 320, height: 640 }]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES);
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`), []);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `scrolls sideways at ${viewport.width}`);
  }
  await context.close();
  await step(anna, desk, banner, 'withdraw');
  assert.ok(!(await (await fetch(site)).text()).includes('We live from our readers.'));
});
