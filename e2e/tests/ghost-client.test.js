// Ghost's own client and helpers read the running demo newsroom. What they are told is compared with the demo's files.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { start, succeed } from '../lib/binary.js';
import { closeBrowser, deskOf, firstLink, join as comeIn, person } from '../lib/desk.js';
import { REPO, folder } from '../lib/place.js';

const require = createRequire(import.meta.url);
const GhostContentAPI = require('@tryghost/content-api');
const helpers = require('@tryghost/helpers');

const STORIES = join(REPO, 'fixtures/demo/stories');

/// The demo's stories as their files have them: {slug, language, title, standfirst, date, section, topics, bylines, text}.
const stories = readdirSync(STORIES).map((name) => {
  const [, head, ...text] = readFileSync(join(STORIES, name), 'utf8').split(/^---$/m);
  const field = (key) => new RegExp(`^${key}: (.*)$`, 'm').exec(head)?.[1].replace(/^"(.*)"$/, '$1');
  const list = (key) => field(key)?.replace(/^\[|\]$/g, '').split(',').map((part) => part.trim()).filter(Boolean) ?? [];
  return {
    slug: field('slug'), language: field('language'), title: field('title'), standfirst: field('standfirst'),
    date: new Date(field('date')), section: field('section'), topics: list('topics'), bylines: list('bylines'),
    front: Boolean(field('front')), draft: field('draft') === 'true', text: text.join('---'),
  };
}).filter((story) => !story.draft).sort((a, b) => b.date - a.date);

const slugs = (list) => list.map(({ slug }) => slug).sort();
const key = (post) => `${post.slug} ${post.locale}`;

let server;
let newsroom;
let anna;
let made;
let api;
before(async () => {
  newsroom = join(folder('ghost'), 'newsroom');
  server = await start(['demo', '--keep', newsroom, '--listen', '127.0.0.1:0']);
  anna = await person();
  await comeIn(anna, await firstLink(server), 'anna');
  made = await succeed(['token', 'make', 'the test', '--as', 'anna', '--for', 'content:read', '--json', '--data', newsroom]);
  api = new GhostContentAPI({ url: server.address.replace(/\/$/, ''), key: made.secret, version: 'v6.0' });
}, { timeout: 120_000 });
after(async () => {
  await closeBrowser();
  await server?.stop();
});

test('the demo has stories to compare with', () => {
  assert.ok(stories.length > 50, `${stories.length} stories`);
  assert.ok(stories.every(({ slug, language, title, date }) => slug && language && title && !Number.isNaN(+date)));
});

test('posts are browsed page by page, the latest first, none twice and none left out', async () => {
  const seen = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const posts = await api.posts.browse({ limit: 20, page });
    const { pagination } = posts.meta;
    pages = pagination.pages;
    assert.deepEqual(pagination, {
      page, limit: 20, pages: Math.ceil(stories.length / 20), total: stories.length,
      next: page < pages ? page + 1 : null, prev: page > 1 ? page - 1 : null,
    });
    seen.push(...posts);
  }
  const wanted = stories.map(({ slug, language }) => `${slug} ${language}`).sort();
  assert.deepEqual(seen.map(key).sort(), wanted);
  const times = seen.map((post) => +new Date(post.published_at));
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
});

test('limit=all means a hundred, as in Ghost 6', async () => {
  const posts = await api.posts.browse({ limit: 'all', fields: 'slug' });
  assert.equal(posts.length, Math.min(100, stories.length));
  assert.equal(posts.meta.pagination.limit, 100);
});

test('a post says what its story says, by id and by slug', async () => {
  const story = stories.find(({ slug, language }) => slug === 'lavrov-arrives-in-wonsan' && language === 'en');
  const post = await api.posts.read({ slug: story.slug }, { include: 'tags,authors', formats: ['html', 'plaintext'] });
  assert.equal(post.title, story.title);
  assert.equal(post.custom_excerpt, story.standfirst);
  assert.equal(+new Date(post.published_at), +story.date);
  assert.equal(post.locale, 'en');
  assert.equal(post.url, `${server.address}2025/07/11/lavrov-arrives-in-wonsan/`);
  assert.deepEqual(post.tags.map(({ slug }) => slug), [story.section, ...story.topics]);
  assert.equal(post.primary_tag.slug, story.section);
  assert.deepEqual(post.authors.map(({ slug }) => slug), story.bylines);
  assert.equal(post.featured, true);
  const [first] = story.text.trim().split('\n');
  assert.ok(post.plaintext.startsWith(first), post.plaintext.slice(0, 200));
  assert.ok(post.html.includes(first.slice(0, 80)), post.html.slice(0, 200));
  assert.match(post.feature_image_alt, /^A white airliner/);
  assert.match(post.feature_image_caption, /^An airfield by the sea at dusk/);
  const photo = await fetch(post.feature_image);
  assert.equal(photo.headers.get('content-type'), 'image/jpeg');
  assert.equal((await fetch(post.url)).status, 200);

  const again = await api.posts.read({ id: post.id });
  assert.equal(again.uuid, post.uuid);
  assert.equal(again.title, story.title);
});

