// Everything that can be given wrongly is refused by name, with what to do, and what was there is still there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { masthead, succeed } from '../lib/binary.js';
import { everyFile } from '../lib/files.js';
import { newNewsroom, serve, writeStories } from '../lib/newsroom.js';
import { BINARY, E2E, folder, skip } from '../lib/place.js';
import { Wire } from '../lib/wire.js';

const SMALL = join(E2E, 'fixtures/small.wordpress.xml');
const work = folder('bad');

/// A newsroom with two stories in it.
async function filled(name) {
  const dir = await newNewsroom(name);
  await succeed(['import', 'wordpress', SMALL, '--no-fetch', '--data', dir, '--json']);
  return dir;
}

/// The command fails, with every one of `words` in what it says, in few words and without a panic.
async function refused(args, words, options = {}) {
  const { code, stdout, stderr } = await masthead(args, { seconds: 60, ...options });
  const said = `${stderr}\n${stdout}`;
  assert.ok(code !== 0 && code !== null, `it ended with ${code}:\n${said}`);
  assert.ok(!/panicked|RUST_BACKTRACE/.test(said), said);
  assert.match(stderr, /^error: /m, said);
  for (const word of words) assert.match(said, word, `${word} is not in:\n${said}`);
  assert.ok(stderr.length < 2000, `too many words:\n${stderr}`);
  return said;
}

/// What readers see of the two stories, by asking a server over the folder.
async function seen(dir) {
  const server = await serve(dir);
  const wire = new Wire(server.address);
  const story = await wire.get('/2024/03/01/the-bridge-opens/');
  const front = await wire.get('/');
  wire.close();
  await server.stop();
  return [story.status, story.body.toString(), front.status, front.body.toString()];
}

test('a port in use is named, with another to try', async (t) => {
  const dir = await newNewsroom('port');
  const taken = net.createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await new Promise((up) => taken.once('listening', up));
  const { port } = taken.address();
  await refused(['serve', '--data', dir, '--listen', `127.0.0.1:${port}`], [new RegExp(`port ${port} is in use`), /--listen/]);
});

test('an address that is none is refused with an example', async () => {
  const dir = await newNewsroom('address');
  await refused(['serve', '--data', dir, '--listen', 'localhost'], [/localhost/, /127\.0\.0\.1:8080/]);
});

