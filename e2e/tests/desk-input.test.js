// What is hostile, broken or far too large, given to the editor and to the server behind it: it is refused in words, it
// leaves nothing behind, and writing goes on.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { Cut } from '../lib/cut.js';
import { Editor, paragraphs } from '../lib/editor.js';
import { everyFile } from '../lib/files.js';
import { none, until } from '../lib/place.js';
import { begun, closeEverything, editing, opened, photo, read, saved, status, text, typed, words, written } from '../lib/story.js';

const MEGA = 1_000_000;
let newsroom;
let vera;
/// The same person, asking without the editor.
let script;

before(async () => {
  newsroom = await opened('input', { handle: 'vera' });
  vera = newsroom.publisher;
  const cookie = (await vera.context.cookies()).find(({ name }) => name === '__Host-desk');
  script = await new Editor('vera', `${cookie.name}=${cookie.value}`).at(newsroom.server);
}, { timeout: 120_000 });

after(closeEverything);

/// The story's fields as the server has them.
async function stored(id) {
  const page = await script.page(`/desk/stories/${id}`);
  return JSON.parse(/<script type="application\/json" id="editor-data">(.*?)<\/script>/s.exec(page)[1]).story;
}

const holds = (id, said) => until(`the server to have “${said}”`, async () => JSON.stringify((await stored(id)).document).includes(said), 20);
const card = (page) => page.locator('.upload');

/// Drops files of these [name, type, bytes] on the text, or HTML.
const drop = (page, files, html = '') => page.evaluate(([files, html]) => {
  const data = new DataTransfer();
  for (const [name, type, bytes] of files) data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type }));
  if (html) data.setData('text/html', html);
  const home = document.getElementById('editor-text').firstElementChild;
  const box = home.getBoundingClientRect();
  home.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5 }));
}, [files.map(([name, type, bytes]) => [name, type, Buffer.from(bytes).toString('base64')]), html]);

/// A PNG of noise: as many bytes as pixels ask for, so that a cable can be cut in its middle.
function noise(side) {
  const rows = Array.from({ length: side }, () => Buffer.concat([Buffer.from([0]), randomBytes(side * 3)]));
  return png(side, side, deflateSync(Buffer.concat(rows), { level: 0 }));
}

function png(width, height, pixels) {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', size), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/// A page of its own for each test: one that stands still must not stop the next.
async function writing(work) {
  const page = await vera.context.newPage();
  const broken = [];
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (said) => { if (/Content Security Policy|Refused to/.test(said.text())) broken.push(said.text()); });
  try {
    await work({ ...vera, page, broken });
    assert.deepEqual(broken, []);
  } finally {
    await page.close();
  }
}

const asked = (path, body) => script.ask('PUT', path, { 'content-type': 'application/json' }, body);

