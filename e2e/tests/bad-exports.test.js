// Exports that are damaged, hostile or odd: refused or told by name, and the newsroom stands as it was.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';

import { masthead, succeed } from '../lib/binary.js';
import { newNewsroom, serve, writeStories } from '../lib/newsroom.js';
import { BINARY, folder, skip } from '../lib/place.js';
import { SMALL, filled, refused, seen } from '../lib/refusal.js';
import { Wire } from '../lib/wire.js';

const work = folder('bad-exports');

const whole = readFileSync(SMALL);
const BAD_EXPORTS = {
  'that is cut off': { bytes: whole.subarray(0, Math.floor(whole.length * 0.55)), words: [/damaged|breaks off|ends|cut/i, /export/i] },
  'that is garbage': { bytes: Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919 + 13) % 256)), words: [/WordPress|WXR/] },
  'that is empty': { bytes: Buffer.alloc(0), words: [/WordPress|WXR|empty/] },
  'that is another kind of XML': { bytes: Buffer.from('<?xml version="1.0"?><opml version="2.0"><body/></opml>'), words: [/WordPress|WXR/] },
  'that is a bomb of entities': {
    bytes: Buffer.from(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">${Array.from({ length: 12 }, (_, at) => `<!ENTITY ${'bcdefghijklmn'[at]} "${`&${'abcdefghijklm'[at]};`.repeat(10)}">`).join('')}]><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>&m;</title><wp:wxr_version>1.2</wp:wxr_version></channel></rss>`),
    words: [/entit|DOCTYPE/i],
  },
  'whose entity reads a file': {
    bytes: Buffer.from(whole.toString().replace('<rss', '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss').replace('The Small Paper', '&x;')),
    words: [/entit|DOCTYPE/i],
  },
};
for (const [which, { bytes, words }] of Object.entries(BAD_EXPORTS)) {
  test(`an export ${which} is refused, and the newsroom stands as it was`, async () => {
    const dir = await filled('export');
    const before = await seen(dir);
    const file = join(work, `export-${which.replaceAll(' ', '-')}.xml`);
    writeFileSync(file, bytes);
    await refused(['import', 'wordpress', file, '--no-fetch', '--data', dir], [...words, new RegExp(`export-${which.replaceAll(' ', '-')}`)]);
    assert.deepEqual(await seen(dir), before);
  });
}

test('an export in UTF-16 is read as if it were UTF-8, or refused by name', async () => {
  const dir = await newNewsroom('utf16');
  const file = join(work, 'utf16.xml');
  const text = whole.toString().replace('encoding="UTF-8"', 'encoding="UTF-16"');
  writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  const ran = await masthead(['import', 'wordpress', file, '--no-fetch', '--data', dir, '--json']);
  if (ran.code === 0) assert.equal(JSON.parse(ran.stdout).items.story.imported, 2);
  else assert.match(ran.stderr, /UTF-16[\s\S]*UTF-8/);
});

test('an export in windows-1251 is read with its letters, or refused by name', async () => {
  const dir = await newNewsroom('cp1251');
  const file = join(work, 'cp1251.xml');
  const text = whole.toString().replace('encoding="UTF-8"', 'encoding="windows-1251"').replace('The bridge opens on Monday', '\u00cc\u00ee\u00f1\u00f2');
  writeFileSync(file, Buffer.from(text, 'latin1'));
  const ran = await masthead(['import', 'wordpress', file, '--no-fetch', '--data', dir, '--json']);
  if (ran.code === 0) assert.match((await seen(dir))[1], /Мост/);
  else assert.match(ran.stderr, /windows-1251|UTF-8/i);
});

test('an export with a byte that is no UTF-8 loses no story', async () => {
  const dir = await newNewsroom('byte');
  const file = join(work, 'byte.xml');
  const at = whole.indexOf('Trams follow');
  writeFileSync(file, Buffer.concat([whole.subarray(0, at), Buffer.from([0xff, 0xfe, 0x20]), whole.subarray(at)]));
  const ran = await masthead(['import', 'wordpress', file, '--no-fetch', '--data', dir, '--json']);
  if (ran.code === 0) assert.match((await seen(dir))[1], /Trams follow/);
  else assert.match(ran.stderr, /UTF-8/);
});

test('an export of another system says which it is not', async () => {
  const dir = await newNewsroom('mixed');
  await refused(['import', 'ghost', SMALL, '--data', dir], [/Ghost/]);
  await refused(['import', 'substack', SMALL, '--data', dir], [/Substack/i]);
  const empty = join(work, 'empty');
  mkdirSync(empty);
  await refused(['import', 'markdown', empty, '--data', dir], [/Markdown/]);
  writeFileSync(join(work, 'list.json'), '[1, 2, 3]');
  await refused(['import', 'ghost', join(work, 'list.json'), '--data', dir], [/Ghost/]);
});