test('filters find what the demo has', async () => {
  const count = async (filter) => (await api.posts.browse({ filter, limit: 1, fields: 'slug' })).meta.pagination.total;
  const from = (wanted) => stories.filter(wanted).length;
  for (const [filter, wanted] of [
    ['tag:world', ({ section, topics }) => section === 'world' || topics.includes('world')],
    ['tag:russia', ({ topics }) => topics.includes('russia')],
    ['tags:[world,war]', ({ section }) => ['world', 'war'].includes(section)],
    ['primary_tag:culture+locale:ru', ({ section, language }) => section === 'culture' && language === 'ru'],
    ['author:anna-velt', ({ bylines }) => bylines.includes('anna-velt')],
    ['tag:russia+tag:-wonsan', ({ topics }) => topics.includes('russia') && !topics.includes('wonsan')],
    ['featured:true', ({ front }) => front],
    ['locale:fa', ({ language }) => language === 'fa'],
    ["published_at:>='2025-07-01'+published_at:<'2025-07-08'", ({ date }) => date >= new Date('2025-07-01') && date < new Date('2025-07-08')],
    ["title:~'Wonsan'+locale:en", ({ title, language }) => /wonsan/i.test(title) && language === 'en'],
    ['slug:-lavrov-arrives-in-wonsan', ({ slug }) => slug !== 'lavrov-arrives-in-wonsan'],
    ['(tag:war,tag:economy)+locale:en', ({ section, language }) => ['war', 'economy'].includes(section) && language === 'en'],
    ['visibility:public', () => true],
    ['visibility:members', () => false],
  ]) {
    const found = await count(filter);
    assert.equal(found, from(wanted), filter);
  }
  assert.ok(from(({ topics }) => topics.includes('russia')) > 3, 'the demo is too small to show anything');
});

test('fields, formats, order and limit are kept to', async () => {
  const posts = await api.posts.browse({ limit: 3, fields: ['title', 'slug'], order: 'title asc', filter: 'locale:en' });
  assert.deepEqual(posts.map((post) => Object.keys(post).sort()), Array(3).fill(['slug', 'title']));
  const wanted = stories.filter(({ language }) => language === 'en').map(({ title }) => title).sort();
  assert.deepEqual(posts.map(({ title }) => title), wanted.slice(0, 3));
  const [oldest] = await api.posts.browse({ limit: 1, order: 'published_at asc', formats: 'plaintext' });
  assert.equal(oldest.slug, stories.at(-1).slug);
  assert.ok(oldest.plaintext.length > 100);
  assert.equal(oldest.html, undefined);
});

test('tags and authors are those that stories have, with their numbers', async () => {
  const tags = await api.tags.browse({ limit: 100, include: 'count.posts', order: 'slug asc' });
  const all = [...new Set(stories.flatMap(({ section, topics }) => [section, ...topics]).filter(Boolean))].sort();
  assert.equal(tags.meta.pagination.total, all.length);
  assert.deepEqual(tags.map(({ slug }) => slug), all.slice(0, 100));
  for (const { slug, count } of tags) {
    assert.equal(count.posts, stories.filter(({ section, topics }) => section === slug || topics.includes(slug)).length, slug);
  }
  const world = await api.tags.read({ slug: 'world' });
  assert.equal(world.name, 'World');
  assert.equal(world.description, 'What governments do to one another, and who told us.');
  assert.equal((await api.tags.read({ id: world.id })).slug, 'world');

  const authors = await api.authors.browse({ include: 'count.posts', limit: 100 });
  assert.deepEqual(slugs(authors), [...new Set(stories.flatMap(({ bylines }) => bylines))].sort());
  for (const { slug, count } of authors) {
    assert.equal(count.posts, stories.filter(({ bylines }) => bylines.includes(slug)).length, slug);
  }
  const author = await api.authors.read({ slug: 'anna-velt' });
  assert.equal((await fetch(author.url)).status, 200);
});

