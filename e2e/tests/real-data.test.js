// The main job on real exports of other people's: imported, imported again, looked at.
//
// `MASTHEAD_REAL_DATA` names the folder; the exports are no part of the repository.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { succeed } from '../lib/binary.js';
import { launch } from '../lib/chromium.js';
import { crawl, isHtml } from '../lib/crawl.js';
import { inspect } from '../lib/inspect.js';
import { filesHolding, newNewsroom, serve } from '../lib/newsroom.js';
import { REPO, folder, none } from '../lib/place.js';
import { invalid } from '../lib/validator.js';

const DATA = process.env.MASTHEAD_REAL_DATA ?? resolve(REPO, '../shared/data');
const here = existsSync(DATA);
if (!here) console.error(`\n  !!! SKIPPED: real exports\n  !!! there is no ${DATA}; name their folder in MASTHEAD_REAL_DATA\n`);
const real = (name, work) => test(name, { skip: here ? false : 'no real exports here', timeout: 600_000 }, work);

/// Every export in the folder: {system, path}.
function exports() {
  const files = (sub, ext) => (existsSync(join(DATA, sub)) ? readdirSync(join(DATA, sub)).filter((name) => name.endsWith(ext)).map((name) => join(DATA, sub, name)) : []);
  const found = [
    ...files('wordpress', '.xml').map((path) => ({ system: 'wordpress', path })),
    ...files('ghost', '.json').map((path) => ({ system: 'ghost', path })),
  ];
  if (existsSync(join(DATA, 'substack/posts.csv'))) found.push({ system: 'substack', path: join(DATA, 'substack') });
  return found;
}

/// What stands in the exports and must stand nowhere here: e-mail addresses, IPs, logins' hashes and secrets.
function canaries() {
  const found = new Set();
  for (const { system, path } of exports()) {
    if (system === 'substack') continue;
    const text = readFileSync(path, 'utf8');
    const patterns = system === 'wordpress'
      ? [/<wp:(?:author_email|comment_author_email|comment_author_IP|user_pass|post_password)>([\s\S]*?)<\//g]
      : [/"(?:email|password|secret|api_key|token|ip|session_data)":\s*"([^"]+)"/g];
    for (const pattern of patterns) {
      for (const [, value] of text.matchAll(pattern)) {
        const bare = value.replace(/^<!\[CDATA\[|\]\]>$/g, '').trim();
        // A short word such as the password `enter` would be found in honest text.
        if (bare.length > 5) found.add(bare);
      }
    }
  }
  return [...found];
}

async function importAll(dir) {
  const reports = [];
  for (const { system, path } of exports()) {
    const report = await succeed(['import', system, path, '--no-fetch', '--data', dir, '--json']);
    reports.push({ system, path, report });
  }
  return reports;
}

const sum = (counts) => counts.imported + counts.updated + counts.unchanged + counts.kept_ours;

