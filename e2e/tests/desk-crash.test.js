// The server is ended at every point at which publishing, scheduling and uploading can be cut in two, and at random
// moments while somebody writes. Started again, everything agrees: story, page, front page, feed, sitemap, the desk's list
// and search, audit log, journal and jobs say that all of it happened, or that nothing did. On both databases.

import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { closeBrowser, firstLink } from '../lib/desk.js';
import { paragraphs, signedIn } from '../lib/editor.js';
import { newNewsroom, serve } from '../lib/newsroom.js';
import { none, skip, until } from '../lib/place.js';
import { emptyDatabase } from '../lib/postgres.js';
import { rows } from '../lib/rows.js';

const PUBLISH = { 'publish.begun': false, 'publish.before_commit': false, 'publish.after_commit': true, 'publish.after_follow': true };
const UPLOAD = { 'upload.stored': false, 'upload.before_commit': false, 'upload.after_commit': true };
const ROUNDS = 10;

let postgres;
before(async () => { postgres = await emptyDatabase(); }, { timeout: 120_000 });
after(async () => {
  await closeBrowser();
  postgres?.stop();
});

/// A newsroom with an editor, and a server that is ended and started at will.
class House {
  static async make(database) {
    const house = new House();
    const dir = await newNewsroom('crash', database ? ['--database', database] : []);
    Object.assign(house, { newsroom: { dir, database }, number: 0 });
    house.server = await serve(dir);
    house.editor = await signedIn(await firstLink(house.server), 'vera');
    await house.editor.at(house.server);
    return house;
  }

  /// Kills whatever runs and starts anew, to end at `point` if one is named.
  async start(point) {
    await this.server.stop('SIGKILL');
    this.server = await serve(this.newsroom.dir, point ? { MASTHEAD_ABORT_AT: point } : {});
    await this.editor.at(this.server);
  }

  /// Does something during which the server ends itself.
  async during(point, act) {
    await this.start(point);
    await act().catch(() => undefined);
    await until(`the end at ${point}`, () => this.server.child.signalCode, 30);
    assert.equal(this.server.child.signalCode, 'SIGABRT', `${point}\n${this.server.log}`);
  }

  rows(sql, ids) {
    return rows(this.newsroom, sql, ids);
  }

  /// A saved draft that nothing else is like.
  async draft(name) {
    this.number += 1;
    const word = `tide${this.number}${name.replaceAll(/[^a-z]/g, '')}`;
    const id = await this.editor.create();
    const version = await this.editor.save(id, 0, { headline: `Bulletin ${word}`, document: paragraphs(`First text of ${word}.`) });
    return { id, word, version, slug: `bulletin-${word}`, first: `First text of ${word}.`, second: `Second text of ${word}.` };
  }

