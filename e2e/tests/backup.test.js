// A backup taken while the newsroom serves and publishes restores to the same bytes of every page, on both databases.

import assert from 'node:assert/strict';
import { appendFileSync, cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { masthead, start, succeed } from '../lib/binary.js';
import { bodyOf, crawl, isHtml } from '../lib/crawl.js';
import { serve, writeStories } from '../lib/newsroom.js';
import { folder, none, skip } from '../lib/place.js';
import { emptyDatabase } from '../lib/postgres.js';
import { Wire, decoded } from '../lib/wire.js';

const work = folder('backup');
const kept = join(work, 'newsroom');
const busy = join(work, 'busy.tar.zst');
const quiet = join(work, 'quiet.tar.zst');
let demo;
let pages;

before(async () => {
  demo = await start(['demo', '--keep', kept, '--listen', '127.0.0.1:0', '--json']);
}, { timeout: 120_000 });
after(() => demo?.stop());

/// Serves what was restored. How money comes is said in the newsroom's configuration, which the demo has in no file.
function servePaying(restored) {
  appendFileSync(join(restored, 'masthead.toml'), '\n[payments]\nsandbox = true\n');
  return serve(restored);
}

/// Readers who never pause, until `stop` is called; how many answers they got.
function readers(address, paths, count = 3) {
  let going = true;
  let answers = 0;
  const failures = [];
  const reader = async () => {
    const wire = new Wire(address);
    while (going) {
      for (const path of paths) {
        if (!going) break;
        const { status } = await wire.get(path, { 'accept-encoding': 'br' });
        answers += 1;
        if (status !== 200) failures.push(`${path} is ${status}`);
      }
    }
    wire.close();
  };
  const all = Promise.all(Array.from({ length: count }, reader));
  return async () => { going = false; await all; none(failures, 'answers under load'); return answers; };
}

/// Every page that is as it was, byte for byte; feeds and sitemaps too, but for the host that they name.
async function same(address, wanted, from) {
  const wire = new Wire(address);
  const faults = [];
  for (const entry of wanted) {
    const answer = await wire.get(entry.path);
    const [was, is] = [bodyOf(entry), decoded(answer)];
    if (answer.status !== entry.status) faults.push(`${entry.path} is ${answer.status}, was ${entry.status}`);
    else if (isHtml(entry) || /^(image|font)/.test(entry.type) ? !is.equals(was) : is.toString().replaceAll(address, from) !== was.toString()) faults.push(`${entry.path} has other bytes`);
  }
  wire.close();
  none(faults, 'pages that a restore changed');
}

test('a backup made while stories are imported and read is whole and of one moment', { timeout: 600_000 }, async () => {
  const stop = readers(demo.address, ['/', '/latest/', '/2025/07/11/lavrov-arrives-in-wonsan/', '/feed.xml', '/archive/']);
  let importing = true;
  const imports = (async () => {
    let written = 0;
    for (let round = 0; importing && round < 50; round += 1) {
      const source = join(work, `import-${round}`);
      writeStories(source, written, 20);
      written += 20;
      await succeed(['import', 'markdown', source, '--data', kept, '--json']);
    }
    return written;
  })();
  await succeed(['backup', busy, '--data', kept, '--json']);
  importing = false;
  const written = await imports;
  const answers = await stop();
  assert.ok(answers > 0 && written > 0);
  const restored = join(work, 'from-busy');
  await succeed(['restore', busy, restored, '--json']);
  // Readers are sealed with keys that no backup holds: they come from where they are kept apart.
  cpSync(join(kept, 'keys'), join(restored, 'keys'), { recursive: true });
  const check = JSON.parse((await masthead(['check', '--data', restored, '--json'])).stdout);
  // The demo's domain is nobody's, and has no DNS; neither its address nor its sandbox is in a file that could be restored.
  const elsewhere = /SPF|DKIM|DMARC|contributions are taken/;
  none(check.findings.filter(({ level, what }) => level === 'wrong' && !elsewhere.test(what)).map(({ what }) => what), 'the restored newsroom');
  const server = await serve(restored);
  const wire = new Wire(server.address);
  for (const path of ['/', '/latest/', '/ru/', '/fa/', '/sitemap.xml']) assert.equal((await wire.get(path)).status, 200, path);
  wire.close();
  await server.stop();
});

test('imported stories are public at once, without a restart', async () => {
  const wire = new Wire(demo.address);
  const latest = await wire.get('/2025/06/01/bulletin-0/');
  assert.equal(latest.status, 200);
  wire.close();
});

test('a backup under reading load restores to the same bytes of every page on SQLite', { timeout: 900_000 }, async () => {
  const found = await crawl(demo.address, join(work, 'crawl'));
  // Where forms are sent to is no page either.
  pages = found.filter((entry) => !entry.path.startsWith('/share/') && !entry.path.startsWith('/-/'));
  none(pages.filter((entry) => entry.status !== 200).map((entry) => `${entry.path} is ${entry.status}; named by ${entry.from.join(', ')}`), 'broken addresses');
  const stop = readers(demo.address, pages.filter(isHtml).slice(0, 60).map((entry) => entry.path), 2);
  await succeed(['backup', quiet, '--data', kept, '--json']);
  await stop();
  assert.ok(statSync(quiet).size > 10_000 && pages.filter(isHtml).length > 100);
  console.log(`${pages.length} answers are compared, ${pages.filter(isHtml).length} of them pages`);
  const restored = join(work, 'from-quiet');
  await succeed(['restore', quiet, restored, '--json']);
  const server = await servePaying(restored);
  await same(server.address, pages, demo.address);
  await server.stop();
});

test('the same backup restores to the same bytes of every page on PostgreSQL', { timeout: 900_000 }, async (t) => {
  const database = await emptyDatabase();
  if (!database) return skip(t, 'no PostgreSQL: install it, or name a server in MASTHEAD_TEST_POSTGRES');
  t.after(database.stop);
  const restored = join(work, 'on-postgres');
  await succeed(['restore', quiet, restored, '--database', database.url, '--json']);
  const server = await servePaying(restored);
  t.after(() => server.stop());
  await same(server.address, pages, demo.address);
  return undefined;
});