real('everything is imported twice, the second time changes nothing, and nobody’s data is kept', async (t) => {
  const dir = await newNewsroom('real', ['--time-zone', 'America/New_York']);
  const first = await importAll(dir);
  assert.ok(first.length >= 4, 'the exports are not all there');
  const standing = await succeed(['check', '--data', dir, '--json']);
  none(standing.findings.filter(({ level }) => level === 'wrong').map(({ what }) => what), 'the newsroom after the import');

  await t.test('the report accounts for every item', () => none(first.flatMap(unaccounted), 'items'));

  await t.test('the second import changes nothing', async () => {
    const second = await importAll(dir);
    none(second.flatMap(({ path, report }) => Object.entries(report.items)
      .filter(([, counts]) => counts.imported + counts.updated > 0)
      .map(([kind, counts]) => `${path}: ${kind} ${JSON.stringify(counts)}`)), 'changes');
    second.forEach(({ path, report }, at) => {
      for (const [kind, counts] of Object.entries(report.items)) {
        assert.equal(sum(counts), sum(first[at].report.items[kind]), `${path}: ${kind} is counted differently`);
      }
      assert.deepEqual(report.skipped_by_reason, first[at].report.skipped_by_reason, path);
    });
  });

  await t.test('no address, IP or secret of commenters and staff is in the folder or a report', () => {
    const words = canaries();
    assert.ok(words.length > 5, 'no canaries were found in the exports');
    const told = JSON.stringify(first.map(({ report }) => report));
    none([...filesHolding(dir, words), ...words.filter((word) => told.includes(word)).map((word) => `a report holds ${word}`)], 'canaries');
  });

  const server = await serve(dir);
  t.after(() => server.stop());
  let entries;
  await t.test('what is public reads without a broken page', async () => {
    entries = await crawl(server.address, folder('real-crawl'));
    const own = entries.filter((entry) => !entry.from.includes('the start of the crawl'));
    const broken = own.filter((entry) => entry.status >= 500 || (entry.status >= 400 && !oldLink(entry, entries)));
    none(broken.map((entry) => `${entry.path} is ${entry.status}; named by ${entry.from.join(', ')}`), 'broken pages');
    const most = Math.max(...entries.filter(isHtml).flatMap((entry) => [entry.bytes.br, entry.bytes.gzip]));
    assert.ok(most <= 12_288, `the largest page takes ${most} bytes`);
  });

  await t.test('the odd ones are there', () => {
    for (const slug of ODD) {
      assert.ok(entries.some((entry) => entry.path.endsWith(`/${slug}/`) && entry.status === 200 && isHtml(entry)), `no page for ${slug}`);
    }
  });

  await t.test('every imported page is valid HTML', async () => none(await invalid(entries.filter(isHtml)), 'invalid HTML'));

  await t.test('every imported page fits a small and a large window', async () => {
    const browser = await launch();
    t.after(() => browser.close());
    const page = await browser.newPage();
    const faults = [];
    for (const { path, kind } of entries.filter((entry) => isHtml(entry) && ['story', 'story part', 'static'].includes(entry.kind))) {
      await page.goto(new URL(path, server.address).href, { waitUntil: 'load' });
      for (const width of [320, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        faults.push(...(await page.evaluate(inspect)).map((fault) => `${path} (${kind}) at ${width} px: ${fault}`));
      }
    }
    none(faults, 'layouts');
  });

  await t.test('drafts, scheduled, private, trashed and locked posts are not public', async () => {
    const hidden = hiddenSlugs();
    assert.ok(hidden.length >= 2, 'the exports hold no hidden posts');
    none(entries.filter((entry) => entry.status === 200 && hidden.some((slug) => entry.path.split('/').includes(slug))).map((entry) => entry.path), 'public though hidden');
  });
});

/// Pages of the theme unit test that are odd on purpose.
const ODD = [
  'markup-html-tags-and-formatting', 'markup-image-alignment', 'media-twitter-embeds', 'title-with-special-characters', 'block-gallery', 'blocks-embeds',
  'edge-case-nested-and-mixed-lists', 'template-paginated',
];

/// A link that the author wrote to a page that the export does not hold is no fault of ours.
function oldLink(entry, entries) {
  return entry.status === 404 && !entries.some((other) => other.status === 200 && !isHtml(other) && entry.from.includes(other.path));
}

/// What the file holds and the report does not count.
function unaccounted({ system, path, report }) {
  const counted = Object.values(report.items).reduce((all, counts) => all + sum(counts), 0);
  const skipped = Object.values(report.skipped_by_reason).reduce((all, count) => all + count, 0);
  const held = itemsIn(system, path);
  return counted + skipped >= held ? [] : [`${path} holds ${held} items; ${counted} are counted and ${skipped} skipped`];
}

function itemsIn(system, path) {
  if (system === 'wordpress') return readFileSync(path, 'utf8').split('<item>').length - 1;
  if (system === 'substack') return readFileSync(join(path, 'posts.csv'), 'utf8').trim().split('\n').length - 1;
  const whole = JSON.parse(readFileSync(path, 'utf8'));
  return (whole.db?.[0] ?? whole).data.posts.length;
}

/// The slugs of posts in WordPress exports that no reader may see.
function hiddenSlugs() {
  const shown = new Set();
  const hidden = new Set();
  const value = (item, name) => (new RegExp(`<wp:${name}>([\\s\\S]*?)</wp:${name}>`).exec(item)?.[1] ?? '').replace(/^<!\[CDATA\[|\]\]>$/g, '').trim();
  for (const { path } of exports().filter(({ system }) => system === 'wordpress')) {
    for (const item of readFileSync(path, 'utf8').split('<item>').slice(1)) {
      const slug = value(item, 'post_name');
      if (!slug || !['post', 'page'].includes(value(item, 'post_type'))) continue;
      const open = value(item, 'status') === 'publish' && !value(item, 'post_password');
      (open ? shown : hidden).add(slug);
    }
  }
  return [...hidden].filter((slug) => !shown.has(slug));
}