test('pages and settings are told', async () => {
  const pages = await api.pages.browse({ filter: 'locale:en', order: 'slug asc' });
  assert.deepEqual(pages.map(({ slug }) => slug), ['about', 'contact', 'privacy']);
  const about = await api.pages.read({ slug: 'about' });
  assert.equal(about.locale, 'en');
  assert.match(about.html, /<p>/);
  assert.equal((await fetch(about.url)).status, 200);
  assert.equal((await api.pages.read({ id: about.id })).title, about.title);

  const settings = await api.settings.browse();
  assert.equal(settings.title, 'The Breakwater');
  assert.equal(settings.description, 'News that reaches the shore');
  assert.equal(settings.timezone, 'Europe/Riga');
  assert.equal(settings.lang, 'en');
  assert.deepEqual(settings.navigation[0], { label: 'World', url: '/sections/world/' });
  assert.deepEqual([...(await api.tiers.browse())], []);
});

test('older clients, which put a version into the path, are answered', async (t) => {
  t.mock.method(console, 'warn', () => {});
  for (const version of ['v3', 'v4', 'v5.0', 'canary']) {
    const old = new GhostContentAPI({ url: server.address.replace(/\/$/, ''), key: made.secret, version });
    assert.equal((await old.posts.browse({ limit: 1 })).length, 1, version);
  }
});

test('refusals reach the client as errors of Ghost', async () => {
  const stranger = new GhostContentAPI({ url: server.address.replace(/\/$/, ''), key: '0'.repeat(26), version: 'v6.0' });
  await assert.rejects(stranger.posts.browse(), (error) => error.name === 'UnauthorizedError' && error.response.status === 401);
  await assert.rejects(api.posts.read({ slug: 'no-such-story' }), (error) => error.name === 'NotFoundError' && /Post not found/.test(error.context));
  await assert.rejects(api.posts.browse({ filter: 'tag:' }), (error) => error.name === 'BadRequestError' && /character 5/.test(error.context));
  await assert.rejects(api.posts.browse({ filter: 'secret:1' }), (error) => error.name === 'ValidationError');
});

test('helpers of Ghost front ends work on what is told', async () => {
  const post = await api.posts.read({ slug: 'lavrov-arrives-in-wonsan' }, { include: 'tags' });
  assert.match(helpers.readingTime(post), /^\d+ min read$/);
  assert.equal(helpers.tags(post, { limit: 2, separator: ' / ' }), 'World / Sergei Lavrov');
});

test('a browser on another site reads, its question beforehand answered', async () => {
  const context = await (anna.context.browser()).newContext();
  const page = await context.newPage();
  // Another origin than the newsroom's, and one that may ask it.
  await page.goto(`${deskOf(server)}/robots.txt`);
  const address = `${server.address}ghost/api/content/posts/?limit=2&key=${made.secret}`;
  const told = await page.evaluate(async (url) => {
    const answer = await fetch(url, { headers: { 'Accept-Version': 'v6.0' } });
    return (await answer.json()).posts.length;
  }, address);
  assert.equal(told, 2);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

test('a key is made, shown once and ended at the desk', async () => {
  const { page } = anna;
  await page.goto(`${deskOf(server)}/desk/connections`);
  await page.fill('input[name=name]', 'our new front page');
  await page.check('input[value="content:read"]');
  await page.click('form[action="/desk/connections/tokens"] button');
  const secret = await page.locator('[data-copy]').inputValue();
  assert.match(secret, /^[0-9a-f]{26}$/);
  const ours = new GhostContentAPI({ url: server.address.replace(/\/$/, ''), key: secret, version: 'v6.0' });
  assert.equal((await ours.posts.browse({ limit: 1 })).length, 1);

  await page.goto(`${deskOf(server)}/desk/connections`);
  assert.ok(!(await page.content()).includes(secret), 'the key is shown again');
  page.once('dialog', (dialog) => dialog.accept());
  await page.locator('tr', { hasText: 'our new front page' }).locator('button').click();
  await page.waitForSelector('.said');
  await assert.rejects(ours.posts.browse(), (error) => error.response.status === 401);
  assert.deepEqual(anna.broken, []);
});

test('keys are listed and ended on the command line', async () => {
  const listed = await succeed(['token', 'list', '--json', '--data', newsroom]);
  const mine = listed.find(({ id }) => id === made.id);
  assert.deepEqual([mine.name, mine.staff, mine.scopes], ['the test', 'anna', ['content:read']]);
  assert.match(mine.used_on, /^\d{4}-\d{2}-\d{2}$/);
  await succeed(['token', 'revoke', made.id, '--data', newsroom]);
  await assert.rejects(api.posts.browse(), (error) => error.response.status === 401);
});
