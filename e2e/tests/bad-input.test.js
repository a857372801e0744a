// An installation that is set up wrongly is refused by name, with what to do, and what was there is still there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { masthead, succeed } from '../lib/binary.js';
import { everyFile } from '../lib/files.js';
import { newNewsroom } from '../lib/newsroom.js';
import { BINARY, folder, skip } from '../lib/place.js';
import { SMALL, filled, refused } from '../lib/refusal.js';

const work = folder('bad-input');

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
    'import sqlite3, sys', 'db = sqlite3.connect(sys.argv[1])', 'db.execute("UPDATE schema_version SET version = 9999 WHERE version = (SELECT max(version) FROM schema_version)")',
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

test('a theme that is just made is fine', async () => {
  const dir = join(work, 'fresh-theme');
  await succeed(['theme', 'new', dir]);
  const checked = await masthead(['theme', 'check', dir]);
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
});

test('settings that make no sense are refused with what would', async () => {
  const dir = await newNewsroom('settings');
  await refused(['settings', 'set', 'time_zone', 'Mars/Olympus', '--data', dir], [/Mars\/Olympus/]);
  await refused(['settings', 'set', 'adress', 'https://a.example', '--data', dir], [/adress/, /address/]);
  await refused(['settings', 'set', 'address', 'not an address', '--data', dir], [/address|https/]);
});