  async read(path) {
    const answer = await fetch(new URL(path, this.server.address), { redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  }

  /// All sitemaps that the list names, as one text.
  async sitemaps() {
    const { text } = await this.read('/sitemap.xml');
    const listed = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
    return (await Promise.all(listed.map(async (path) => (await this.read(path)).text))).join('\n');
  }
}

const counted = (found) => Object.fromEntries(found.map(({ name, n }) => [name, n]));

/// Whether everything that shows a story shows it in one and the same state; what does not. `shown` is the text that
/// readers have, or nothing. `deeds` are the audit rows that there must be, `told` the journal's, `jobs` those for it.
async function agree(house, story, { state, shown, deeds, told, jobs = {} }) {
  const faults = [];
  const same = (what, found, wanted) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  };
  const [row] = house.rows(`SELECT s.state, s.path, d.state AS listed, w.version, w.published FROM story s
    JOIN story_desk d ON d.story = s.id JOIN story_draft w ON w.story = s.id WHERE s.id = {id}`, story);
  same('state', row.state, state);
  same('state in the list', row.listed, state);
  same('a path', Boolean(row.path), Boolean(shown));
  same('audit', counted(house.rows(`SELECT action AS name, count(*) AS n FROM audit WHERE subject = {id}
    AND action IN ('story_published', 'story_changed', 'story.schedule') GROUP BY action ORDER BY action`, story)), deeds);
  same('journal', counted(house.rows(`SELECT kind AS name, count(*) AS n FROM journal WHERE subject = {id}
    GROUP BY kind ORDER BY kind`, story)), told);
  same('jobs', counted(house.rows(`SELECT state AS name, count(*) AS n FROM job WHERE payload LIKE '%${story.id}%'
    GROUP BY state ORDER BY state`)), jobs);
  const tag = new RegExp(`class="tag ${state}"`);
  const check = await house.editor.page(`/desk/stories/${story.id}/check`);
  same('the desk page says the state', tag.test(check), true);
  const list = await house.editor.page(`/desk/stories?q=${story.word}`);
  same('the list finds it', list.includes(`/desk/stories/${story.id}/check`) && tag.test(list), true);
  const found = await house.editor.search('story', story.word);
  same('search offers it to link to', found.map(({ id }) => id), shown ? [row.path] : []);
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const path = row.path ?? `/${today}/${story.slug}/`;
  const page = await house.read(path);
  same('page', page.status, shown ? 200 : 404);
  if (shown) same('page has the text', page.text.includes(shown) && (shown === story.second || !page.text.includes(story.second)), true);
  for (const list of ['/', '/latest/', '/feed.xml', '/atom.xml', '/feed.json', '/news-sitemap.xml']) {
    const { status, text } = await house.read(list);
    same(`${list} has it`, [status, text.includes(story.slug)], [200, Boolean(shown)]);
  }
  const feed = await house.read('/feed.xml');
  if (shown) same('feed has the text', feed.text.includes(shown), true);
  same('sitemap has it', (await house.sitemaps()).includes(story.slug), Boolean(shown));
  if (state === 'published') same('nothing waits to be published', row.published === row.version, true);
  return faults.map((fault) => `${story.word}: ${fault}`);
}

const PUBLISHED = { state: 'published', deeds: { story_published: 1 }, told: { story_published: 1 } };
const CHANGED = { state: 'published', deeds: { story_changed: 1, story_published: 1 }, told: { story_changed: 1, story_published: 1 } };
const NOTHING = { state: 'draft', shown: undefined, deeds: {}, told: {} };

/// A first publication that is cut in two, then tried again.
async function firstPublication(house, point, happened) {
  const story = await house.draft(point);
  await house.during(point, () => house.editor.publish(story.id, story.version));
  await house.start();
  const done = { ...PUBLISHED, shown: story.first };
  const faults = await agree(house, story, happened ? done : NOTHING);
  const again = await house.editor.publish(story.id, story.version);
  assert.equal(again.status, happened ? 422 : 303, 'what happened is refused, what did not is done');
  return [...faults, ...await agree(house, story, done)];
}

/// A change of a public story that is cut in two, then tried again.
async function changeOfPublic(house, point, happened) {
  const story = await house.draft(point);
  await house.editor.publish(story.id, story.version);
  const version = await house.editor.save(story.id, story.version, { document: paragraphs(story.second) });
  await house.during(point, () => house.editor.publish(story.id, version));
  const kept = () => house.rows("SELECT count(*) AS n FROM revision WHERE story = {id}", story)[0].n;
  await house.start();
  const faults = [];
  if (happened) {
    faults.push(...await agree(house, story, { ...CHANGED, shown: story.second }));
  } else {
    const [row] = house.rows('SELECT version, published FROM story_draft WHERE story = {id}', story);
    assert.ok(row.published < row.version, 'the change still waits');
    const page = await house.read(house.rows('SELECT path FROM story WHERE id = {id}', story)[0].path);
    if (!page.text.includes(story.first) || page.text.includes(story.second)) faults.push(`${point}: readers see what was not published`);
  }
  const revisions = kept();
  const again = await house.editor.publish(story.id, version);
  assert.equal(again.status, happened ? 422 : 303);
  if (happened && kept() !== revisions) faults.push(`${point}: a refused publication left a revision`);
  return [...faults, ...await agree(house, story, { ...CHANGED, shown: story.second })];
}

/// `seconds` from now, to the second, as the form has it in a newsroom that lives in UTC.
const soon = (seconds) => new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
const typed = (at) => at.toISOString().slice(0, 19);
const schedule = (house, story, at) => house.editor.form(`/desk/stories/${story.id}/schedule`, { at: typed(at) });

/// A scheduled story became public once, at its time, whenever the server ran.
async function onTime(house, story, at) {
  await until(`${story.word} to be public`, () => house.rows("SELECT state FROM story WHERE id = {id}", story)[0].state === 'published', 30);
  await until('its job to be settled', () => house.rows(`SELECT state FROM job WHERE payload LIKE '%${story.id}%'`)[0].state === 'done', 30);
  const late = Date.now();
  const faults = await agree(house, story, {
    ...PUBLISHED, shown: story.first, deeds: { 'story.schedule': 1, story_published: 1 }, jobs: { done: 1 },
  });
  const [{ published_at: stands }] = house.rows('SELECT published_at FROM story WHERE id = {id}', story);
  if (Number(stands) !== at.getTime()) faults.push(`${story.word}: public since ${stands}, not ${at.getTime()}`);
  return { faults, late };
}

async function scheduling(house) {
  const lost = await house.draft('unscheduled');
  await house.during('schedule.before_commit', () => schedule(house, lost, soon(3600)));
  await house.start();
  const faults = await agree(house, lost, NOTHING);

  const kept = await house.draft('missed');
  let at;
  await house.during('schedule.after_commit', () => schedule(house, kept, at = soon(2)));
  await until('its time to pass while nobody serves', () => Date.now() > at.getTime() + 500);
  await house.start();
  faults.push(...(await onTime(house, kept, at)).faults);

  const later = await house.draft('waiting');
  await house.during('schedule.after_commit', () => schedule(house, later, at = soon(4)));
  await house.start();
  if (Date.now() < at.getTime() - 500) {
    faults.push(...await agree(house, later, { ...NOTHING, state: 'scheduled', deeds: { 'story.schedule': 1 }, jobs: { waiting: 1 } }));
  }
  faults.push(...(await onTime(house, later, at)).faults);

  for (const point of ['schedule.job_claimed', 'schedule.job_published']) {
    const story = await house.draft(point);
    await house.during(point, async () => {
      const answer = await schedule(house, story, at = soon(2));
      assert.equal(answer.status, 303);
    });
    await house.start();
    const begun = Date.now();
    const done = await onTime(house, story, at);
    faults.push(...done.faults);
    // The lease of the worker that died ends before the next one may take its job up.
    if (done.late - begun > 15_000) faults.push(`${point}: public ${done.late - begun} ms after the start`);
  }
  return faults;
}

const CRC = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
const crc = (bytes) => (bytes.reduce((c, byte) => CRC[(c ^ byte) & 0xff] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/// A PNG of noise, unlike any other.
function picture(width = 64, height = 48) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const lines = Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))]);
}