test('a typo in the configuration names its line and the right key', async () => {
  const dir = await newNewsroom('typo');
  const file = join(dir, 'masthead.toml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\ndatabse = "sqlite"\n`);
  await refused(['serve', '--data', dir, '--listen', '127.0.0.1:0'], [/line \d+/, /databse/, /database/, /masthead\.toml/]);
  const { code, stdout } = await masthead(['check', '--data', dir]);
  assert.notEqual(code, 0);
  assert.match(stdout, /databse/);
});

test('a configuration that is no TOML is refused with its file and place', async () => {
  const dir = await newNewsroom('toml');
  writeFileSync(join(dir, 'masthead.toml'), 'listen = "127.0.0.1:1\n[[[\n');
  await refused(['serve', '--data', dir], [/masthead\.toml/, /TOML/, /line 1|1:|1 \|/]);
});

test('a folder that is no newsroom is refused with the way to make one', async () => {
  await refused(['serve', '--data', join(work, 'nowhere')], [/nowhere/, /masthead init/, /--data/]);
});

test('a folder that holds something is not made into a newsroom', async () => {
  const dir = join(work, 'full');
  mkdirSync(dir);
  writeFileSync(join(dir, 'diary.txt'), 'mine');
  await refused(['init', dir], [/full/, /not empty/]);
  assert.equal(readFileSync(join(dir, 'diary.txt'), 'utf8'), 'mine');
});

test('a command that does not exist names the nearest', async () => {
  await refused(['improt'], [/improt/, /import/]);
});

test('a database of a newer version is left alone and says what to do', async () => {
  const dir = await filled('newer');
  const database = join(dir, 'newsroom.db');
  const script = [
    'import sqlite3, sys', 'db = sqlite3.connect(sys.argv[1])', 'db.execute("UPDATE schema_version SET version = 9999")',
    'db.commit()', 'db.execute("PRAGMA wal_checkpoint(TRUNCATE)")',
  ].join('\n');
  execFileSync('python3', ['-c', script, database]);
  const before = readFileSync(database);
  await refused(['serve', '--data', dir, '--listen', '127.0.0.1:0'], [/newer/i, /masthead|version|update|upgrade/i]);
  assert.ok(readFileSync(database).equals(before), 'the database was written to');
});

test('a database that is none is refused and left alone', async () => {
  const dir = await newNewsroom('nodb');
  // What stands in the log beside it would mend it.
  for (const end of ['-wal', '-shm']) rmSync(join(dir, `newsroom.db${end}`), { force: true });
  writeFileSync(join(dir, 'newsroom.db'), 'this is a shopping list\n'.repeat(400));
  await refused(['serve', '--data', dir, '--listen', '127.0.0.1:0'], [/database/i]);
  assert.match(readFileSync(join(dir, 'newsroom.db'), 'utf8'), /^this is a shopping list/);
});

test('a folder that may only be read is refused with its name', async (t) => {
  const dir = await filled('readonly');
  const root = process.getuid() === 0;
  // Root may write everywhere, so the check runs as somebody else.
  const as = root ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  if (root) {
    try {
      execFileSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', BINARY, '--version'], { stdio: 'ignore' });
    } catch {
      return skip(t, 'running as root, and setpriv cannot run the binary as somebody else');
    }
  }
  const before = [...everyFile(dir)].map(({ path, bytes }) => [path, bytes]);
  execFileSync('chmod', ['755', join(dir, '..')]);
  execFileSync('chmod', ['-R', 'a+rX,a-w', dir]);
  t.after(() => execFileSync('chmod', ['-R', 'u+w', dir]));
  await refused(['import', 'wordpress', SMALL, '--no-fetch', '--data', dir], [/writ|read-only|may only be read/i], { as });
  assert.deepEqual([...everyFile(dir)].map(({ path, bytes }) => [path, bytes]).filter(([path]) => !/-(wal|shm)$/.test(path)), before.filter(([path]) => !/-(wal|shm)$/.test(path)));
  return undefined;
});

test('a backup that was cut off restores nothing', async () => {
  const dir = await filled('cut');
  const file = join(work, 'cut.tar.zst');
  await succeed(['backup', file, '--data', dir, '--json']);
  truncateSync(file, Math.floor(readFileSync(file).length * 0.6));
  const to = join(work, 'from-cut');
  await refused(['restore', file, to], [/cut|damaged|incomplete|whole|breaks off|truncated/i]);
  await refused(['serve', '--data', to], [/not a newsroom/]);
});

test('a backup with one bit turned restores nothing', async () => {
  const dir = await filled('bit');
  const file = join(work, 'bit.tar.zst');
  await succeed(['backup', file, '--data', dir, '--json']);
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)] ^= 0x10;
  writeFileSync(file, bytes);
  await refused(['restore', file, join(work, 'from-bit')], [/backup/i]);
});

test('a file that is no backup is refused', async () => {
  await refused(['restore', SMALL, join(work, 'from-none')], [/backup/i]);
  await refused(['restore', join(work, 'missing.tar.zst'), join(work, 'from-missing')], [/missing\.tar\.zst/]);
});

test('a backup is not written over a file that is no backup', async () => {
  const dir = await filled('over');
  const file = join(work, 'precious.txt');
  writeFileSync(file, 'precious');
  await refused(['backup', file, '--data', dir], [/precious\.txt/]);
  assert.equal(readFileSync(file, 'utf8'), 'precious');
});

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
  const file = join(source, 'stories/bulletin-1.en.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n![A lie](../photos/lie.jpg)\n\n![Junk](../photos/junk.png)\n\n![Gone](../photos/gone.jpg)\n`);
  const report = await succeed(['import', 'markdown', source, '--data', dir, '--json']);
  assert.equal(report.items.story.imported, 1);
  const missing = Object.keys(report.photos_missing).join(' ');
  for (const name of ['lie.jpg', 'junk.png', 'gone.jpg']) assert.ok(missing.includes(name), `${name} is not told: ${JSON.stringify(report.photos_missing)}`);
  const server = await serve(dir);
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/2025/06/02/bulletin-1/')).status, 200);
  wire.close();
  await server.stop();
});