test('a path that is not there is named', async () => {
  const dir = await newNewsroom('missing');
  await refused(['import', 'wordpress', join(work, 'not-here.xml'), '--data', dir], [/not-here\.xml/, /export/]);
});

test('a story without a title, a taken slug and a broken front matter are told, and the others stand', async () => {
  const dir = await newNewsroom('odd');
  const source = join(work, 'odd');
  writeStories(source, 1, 2);
  const story = (name, head, text = 'Some words.') => writeFileSync(join(source, 'stories', name), `---\n${head}\n---\n${text}\n`);
  story('untitled.en.md', 'date: 2025-06-03T08:00:00Z\nlanguage: en');
  story('taken.en.md', 'title: The same again\nslug: bulletin-1\nlanguage: en\ndate: 2025-06-02T08:00:00Z');
  story('broken.en.md', 'title: [unclosed\ndate: {');
  const report = await succeed(['import', 'markdown', source, '--data', dir, '--json']);
  const { imported } = report.items.story;
  assert.equal(imported + report.skipped.length, 5, JSON.stringify(report));
  const told = JSON.stringify([report.remarks, report.skipped]);
  assert.match(told, /title|headline/i);
  assert.match(told, /slug|address|taken/i);
  assert.match(told, /broken\.en\.md/);
});

test('a photo that is none is told, and its story stands', async () => {
  const dir = await newNewsroom('photos');
  const source = join(work, 'photos-in');
  writeStories(source, 1, 1);
  mkdirSync(join(source, 'photos'));
  writeFileSync(join(source, 'photos/lie.jpg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  writeFileSync(join(source, 'photos/junk.png'), Buffer.alloc(5000, 7));
  writeFileSync(join(source, 'photos/bomb.png'), bomb());
  const file = join(source, 'stories/bulletin-1.en.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n![A lie](../photos/lie.jpg)\n\n![Junk](../photos/junk.png)\n\n![Bomb](../photos/bomb.png)\n\n![Gone](../photos/gone.jpg)\n`);
  const report = await succeed(['import', 'markdown', source, '--data', dir, '--json']);
  assert.equal(report.items.story.imported, 1);
  const missing = Object.keys(report.photos_missing).join(' ');
  for (const name of ['lie.jpg', 'junk.png', 'bomb.png', 'gone.jpg']) assert.ok(missing.includes(name), `${name} is not told: ${JSON.stringify(report.photos_missing)}`);
  const server = await serve(dir);
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/2025/06/02/bulletin-1/')).status, 200);
  wire.close();
  await server.stop();
});

/// A PNG of a few hundred bytes that says it is 60,000 × 60,000 pixels.
function bomb() {
  const chunk = (kind, data) => {
    const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(kind), data, Buffer.alloc(4)]);
    bytes.writeUInt32BE(data.length);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
    return bytes;
  };
  const size = Buffer.from([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))]);
}

test('a disk that fills during an import is named, and with room the import goes on', { timeout: 180_000 }, async (t) => {
  const disk = join(work, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return skip(t, 'no small disk can be mounted here; run as root');
  }
  t.after(() => execFileSync('umount', ['-l', disk]));
  const dir = join(disk, 'newsroom');
  await succeed(['init', dir]);
  await succeed(['import', 'wordpress', SMALL, '--no-fetch', '--data', dir, '--json']);
  const source = join(work, 'too-many');
  writeStories(source, 1, 1500);
  await refused(['import', 'markdown', source, '--data', dir], [/disk/i, /full|room/i]);
  execFileSync('mount', ['-o', 'remount,size=200m', disk]);
  assert.equal((await seen(dir))[0], 200, 'the stories of before are gone');
  const { imported, unchanged } = (await succeed(['import', 'markdown', source, '--data', dir, '--json'])).items.story;
  assert.equal(imported + unchanged, 1500);
  return undefined;
});

test('an import while the newsroom serves is seen at once, and a killed one can go on', { timeout: 180_000 }, async (t) => {
  const dir = await newNewsroom('killed');
  const server = await serve(dir);
  t.after(() => server.stop());
  const source = join(work, 'many');
  writeStories(source, 1, 400);
  const child = spawn(BINARY, ['import', 'markdown', source, '--data', dir, '--json'], { stdio: 'ignore' });
  const ended = new Promise((done) => child.on('close', done));
  setTimeout(() => child.kill('SIGKILL'), 700);
  await ended;
  const report = await succeed(['import', 'markdown', source, '--data', dir, '--json']);
  const { imported, unchanged, updated } = report.items.story;
  assert.equal(imported + unchanged + updated, 400);
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/2025/06/02/bulletin-1/')).status, 200);
  assert.equal((await wire.get('/sitemap-2.xml')).body.toString().split('/bulletin-').length - 1, 400);
  wire.close();
});