async function uploading(house, point, happened) {
  const bytes = picture();
  const count = () => ['SELECT count(*) AS n FROM photo', "SELECT count(*) AS n FROM audit WHERE action = 'photo.upload'"]
    .map((sql) => house.rows(sql)[0].n);
  const before = count();
  await house.during(point, () => house.editor.upload(bytes));
  await house.start();
  const more = happened ? 1 : 0;
  assert.deepEqual(count(), before.map((n) => n + more), `${point}: a row and a deed, or neither`);
  assert.equal((await house.editor.search('photo', '')).length, before[0] + more, `${point}: the library shows what there is`);
  const answers = [await house.editor.upload(bytes), await house.editor.upload(bytes)];
  assert.deepEqual(answers.map(({ status }) => status), [201, 201], point);
  const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
  assert.equal(one.photo.id, two.photo.id, `${point}: the same upload is one photo`);
  assert.deepEqual(count(), before.map((n) => n + 1), `${point}: tried again it is there once`);
  assert.equal((await house.read(one.photo.preview)).status, 200, `${point}: its pixels are there`);
}

/// Saves and publishes until the server is gone; what was acknowledged, and what was asked without an answer.
async function writeUntilKilled(house, story, known, milliseconds) {
  const { server, editor } = house;
  const timer = setTimeout(() => server.child.kill('SIGKILL'), milliseconds);
  for (let count = 1; ; count += 1) {
    const text = `Text ${known.round}.${count} of ${story.word}.`;
    known.asked = { text };
    try {
      const answer = await editor.put(story.id, known.version, { document: paragraphs(text) });
      const { version } = await answer.json();
      assert.equal(answer.status, 200);
      Object.assign(known, { version, text, saves: known.saves + 1 });
      if (count % 3 !== 0) continue;
      known.asked = { text, publishing: true };
      assert.equal((await editor.publish(story.id, version)).status, 303);
      Object.assign(known, { shown: text, publications: known.publications + 1 });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      clearTimeout(timer);
      return;
    }
  }
}

