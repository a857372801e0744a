// An independent validator reads every page; feeds and sitemaps are read by a real XML parser.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { launch } from '../lib/chromium.js';
import { textOf } from '../lib/crawl.js';
import { LANGUAGES, none } from '../lib/place.js';
import { crawled } from '../lib/shared.js';
import { invalid } from '../lib/validator.js';

let site;
before(async () => { site = await crawled(); }, { timeout: 600_000 });

test('every page is valid HTML', { timeout: 900_000 }, async () => {
  none(await invalid(site.pages), 'invalid HTML');
});

const isXml = (entry) => /xml/.test(entry.type) && !/svg|html/.test(entry.type);

test('feeds and sitemaps are well-formed XML and say what they are', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const documents = site.entries.filter(isXml);
  const faults = [];
  const roots = {};
  for (const entry of documents) {
    const { wrong, root, items } = await page.evaluate((xml) => {
      const parsed = new DOMParser().parseFromString(xml, 'application/xml');
      const items = [...parsed.querySelectorAll('item, entry')].map((item) => ({
        id: item.querySelector('guid, id')?.textContent ?? '',
        title: item.querySelector('title')?.textContent ?? '',
        date: item.querySelector('pubDate, published')?.textContent ?? '',
        text: (item.getElementsByTagName('content:encoded')[0] ?? item.querySelector('content'))?.textContent ?? '',
      }));
      return { wrong: parsed.querySelector('parsererror')?.textContent, root: parsed.documentElement.localName, items };
    }, textOf(entry));
    if (wrong) faults.push(`${entry.path}: ${wrong}`);
    (roots[root] ??= []).push(entry.path);
    if (root !== 'rss' && root !== 'feed') continue;
    if (items.length === 0 && !entry.path.includes('/sections/')) faults.push(`${entry.path}: no items`);
    for (const { id, title, date, text } of items) {
      if (!id || !title || Number.isNaN(Date.parse(date)) || text.length < 40) faults.push(`${entry.path}: an item lacks something: ${id} ${title} ${date} ${text.length} characters`);
    }
    if (new Set(items.map(({ id }) => id)).size !== items.length) faults.push(`${entry.path}: two items share an id`);
  }
  none(faults, 'XML');
  for (const root of ['rss', 'feed', 'urlset']) assert.ok(roots[root], `no ${root} among ${Object.keys(roots).join()}`);
  for (const language of LANGUAGES) assert.ok(roots.rss.some((path) => path === (language === 'en' ? '/feed.xml' : `/${language}/feed.xml`)));
});

test('JSON feeds hold whole stories', () => {
  const feeds = site.entries.filter((entry) => entry.path.endsWith('feed.json'));
  assert.ok(feeds.length >= 3);
  for (const entry of feeds) {
    const feed = JSON.parse(textOf(entry));
    assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
    assert.ok(feed.title && feed.home_page_url && feed.feed_url && feed.items.length > 0, entry.path);
    for (const item of feed.items) {
      assert.ok(item.id && item.url && item.title && item.content_html.length > 40, `${entry.path}: ${JSON.stringify(item).slice(0, 200)}`);
      assert.ok(!Number.isNaN(Date.parse(item.date_published)), `${entry.path}: ${item.date_published}`);
    }
  }
});

test('every story tells search engines what it is', () => {
  const stories = site.pages.filter((page) => page.kind === 'story');
  none(stories.flatMap((page) => {
    const found = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(textOf(page));
    if (!found) return [`${page.path}: nothing`];
    const { '@context': context, '@type': type, headline, datePublished, inLanguage } = JSON.parse(found[1]);
    const fine = /^https?:\/\/schema\.org\/?$/.test(context) && type === 'NewsArticle' && headline && datePublished && inLanguage === page.language;
    return fine ? [] : [`${page.path}: ${found[1].slice(0, 200)}`];
  }), 'JSON-LD');
});