test('a broken template never takes a page down, and is told', async () => {
  const dir = await filled('theme');
  mkdirSync(join(dir, 'theme/templates'), { recursive: true });
  writeFileSync(join(dir, 'theme/templates/story.html'), '{% extends "base.html" %}{% block main %}{{ headline }{% endblock %}');
  const server = await serve(dir);
  const wire = new Wire(server.address);
  const story = await wire.get('/2024/03/01/the-bridge-opens/');
  wire.close();
  await server.stop();
  assert.equal(story.status, 200);
  assert.match(story.body.toString(), /The bridge opens on Monday/);
  assert.match(server.log, /story\.html/);
  const checked = await masthead(['theme', 'check', join(dir, 'theme')]);
  assert.notEqual(checked.code, 0);
  assert.match(checked.stdout + checked.stderr, /story\.html/);
});

test('a theme that is just made is fine', async () => {
  const dir = join(work, 'fresh-theme');
  await succeed(['theme', 'new', dir]);
  const checked = await masthead(['theme', 'check', dir]);
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
});

test('addresses that lead nowhere good are refused, and the server lives', async (t) => {
  const dir = await filled('paths');
  const server = await serve(dir);
  t.after(() => server.stop());
  const wrong = [
    '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/media/../newsroom.db', '/media/%2e%2e%2fnewsroom.db', '/assets/..%5c..%5cmasthead.toml',
    '/media//etc/passwd', '/a%00b/', '/%00', '/%ff%fe/', '/%zz/', `/${'a'.repeat(10_240)}/`, `/?p=${'1'.repeat(10_240)}`, '//etc/passwd',
    '/2024/99/99/x/', '/archive/9999999999/99/', '/latest/page/0/', '/latest/page/99999999999999999999/', '/topics/page/-1/',
    '/share/telegram/', '/share/nobody/2024/03/01/the-bridge-opens/', '/newsroom.db', '/masthead.toml', '/.git/config',
  ];
  for (const path of wrong) {
    const wire = new Wire(server.address);
    const { status, body } = await wire.get(path);
    wire.close();
    assert.ok(status >= 400 && status < 500, `${path.slice(0, 80)} is ${status}`);
    assert.ok(!/root:|SQLite format|listen =/.test(body.toString()), `${path} gives a file away`);
  }
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/')).status, 200);
  wire.close();
});

test('requests that break the rules of HTTP are refused, and the server lives', async (t) => {
  const dir = await filled('rules');
  const server = await serve(dir);
  t.after(() => server.stop());
  const requests = [
    'GET / HTTP/1.1\r\n\r\n', 'GET\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: h\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc',
    'POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 99999999999\r\n\r\nabc', 'DELETE / HTTP/1.1\r\nhost: h\r\n\r\n',
  ];
  for (const request of requests) {
    const wire = new Wire(server.address, { milliseconds: 5000 });
    const answer = await wire.send(request, false).catch((error) => error);
    wire.close();
    if (answer.status) assert.ok(answer.status < 500, `${request.slice(0, 40)} is ${answer.status}`);
  }
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/')).status, 200);
  wire.close();
});

test('an import while the newsroom serves is seen at once, and a killed one can go on', { timeout: 180_000 }, async (t) => {
  const dir = await newNewsroom('killed');
  const server = await serve(dir);
  t.after(() => server.stop());
  const source = join(work, 'many');
  writeStories(source, 1, 400);
  const { spawn } = await import('node:child_process');
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

test('settings that make no sense are refused with what would', async () => {
  const dir = await newNewsroom('settings');
  await refused(['settings', 'set', 'time_zone', 'Mars/Olympus', '--data', dir], [/Mars\/Olympus/]);
  await refused(['settings', 'set', 'adress', 'https://a.example', '--data', dir], [/adress/, /address/]);
  await refused(['settings', 'set', 'address', 'not an address', '--data', dir], [/address|https/]);
});
