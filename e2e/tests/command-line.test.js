// The technical person's commands: who works at the desk, and stories without it. A server that runs meanwhile shows each
// change at once.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { masthead, succeed } from '../lib/binary.js';
import { closeBrowser } from '../lib/desk.js';
import { paragraphs, signedIn } from '../lib/editor.js';
import { newNewsroom, serve } from '../lib/newsroom.js';
import { folder, until } from '../lib/place.js';
import { rows } from '../lib/rows.js';

let dir;
let server;
let editor;
const run = (...args) => succeed([...args, '--data', dir, '--json']);
const said = async (...args) => masthead([...args, '--data', dir]);
const read = async (path) => {
  const answer = await fetch(new URL(path, server.address), { redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
};

before(async () => {
  dir = await newNewsroom('commands');
  server = await serve(dir);
  const { link } = await run('staff', 'add', 'editor');
  editor = await signedIn(link.replace(/localhost:\d+/, `localhost:${new URL(server.address).port}`), 'vera');
  await editor.at(server);
}, { timeout: 120_000 });
after(async () => {
  await closeBrowser();
  await server?.stop();
});

async function draft(headline, text, fields = {}) {
  const id = await editor.create();
  const version = await editor.save(id, 0, { headline, document: paragraphs(text), ...fields });
  return { id, version };
}

test('accounts are listed by pen name, role, keys and day of last use, and by nothing else', async () => {
  const { people, links } = await run('staff', 'list');
  const today = new Date().toISOString().slice(0, 10);
  assert.deepEqual(people, [{ handle: 'vera', role: 'editor', active: true, keys: 1, last_used: today }]);
  assert.deepEqual(links.map(({ role, made_by: by }) => [role, by]), [['publisher', 'command line']]);
});

test('a typo is answered with what was meant', async () => {
  for (const [args, wanted] of [
    [['staff', 'reset', 'vira'], 'did you mean `vera`'],
    [['staff', 'add', 'editr'], 'editor'],
    [['story', 'lst'], 'list'],
    [['story', 'list', '--state', 'publshed'], 'published'],
    [['story', 'list', '--section', 'harbour'], 'there is no section `harbour`'],
    [['story', 'show', 'no-such-story'], '`masthead story list`'],
    [['story', 'show', '/2020/01/01/nothing/'], 'no story stands at'],
  ]) {
    const { code, stderr } = await said(...args);
    assert.ok(code !== 0 && stderr.includes(wanted), `${args.join(' ')}: ${stderr}`);
  }
});

test('what is ready is published at once, by hand, and refused stories are named', async () => {
  const one = await draft('Ferries return to the strait', 'They sail again.');
  const bare = await editor.create();
  await editor.form(`/desk/stories/${one.id}/state`, { to: 'ready' });
  assert.deepEqual((await run('story', 'list', '--state', 'ready')).stories.map(({ id }) => id), [one.id]);
  const { stories } = await run('story', 'publish', '--ready');
  assert.deepEqual(stories.map(({ id, state }) => [id, state]), [[one.id, 'published']]);
  await until('the running server to show it', async () => (await read(stories[0].path)).text.includes('They sail again.'), 5);
  assert.ok((await read('/')).text.includes('Ferries return'), 'the front page too');
  const refused = await said('story', 'publish', bare);
  assert.ok(refused.code !== 0 && refused.stdout.includes('no headline'), refused.stdout);
  const deeds = rows({ dir }, "SELECT actor, action FROM audit WHERE subject = {id} AND action = 'story_published'", one);
  assert.deepEqual(deeds, [{ actor: 'command line', action: 'story_published' }]);
});

test('a change that waits is published by slug, and shown as text and as JSON', async () => {
  const { stories: [{ id, path }] } = await run('story', 'list', '--search', 'ferr');
  const { version } = rows({ dir }, 'SELECT version FROM story_draft WHERE story = {id}', { id })[0];
  await editor.save(id, version, { document: paragraphs('They sail twice a day.') });
  assert.ok(!(await read(path)).text.includes('twice a day'));
  await run('story', 'publish', 'ferries-return-to-the-strait');
  await until('readers to see it', async () => (await read(path)).text.includes('twice a day'), 5);
  const shown = await said('story', 'show', path);
  assert.ok(shown.stdout.includes('Ferries return to the strait') && shown.stdout.includes('They sail twice a day.'));
  const story = await run('story', 'show', new URL(path, server.address).href);
  assert.deepEqual([story.id, story.state, story.document.blocks.length], [id, 'published', 1]);
});

test('exported stories are read back by another newsroom as they were', async () => {
  const out = join(folder('export'), 'out');
  await draft('A draft: not "ready" yet', 'Words * with _marks_ and https://example.org, [not] a link.\u00a0# Nor a heading');
  const report = await run('story', 'export', '--all', '--to', out);
  assert.equal(report.stories, readdirSync(join(out, 'stories')).filter((name) => name.endsWith('.md')).length);
  const alone = await said('story', 'export', 'ferries-return-to-the-strait');
  assert.ok(alone.stdout.startsWith('---\ntitle: "Ferries return to the strait"\n') && alone.stdout.endsWith('They sail twice a day.\n'));
  const again = await said('story', 'export', '--all', '--to', out);
  assert.ok(again.code !== 0 && again.stderr.includes('is not empty'), again.stderr);
  const other = await newNewsroom('other');
  const there = (...args) => succeed([...args, '--data', other, '--json']);
  await there('import', 'markdown', out);
  for (const { id } of (await run('story', 'list')).stories) {
    const was = await run('story', 'show', id);
    if (!was.headline) continue;
    const is = await there('story', 'show', was.slug);
    const second = (at) => at && Math.floor(at / 1000);
    assert.equal(second(is.published_at), second(was.published_at), 'front matter tells the time to the second');
    for (const field of ['headline', 'standfirst', 'document', 'language', 'path']) {
      assert.deepEqual(is[field], was[field], `${was.headline}: ${field}`);
    }
    assert.equal(is.state === 'published', was.state === 'published');
  }
  assert.ok(existsSync(join(out, 'stories', 'ferries-return-to-the-strait.en.md')));
  assert.ok(readFileSync(join(out, 'stories', 'ferries-return-to-the-strait.en.md'), 'utf8').includes('date: "'));
});

test('a withdrawn story is gone everywhere at once, with its reason in the log', async () => {
  const { stories: [{ id, path }] } = await run('story', 'list', '--state', 'published');
  const unsaid = await said('story', 'withdraw', path);
  assert.ok(unsaid.code !== 0 && unsaid.stderr.includes('--reason'));
  await run('story', 'withdraw', path, '--reason', 'A source is in danger');
  await until('readers to be told', async () => (await read(path)).status === 410, 5);
  await until('the front page to forget it', async () => !(await read('/')).text.includes('Ferries'), 5);
  const [row] = rows({ dir }, "SELECT actor, detail FROM audit WHERE subject = {id} AND action = 'story_withdrawn'", { id });
  assert.deepEqual([row.actor, JSON.parse(row.detail).reason], ['command line', 'A source is in danger']);
});

test('a reset ends every key and session at once, and its link lets the person in again', async () => {
  const { link, handle } = await run('staff', 'reset', 'Vera');
  assert.equal(handle, 'vera');
  assert.equal((await editor.ask('GET', '/desk/stories')).status, 303, 'the session has ended');
  const back = await signedIn(link.replace(/localhost:\d+/, `localhost:${new URL(server.address).port}`));
  await back.at(server);
  assert.equal((await run('staff', 'list')).people[0].keys, 1);
});
