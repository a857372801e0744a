// The story editor against the real server: what it relies on (desk/README.md), and what it must survive.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { start } from '../lib/binary.js';
import { closeBrowser, colleague, deskOf, firstLink, join, person } from '../lib/desk.js';
import { until } from '../lib/place.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const line = (text) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

let server;
let desk;
let vera;
let olga;

before(async () => {
  server = await start(['demo', '--listen', '127.0.0.1:0']);
  desk = deskOf(server);
  vera = await person();
  await join(vera, await firstLink(server), 'vera');
  olga = await colleague(vera, 'editor', 'olga');
}, { timeout: 120_000 });

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const text = (page) => page.locator('#editor-text');
const says = (page, pattern) => until(`the editor to say ${pattern}`, async () => pattern.test(await page.locator('.status').innerText()), 15);

async function edit({ page }, id, writes = true) {
  await page.goto(`${desk}/desk/stories/${id}`);
  await text(page).and(page.locator(`[contenteditable="${writes}"]`)).waitFor();
}

async function atEnd(page) {
  await text(page).click({ position: { x: 100, y: 15 } });
  await page.keyboard.press('Control+End');
}

/// A call of the desk's API as the page's own script makes it.
const call = (page, method, path, body) => page.evaluate(async ([method, path, body]) => {
  const { csrf } = JSON.parse(document.getElementById('editor-data').textContent);
  const answer = await fetch(path, { method, headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
  return { status: answer.status, said: await answer.json().catch(() => null) };
}, [method, path, body]);

/// A new story with these fields, open in the editor; its id.
async function begun(who, fields = {}, language = 'en') {
  const { page } = who;
  await page.goto(`${desk}/desk/stories`);
  const form = page.locator('form[action="/desk/stories"][method="post"]').first();
  await form.locator('select[name=language]').selectOption(language);
  await form.locator('button').click();
  await page.waitForURL(/\/desk\/stories\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1);
  await text(page).waitFor();
  if (Object.keys(fields).length > 0) {
    const saved = await call(page, 'PUT', `/desk/api/stories/${id}/draft`, { base: 0, fields });
    assert.equal(saved.status, 200, JSON.stringify(saved.said));
  }
  await edit(who, id);
  return id;
}

/// The story as the server has it, from a page of its own.
async function stored(who, id) {
  const answer = await who.context.request.get(`${desk}/desk/stories/${id}`);
  const data = /<script type="application\/json" id="editor-data">(.*?)<\/script>/s.exec(await answer.text())[1];
  return JSON.parse(data).story;
}

const holds = (who, id, words) => until(`the server to have “${words}”`, async () => JSON.stringify(await stored(who, id)).includes(words), 15);

const paste = (page, html, plain = '') => page.evaluate(([html, plain]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', plain);
  document.getElementById('editor-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, [html, plain]);

for (const language of ['en', 'ru', 'fa']) {
  test(`stories of the demo in ${language} open, and what nobody touched is saved as it was`, { timeout: 90_000 }, async () => {
    const { page, broken } = vera;
    await page.goto(`${desk}/desk/stories?language=${language}`);
    const ids = await page.locator('main table a, main li a').evaluateAll((all) => [...new Set(all.map((a) => /^\/desk\/stories\/([0-9a-f-]{36})/.exec(a.getAttribute('href'))?.[1]).filter(Boolean))]);
    assert.ok(ids.length >= 3, `${ids.length} stories`);
    for (const id of ids.slice(0, 3)) {
      await edit(vera, id);
      const before = await stored(vera, id);
      await atEnd(page);
      await page.keyboard.type('x');
      await page.keyboard.press('Backspace');
      await says(page, /\d/);
      await until('a save', async () => page.locator('.sheet[data-status="saved"]').count(), 15);
      const { document } = await stored(vera, id);
      assert.deepEqual(document, before.document);
      assert.equal(before.direction, language === 'fa' ? 'rtl' : 'ltr');
    }
    assert.deepEqual(broken, []);
  });
}

test('section, bylines, topics and links to stories are found and saved', { timeout: 60_000 }, async () => {
  const { page } = vera;
  const id = await begun(vera, { headline: 'Found', document: { version: 1, blocks: [line('See there.')] } });
  await page.getByLabel('Section').selectOption({ index: 1 });
  for (const [label, words] of [['Bylines', 'anna'], ['Topics', 'wonsan']]) {
    await page.getByLabel(label, { exact: true }).fill(words);
    await page.locator('.results .result').filter({ hasText: new RegExp(words, 'i') }).first().click();
  }
  await atEnd(page);
  await page.keyboard.press('Shift+Control+ArrowLeft');
  await page.keyboard.press('Control+k');
  await page.locator('dialog input').first().fill('wonsan');
  await page.locator('dialog .result').first().click();
  await page.locator('dialog .button-main').click().catch(() => undefined);
  await holds(vera, id, '/2025/07/');
  const { section, topics, bylines } = await stored(vera, id);
  assert.ok(section && topics.length === 1 && bylines.length === 1, JSON.stringify({ section, topics, bylines }));
});

test('every state has its word', { timeout: 60_000 }, async () => {
  const { page } = vera;
  const id = await begun(vera, { headline: 'States', document: { version: 1, blocks: [line('Words.')] } });
  for (const [to, word] of [['in_review', 'In review'], ['ready', 'Ready']]) {
    const { csrf } = await page.evaluate(() => JSON.parse(document.getElementById('editor-data').textContent));
    await vera.context.request.post(`${desk}/desk/stories/${id}/state`, { form: { to, csrf }, headers: { origin: desk }, maxRedirects: 0 });
    await until(`the word ${word}`, async () => await page.locator('.state').innerText() === word, 15);
  }
});

test('two people in one story see each other, and taking over loses nothing', { timeout: 90_000 }, async () => {
  const id = await begun(vera, { headline: 'Together', document: { version: 1, blocks: [line('First.')] } });
  await edit(olga, id, false);
  await olga.page.locator('.lock').getByText('vera is writing this story').waitFor();
  await atEnd(vera.page);
  await vera.page.keyboard.type(' Second.');
  await until('reading along', async () => (await text(olga.page).innerText()).includes('Second.'), 20);
  await vera.page.route('**/draft', (route) => route.abort());
  await vera.page.keyboard.type(' Unsaved.');
  await olga.page.getByRole('button', { name: 'Take over' }).click();
  await vera.page.locator('.lock').getByText('olga took over').waitFor();
  await vera.page.unroute('**/draft');
  await vera.page.locator('.kept').getByRole('button', { name: 'Show' }).click();
  assert.match(await vera.page.locator('.kept .version').innerText(), /Unsaved\./);
  await text(olga.page).and(olga.page.locator('[contenteditable="true"]')).waitFor();
  await atEnd(olga.page);
  await olga.page.keyboard.type(' Hers.');
  await holds(olga, id, 'Second. Hers.');
  await olga.page.goto(`${desk}/desk/stories`);
});

test('two tabs of one person that change the same text show both versions', { timeout: 60_000 }, async () => {
  const id = await begun(vera, { headline: 'Tabs', document: { version: 1, blocks: [line('First.')] } });
  await atEnd(vera.page);
  await vera.page.keyboard.type(' Mine.');
  const other = await vera.context.newPage();
  await other.goto(`${desk}/desk/stories/${id}`);
  const { version } = await stored(vera, id);
  const saved = await call(other, 'PUT', `/desk/api/stories/${id}/draft`, { base: version, fields: { document: { version: 1, blocks: [line('Theirs.')] } } });
  assert.ok([200, 409].includes(saved.status));
  if (saved.status === 409) {
    await call(other, 'PUT', `/desk/api/stories/${id}/draft`, { base: saved.said.version, fields: { document: { version: 1, blocks: [line('Theirs.')] } } });
    await atEnd(vera.page);
    await vera.page.keyboard.type(' More.');
  }
  const dialog = vera.page.getByRole('dialog');
  await dialog.getByText('changed this story too').waitFor();
  assert.match(await dialog.locator('.version').nth(0).innerText(), /Mine\./);
  assert.match(await dialog.locator('.version').nth(1).innerText(), /Theirs\./);
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await holds(vera, id, 'Mine.');
  await other.close();
});

test('what is typed after the session ended, and offline, is saved after signing in again', { timeout: 90_000 }, async () => {
  const { page, context } = vera;
  const id = await begun(vera, { headline: 'Away', document: { version: 1, blocks: [line('First.')] } });
  await context.setOffline(true);
  await atEnd(page);
  await page.keyboard.type(' On a train.');
  await says(page, /^Offline/);
  await context.setOffline(false);
  await holds(vera, id, 'On a train.');
  await context.clearCookies();
  await page.keyboard.type(' Signed out.');
  await says(page, /^Signed out/);
  const other = await context.newPage();
  const session = await context.newCDPSession(other);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const { credentials } = await vera.session.send('WebAuthn.getCredentials', { authenticatorId: vera.authenticatorId });
  for (const credential of credentials) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  await other.goto(`${desk}/desk/sign-in`);
  await other.locator('[data-begin]').click();
  await other.waitForURL('**/desk/');
  await page.getByRole('button', { name: 'Retry' }).click();
  await holds(vera, id, 'Signed out.');
  await says(page, /^Saved/);
  // Another session's token: the page learns the new one by itself.
  await context.clearCookies();
  await other.goto(`${desk}/desk/sign-in`);
  await other.locator('[data-begin]').click();
  await other.waitForURL('**/desk/');
  await atEnd(page);
  await page.keyboard.type(' A new session.');
  await holds(vera, id, 'A new session.');
  await other.close();
});

test('a malicious paste leaves its words and nothing else, in the story and on the page', { timeout: 60_000 }, async () => {
  const { page, broken } = vera;
  const id = await begun(vera, { headline: 'Paste' });
  await text(page).click();
  const bad = `<style>p{background:url(https://evil.example/x)}</style><script>window.pwned=1</script>
    <p onclick="window.pwned=1" style="position:fixed">Safe <a href="javascript:window.pwned=1">one</a> <a href="JaVa&#9;Script:pwned">two</a>
    <a href="data:text/html,<script>pwned</script>">three</a> <a href="vbscript:x">four</a> <a href="https://good.example/">good</a></p>
    <svg onload="window.pwned=1"><script>window.pwned=1</script><a xlink:href="javascript:pwned"><text>five</text></a></svg>
    <img src="x" onerror="window.pwned=1"><img src="data:image/svg+xml,<svg onload=pwned>"><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>
    <math><mtext><table><mglyph><style><img src=x onerror=pwned></style></mglyph></table></mtext></math>
    <object data="javascript:pwned"></object><form action="javascript:pwned"><button formaction="javascript:pwned">six</button></form>
    <template><img src=x onerror=pwned></template><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">`;
  await paste(page, bad, 'Safe');
  // And as if it came from this editor itself.
  await page.keyboard.press('Control+End');
  await paste(page, `<div data-pm-slice="0 0 []"><p>Slice <a href="javascript:window.pwned=1">seven</a></p><figure class="block-embed" data-url="javascript:pwned"></figure></div>`, 'Slice');
  await holds(vera, id, 'Slice');
  const { document } = await stored(vera, id);
  assert.match(JSON.stringify(document), /Safe .*https:\/\/good\.example\//);
  for (const word of ['javascript:', 'data:text', 'data:image', 'vbscript', 'onerror', 'onload', 'onclick', '<svg', '<script', 'evil.example', 'pwned']) {
    assert.ok(!JSON.stringify(document).toLowerCase().includes(word), `${word} is in the document`);
  }
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  const shown = await vera.context.request.get(`${desk}/desk/stories/${id}/as/site`);
  assert.equal(shown.status(), 200);
  const main = /<main[\s\S]*<\/main>/.exec(await shown.text())[0];
  assert.doesNotMatch(main, /javascript:|onerror|onload|onclick|evil\.example|pwned/i);
  assert.deepEqual(broken, []);
});

test('a paste of 50 MB is refused in words, and writing goes on', { timeout: 120_000 }, async () => {
  const { page } = vera;
  const id = await begun(vera, { headline: 'Large', document: { version: 1, blocks: [line('First.')] } });
  await atEnd(page);
  const pasted = await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/html', `<p>${'words and words '.repeat(3_300_000)}</p>`);
    data.setData('text/plain', 'words and words '.repeat(3_300_000));
    const start = performance.now();
    document.getElementById('editor-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return performance.now() - start;
  });
  assert.ok(pasted < 5000, `the page stood still for ${pasted} ms`);
  await page.locator('.toast').getByText(/Not pasted: 53 MB/).waitFor();
  await paste(page, `<p>Small words</p><img src="data:image/png;base64,${'A'.repeat(5_000_000)}">`, 'Small words');
  await page.locator('.toast').getByText(/only the words/).waitFor();
  await page.keyboard.type(' Still here.');
  await holds(vera, id, 'Still here.');
});

test('a document of 10,000 blocks opens, takes a keystroke, and is saved', { timeout: 180_000 }, async () => {
  const { page } = vera;
  const blocks = Array.from({ length: 10_000 }, (_, index) => line(`Line ${index} of a very long story that somebody pasted together.`));
  const id = await begun(vera, { headline: 'Long', document: { version: 1, blocks } });
  await text(page).locator('p').nth(4).click();
  await page.keyboard.press('End', { delay: 50 });
  await page.keyboard.type(' Typed within.');
  assert.match(await text(page).locator('p').nth(4).innerText(), /Typed within\./);
  await until('a save', async () => JSON.stringify((await stored(vera, id)).document.blocks[4]).includes('Typed within.'), 30);
  assert.equal((await stored(vera, id)).document.blocks.length, 10_000);
});

const drop = (page, name, type, bytes) => page.evaluate(([name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const home = document.getElementById('editor-text').firstElementChild;
  const box = home.getBoundingClientRect();
  home.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5 }));
}, [name, type, bytes]);

/// A picture of 16 by 12 pixels.
const PIXEL = [...Buffer.from('iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAE0lEQVR4nGNoIBEwjGoY1YAdAADVoiAQ0v3AjQAAAABJRU5ErkJggg==', 'base64')];

test('a file that is no picture is refused in words, whatever it calls itself', { timeout: 60_000 }, async () => {
  const { page } = vera;
  const id = await begun(vera, { headline: 'No picture', document: { version: 1, blocks: [line('First.')] } });
  await drop(page, 'notes.pdf', 'application/pdf', [37, 80, 68, 70]);
  await page.locator('.upload').getByText(/this kind of file is no photo/).waitFor();
  await page.locator('.upload').getByRole('button', { name: 'Remove' }).click();
  await drop(page, 'evil.png', 'image/png', [...Buffer.from('<svg onload="x"></svg>')]);
  await page.locator('.upload.is-failed').getByText(/evil\.png was not added/).waitFor();
  await page.locator('.upload').getByRole('button', { name: 'Remove' }).click();
  assert.equal((await stored(vera, id)).document.blocks.length, 1);
});

test('an upload that is cut off says so, keeps the file, and goes in with another try', { timeout: 60_000 }, async () => {
  const { page } = vera;
  const id = await begun(vera, { headline: 'Cut off', document: { version: 1, blocks: [line('First.')] } });
  await page.route('**/desk/api/photos', (route) => route.abort('connectionreset'));
  await drop(page, 'harbour.png', 'image/png', PIXEL);
  await page.locator('.upload').getByText('harbour.png was not added: the connection broke').waitFor();
  await page.unroute('**/desk/api/photos');
  await page.locator('.upload').getByRole('button', { name: 'Try again' }).click();
  await text(page).locator('.block-photo').waitFor();
  await until('the photo', async () => (await stored(vera, id)).document.blocks.some((block) => block.type === 'photo'), 15);
});

test('dead links are found when somebody asks, in the editor and on the check page without script', { timeout: 90_000 }, async () => {
  const { page } = vera;
  const link = (href) => ({ type: 'link', href, content: [{ type: 'text', text: href }] });
  const blocks = [{ type: 'paragraph', content: [link('/no/such/story/'), { type: 'text', text: ' ' }, link('/archive/'), { type: 'text', text: ' ' }, link('http://127.0.0.1:1/')] }];
  const id = await begun(vera, { headline: 'Links', document: { version: 1, blocks } });
  assert.equal(await page.locator('.checks').getByText('A link is dead').count(), 0);
  await page.getByRole('button', { name: 'Check the links' }).click();
  await page.getByText('Links checked: 3. Dead: 1. Not to be checked: 1.').waitFor();
  await page.locator('.checks').getByText('A link is dead: /no/such/story/').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'editor-text');
  const plain = await person({ javaScriptEnabled: false, storageState: await vera.context.storageState() });
  await plain.page.goto(`${desk}/desk/stories/${id}/check`);
  await plain.page.getByRole('button', { name: 'Check the links' }).click();
  await plain.page.getByText('One link is dead').waitFor();
  assert.equal(await plain.page.locator('#links li').first().innerText(), '/no/such/story/');
  await plain.page.getByText('One link could not be checked').waitFor();
  await plain.context.close();
});

for (const [language, viewport] of [['en', { width: 1280, height: 900 }], ['fa', { width: 390, height: 844 }], ['en', { width: 360, height: 640 }]]) {
  test(`axe finds nothing on the real page in ${language} at ${viewport.width} px, and it is not too wide`, { timeout: 60_000 }, async () => {
    const who = await colleague(vera, 'editor', `axe${viewport.width}`, language, { viewport, bypassCSP: true });
    await begun(who, { headline: 'Axe', document: { version: 1, blocks: [line('First.')] } }, language);
    await who.page.locator('.checks li').first().waitFor();
    await who.page.evaluate(AXE);
    const { violations } = await who.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), []);
    const over = await who.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await who.context.close();
  });
}