/// A refusal of the API says why in `message`.
async function refused(answer, statuses, what) {
  const said = await answer.text();
  assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${said.slice(0, 200)}`);
  assert.ok(JSON.parse(said).message.length > 10, `${what} is refused without words`);
}

test('what is too large, too deep or no JSON is refused in words, and changes nothing', { timeout: 120_000 }, async () => {
  const id = await script.create();
  await script.save(id, 0, { headline: 'Firm', document: paragraphs('As it was.') });
  const path = `/desk/api/stories/${id}/draft`;
  const draft = (blocks) => `{"base":1,"fields":{"document":{"version":1,"blocks":${blocks}}}}`;
  const line = '{"type":"paragraph","content":[{"type":"text","text":"x"}]}';
  const deep = (levels) => `${'{"type":"quote","blocks":['.repeat(levels)}${line}${']}'.repeat(levels)}`;
  const words = (bytes) => `[{"type":"paragraph","content":[{"type":"text","text":"${'word '.repeat(bytes / 5)}"}]}]`;
  for (const [what, body, statuses] of [
    ['7 MB of words', draft(words(7 * MEGA)), [413]],
    ['30,000 blocks', draft(`[${Array(30_000).fill(line).join(',')}]`), [413]],
    ['200 quotes in each other', draft(`[${deep(200)}]`), [400, 422]],
    ['50,000 quotes in each other', draft(`[${deep(50_000)}]`), [400, 422]],
    ['half a surrogate', draft('[{"type":"paragraph","content":[{"type":"text","text":"\\ud800"}]}]'), [400, 422]],
    ['half a document', draft(words(1000)).slice(0, 500), [400, 422]],
    ['a document of a list', '{"base":1,"fields":{"document":[]}}', [400, 422]],
    ['a field nobody knows', '{"base":1,"fields":{"state":"published"}}', [400, 422]],
    ['fields that are none', '{"base":1,"fields":7}', [400, 422]],
    ['sources that are none', '{"base":1,"fields":{"sources":[7,"x",[]]}}', [400, 422]],
    ['a base that is none', '{"base":"1","fields":{}}', [400, 422]],
    ['bytes', randomBytes(5000), [400, 422]],
    ['a file that runs', draft('[{"type":"file","href":"javascript:alert(1)","name":"x"}]'), [422]],
    ['an embed that runs', draft('[{"type":"embed","kind":"video","url":"data:text/html,x","source":"x"}]'), [422]],
  ]) {
    const answer = await asked(path, body).catch((error) => assert.fail(`${what}: ${error.cause ?? error}`));
    await refused(answer, statuses, what);
  }
  const { version, document } = await stored(id);
  assert.equal(version, 1);
  assert.deepEqual(document.blocks, paragraphs('As it was.').blocks);
});

test('50 MB for a draft is refused before it is read, and the server goes on', { timeout: 120_000 }, async () => {
  const id = await script.create();
  // The server may close while the client still sends: the client then has an error instead of the answer.
  const answer = await asked(`/desk/api/stories/${id}/draft`, Buffer.alloc(50 * MEGA, 'x')).catch(() => undefined);
  if (answer) await refused(answer, [413], '50 MB');
  const many = await Promise.all(Array.from({ length: 6 }, () => asked(`/desk/api/stories/${id}/draft`, Buffer.alloc(20 * MEGA, ' ')).then(({ status: said }) => said, () => 413)));
  assert.deepEqual([...new Set(many)], [413]);
  await script.save(id, 0, { headline: 'Goes on' });
  assert.equal((await read(newsroom.server, '/')).status, 200);
});

test('a story that has grown over the limit says so, stays on the device, and is saved when it is shorter', { timeout: 120_000 }, async () => {
  await writing(async (writer) => {
    const { page } = writer;
    const id = await begun(writer, newsroom.desk);
    await written(writer, { headline: 'Grown', paragraphs: ['Small.'] });
    // As many small pastes would: more than 6 MiB in the text.
    await page.evaluate(() => {
      for (let round = 0; round < 4; round += 1) {
        const data = new DataTransfer();
        data.setData('text/html', `<p>${'a long word '.repeat(45)}</p>`.repeat(3_100));
        document.getElementById('editor-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }
    });
    await until('a refusal in words', async () => /too long/.test(await page.locator('.status').innerText()), 45);
    assert.equal(await status(page), 'refused');
    const kept = await page.evaluate(async () => {
      const database = await new Promise((done) => { const asked = indexedDB.open('masthead-desk'); asked.onsuccess = () => done(asked.result); });
      return new Promise((done) => { const all = database.transaction('drafts').objectStore('drafts').getAll(); all.onsuccess = () => done(JSON.stringify(all.result).length); });
    });
    assert.ok(kept > 6 * MEGA, `the device has ${kept} bytes`);
    await text(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('Short again.');
    await page.locator('[data-status="saved"]').waitFor({ timeout: 30_000 });
    assert.deepEqual((await stored(id)).document.blocks, paragraphs('Short again.').blocks);
  });
});

test('ten thousand blocks open, take words at both ends, and are saved block for block', { timeout: 240_000 }, async () => {
  await writing(async (writer) => {
    const { page } = writer;
    const id = await script.create();
    const { blocks } = paragraphs(...Array.from({ length: 10_000 }, (_, index) => `Line ${index} of what somebody kept.`));
    const version = await script.save(id, 0, { headline: 'Ten thousand', document: { version: 1, blocks } });
    await editing(writer, newsroom.desk, id);
    await text(page).focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('First: ');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' The last.');
    await page.locator('[data-status="saved"]').waitFor({ timeout: 60_000 });
    await until('both on the server', async () => (await stored(id)).version > version, 30);
    await until('both ends', async () => (await stored(id)).document.blocks.at(-1).content[0].text.endsWith(' The last.'), 30);
    const now = (await stored(id)).document.blocks;
    assert.match(now[0].content[0].text, /^First: Line 0/);
    assert.deepEqual(now.slice(1, -1), blocks.slice(1, -1));
  });
});

const TRAPS = `<p onmouseover="pwned=1" style="background:url(https://evil.example/a)">Dragged <a href=" javascript:pwned=1">one</a>
  <a href="data:text/html;base64,PHNjcmlwdD4=">two</a> <a href="//evil.example/">three</a></p>
  <svg><use href="data:image/svg+xml,<svg onload=pwned>"/><foreignObject><iframe src="javascript:pwned"></iframe></foreignObject></svg>
  <img src=x onerror=pwned=1><video onloadstart=pwned=1><source onerror=pwned=1></video><details open ontoggle=pwned=1>more</details>
  <style>@import 'https://evil.example/b';</style><link rel=stylesheet href=https://evil.example/c><script>pwned=1</script>`;
const TRACES = /javascript|data:text|data:image|onerror|onload|ontoggle|onmouse|evil\.example|<svg|<script|pwned/i;

test('what is dragged from a hostile page, also in the guise of this editor, leaves its words and asks nobody', { timeout: 90_000 }, async () => {
  await writing(async (writer) => {
    const { page } = writer;
    const id = await begun(writer, newsroom.desk);
    await written(writer, { headline: 'Dragged', paragraphs: ['Before.'] });
    const others = [];
    const listen = (request) => { if (!request.url().startsWith(newsroom.desk) && !/^(blob|data):/.test(request.url())) others.push(request.url()); };
    page.on('request', listen);
    await drop(page, [], TRAPS);
    // As if it had been copied from this very editor.
    const carried = (block, attrs) => `<figure data-block="${block}" data-attrs='${JSON.stringify(attrs)}'><figcaption>Caption</figcaption></figure>`;
    await drop(page, [], `<div data-pm-slice="0 0 []">${carried('embed', { kind: 'video', url: 'javascript:pwned', source: 'x', title: '' })}${carried('file', { href: 'data:text/html,pwned', name: 'x', bytes: null })}${carried('unknown', { json: { type: 'file', href: 'javascript:pwned', name: 'x' } })}<p>Sliced.</p></div>`);
    await holds(id, 'Sliced.');
    await saved(page);
    const { document } = await stored(id);
    assert.match(JSON.stringify(document), /Dragged/);
    assert.doesNotMatch(JSON.stringify(document), TRACES);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    const preview = await script.ask('GET', `/desk/stories/${id}/as/site`);
    const shown = await script.page(preview.headers.get('location'));
    assert.doesNotMatch(/<main[\s\S]*<\/main>/.exec(shown)[0], TRACES);
    page.off('request', listen);
    none(others, 'another site was asked');
  });
});

test('of several dropped files the photo goes in, and each other one says why it does not', { timeout: 120_000 }, async () => {
  await writing(async (writer) => {
    const { page } = writer;
    const id = await begun(writer, newsroom.desk);
    await written(writer, { headline: 'Dropped', paragraphs: ['Before.'] });
    const good = await photo(writer, '#123456');
    const bomb = png(60_000, 60_000, deflateSync(Buffer.alloc(1000)));
    await drop(page, [
      ['notes.pdf', 'application/pdf', '%PDF-1.7'], ['drawing.svg', 'image/svg+xml', '<svg onload="pwned=1"/>'], ['page.html', 'text/html', '<script>pwned=1</script>'],
      ['no-type', '', 'words'], ['empty.png', 'image/png', ''], ['script.png', 'image/png', '<svg onload="pwned=1"/>'],
      ['half.jpg', 'image/jpeg', good.buffer.subarray(0, 200)], ['bomb.png', 'image/png', bomb], ['good.jpg', 'image/jpeg', good.buffer],
    ]);
    await text(page).locator('.block-photo img').waitFor({ timeout: 60_000 });
    await until('eight refusals', async () => await page.locator('.upload.is-failed').count() === 8, 60);
    const said = await page.locator('.upload.is-failed .upload-line').allInnerTexts();
    for (const name of ['notes.pdf', 'drawing.svg', 'page.html', 'no-type', 'empty.png', 'script.png', 'half.jpg', 'bomb.png']) {
      const line = said.find((each) => each.includes(name));
      assert.ok(line && line.length > name.length + 20, `${name}: ${line}`);
    }
    while (await card(page).count() > 0) await card(page).first().locator('button').last().click();
    await saved(page);
    assert.deepEqual((await stored(id)).document.blocks.map(({ type }) => type).toSorted(), ['paragraph', 'photo']);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  });
});

/// All that the newsroom's folder has but its database, by what it holds.
const objects = () => [...everyFile(newsroom.dir)].filter(({ path }) => !/\.(db|sqlite)/.test(path)).map(({ bytes }) => createHash('sha256').update(bytes).digest('hex')).toSorted();

test('an upload whose cable is cut half way says so, keeps the file, leaves nothing behind, and goes in with another try', { timeout: 180_000 }, async () => {
  const cut = await Cut.before(newsroom.server.address);
  try {
    await writing(async (writer) => {
      const { page } = writer;
      const id = await begun(writer, cut.origin);
      await written(writer, { headline: 'Cut', paragraphs: ['Before.'] });
      const photos = async () => (await script.search('photo', '')).length;
      const [things, had] = [objects(), await photos()];
      const file = noise(220);
      cut.after = file.length / 2;
      await drop(page, [['harbour.png', 'image/png', file]]);
      await page.locator('.upload.is-failed').waitFor({ timeout: 30_000 });
      assert.ok(cut.cuts >= 1, 'nothing was cut');
      assert.match(await page.locator('.upload-line').innerText(), /harbour\.png was not added: the connection broke/);
      assert.deepEqual(objects(), things, 'half an upload lies about');
      assert.equal(await photos(), had);

      // What is written meanwhile is saved, and the file still waits in its place.
      await typed(writer, 'Written meanwhile.');
      await holds(id, 'Written meanwhile.');
      await page.locator('.upload.is-failed').waitFor();

      cut.after = undefined;
      await card(page).locator('button').first().click();
      await text(page).locator('.block-photo img').waitFor({ timeout: 120_000 });
      await until('the photo in the story', async () => (await stored(id)).document.blocks.some(({ type }) => type === 'photo'), 20);
      assert.equal(await photos(), had + 1);
      assert.ok((await words(page)).includes('Written meanwhile.'));
    });
  } finally {
    cut.stop();
  }
});