async function randomKills(house) {
  await house.start();
  const story = await house.draft('random');
  assert.equal((await house.editor.publish(story.id, story.version)).status, 303);
  const known = { version: story.version, text: story.first, shown: story.first, saves: 0, publications: 1 };
  for (known.round = 1; known.round <= ROUNDS; known.round += 1) {
    const moment = randomInt(20, 600);
    const named = `round ${known.round}, killed after ${moment} ms`;
    await writeUntilKilled(house, story, known, moment);
    await house.start();
    const [row] = house.rows(`SELECT d.version, d.published, d.content, s.path FROM story_draft d
      JOIN story s ON s.id = d.story WHERE d.story = {id}`, story);
    const [{ n: told }] = house.rows("SELECT count(*) AS n FROM journal WHERE subject = {id}", story);
    const [{ n: deeds }] = house.rows("SELECT count(*) AS n FROM audit WHERE subject = {id} AND action LIKE 'story\\_%' ESCAPE '\\'", story);
    const page = (await house.read(row.path)).text;
    const kept = [known.text, known.asked.text].find((text) => row.content.includes(text));
    assert.ok(kept && row.version >= known.version, `${named}: ${known.text} (version ${known.version}) was acknowledged and is lost`);
    const shown = [known.shown, known.asked.publishing ? known.asked.text : known.shown].find((text) => page.includes(text));
    assert.ok(shown, `${named}: readers see neither ${known.shown} nor ${known.asked.text}`);
    const extra = told - known.publications;
    assert.ok(extra === 0 || (extra === 1 && known.asked.publishing), `${named}: ${told} journal rows for ${known.publications} publications`);
    assert.equal(deeds, told, `${named}: the audit log and the journal count alike`);
    Object.assign(known, { version: row.version, text: kept, shown, publications: told });
  }
  assert.ok(known.saves > ROUNDS, `only ${known.saves} saves were acknowledged in all`);
  console.log(`${known.saves} saves and ${known.publications} publications were acknowledged over ${ROUNDS} kills`);
}

for (const kind of ['SQLite', 'PostgreSQL']) {
  test(`whatever was cut in two agrees after a restart, on ${kind}`, { timeout: 900_000 }, async (t) => {
    if (kind === 'PostgreSQL' && !postgres) return skip(t, 'no PostgreSQL: install it, or name a server in MASTHEAD_TEST_POSTGRES');
    const house = await House.make(kind === 'PostgreSQL' ? postgres.url : undefined);
    t.after(() => house.server.stop('SIGKILL'));
    for (const [point, happened] of Object.entries(PUBLISH)) {
      await t.test(`a first publication ended at ${point}`, async () => none(await firstPublication(house, point, happened), 'what does not agree'));
      await t.test(`a change of a public story ended at ${point}`, async () => none(await changeOfPublic(house, point, happened), 'what does not agree'));
    }
    await t.test('scheduled stories are public once and at their time', async () => none(await scheduling(house), 'what does not agree'));
    for (const [point, happened] of Object.entries(UPLOAD)) {
      await t.test(`an upload ended at ${point}`, () => uploading(house, point, happened));
    }
    await t.test('no acknowledged save is lost to kills at random', () => randomKills(house));
    return undefined;
  });
}
