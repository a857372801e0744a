// Law tests on the wire: every address of the demo newsroom, asked for over a bare socket.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { bodyOf, isHtml, textOf } from '../lib/crawl.js';
import { addresses, first, tags } from '../lib/html.js';
import { KINDS, SCARCE } from '../lib/kinds.js';
import { LANGUAGES, none } from '../lib/place.js';
import { crawled } from '../lib/shared.js';

const MOST = 12_288;
let site;
before(async () => { site = await crawled(); }, { timeout: 600_000 });

const isShare = (entry) => entry.path.startsWith('/share/');
const expectedStatus = (entry) => {
  if (isShare(entry)) return 303;
  if (site.gone.includes(entry.path)) return 410;
  if (/^\/-\/support\/(form|link)\b/.test(entry.path)) return 200;
  // Where a form is sent to; who only looks at it is led to the page that the form stands on.
  if (entry.path.startsWith('/-/')) return 303;
  return entry.path.endsWith('/no/such/page/') ? 404 : 200;
};

/// Faults of every HTML page, each told with its path.
function faultsOf(check) {
  const faults = [];
  for (const page of site.pages) for (const fault of check(page, textOf(page))) faults.push(`${page.path}: ${fault}`);
  return faults;
}

test('every address that the newsroom names is answered', () => {
  const wrong = site.entries.filter((entry) => entry.status !== expectedStatus(entry));
  none(wrong.map((entry) => `${entry.path} is ${entry.status}; named by ${entry.from.join(', ')}`), 'broken addresses');
  none(site.entries.flatMap((entry) => (entry.unreadable ?? []).map((found) => `${entry.path}: ${found}`)), 'no addresses');
  assert.ok(site.entries.length > 500, `only ${site.entries.length} addresses were found`);
});

test('nothing leads to a story that was withdrawn', () => {
  const gone = site.entries.filter((entry) => entry.status === 410);
  none(gone.flatMap(({ path, from }) => from.filter((page) => page !== 'the test itself').map((page) => `${page} leads to ${path}`)), 'links');
});

test('the crawl meets every kind of page in every language', () => {
  const faults = site.pages.filter((page) => page.kind.startsWith('unknown')).map((page) => page.kind);
  for (const language of LANGUAGES) {
    for (const kind of KINDS) {
      if (language !== 'en' && SCARCE.includes(kind)) continue;
      if (!site.pages.some((page) => page.kind === kind && page.language === language)) faults.push(`${kind} in ${language}`);
    }
  }
  none(faults, 'kinds of page that were not met or not known');
});

test('no page takes more than 12 KiB on the wire, headers included, in gzip or Brotli', () => {
  const faults = [];
  let largest = { bytes: 0 };
  for (const page of site.pages) {
    if (!page.sameInBoth) faults.push(`${page.path}: gzip and Brotli hold different pages`);
    // What is made for one reader is not kept, and packed once, by what every browser reads.
    const once = page.path.startsWith('/-/');
    if (page.encodings.join() !== (once ? ',gzip' : 'br,gzip')) faults.push(`${page.path}: encodings are ${page.encodings.join()}`);
    for (const [encoding, bytes] of Object.entries(page.bytes)) {
      if (once && encoding === 'br') continue;
      if (bytes > MOST) faults.push(`${page.path}: ${bytes} bytes in ${encoding}`);
      if (bytes > largest.bytes) largest = { bytes, encoding, path: page.path };
    }
  }
  none(faults, 'pages that are too large');
  console.log(`${site.pages.length} pages; the largest takes ${largest.bytes} bytes (${largest.encoding}): ${largest.path}`);
});

test('where an appeal stands at a story’s end, so do its short form and what to read next', () => {
  let count = 0;
  none(faultsOf(function* check(page, html) {
    if (!html.includes(' id="appeal"')) return;
    count += 1;
    if (!html.includes('class="give"')) yield 'the short form had to go';
    if (!html.includes('class="readmore"')) yield 'what to read next had to go';
  }), 'stories that are too full');
  assert.ok(count >= 70, `only ${count} stories end with an appeal`);
});

test('a page names no host: its own addresses are relative to itself', () => {
  const own = new URL(site.address).host;
  none(faultsOf(function* check(page, html) {
    if (html.includes(own)) yield `names ${own}`;
    for (const { address, where } of addresses(html)) {
      if (address.startsWith('/')) yield `${where} is not relative: ${address}`;
    }
  }), 'addresses that hold only on this host');
});

test('a page loads nothing from anybody else', () => {
  none(faultsOf(function* check(page, html) {
    for (const { address, where, how } of addresses(html)) {
      if (how === 'part' && /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) yield `${where} loads ${address}`;
    }
  }), 'parts from elsewhere');
});

/// Where the scripts of the program stand in this repository: what runs on a page is one of them, whole.
const BUILT_IN = new URL('../../crates/theme/scripts/', import.meta.url);
const builtIn = (name) => {
  const lines = readFileSync(new URL(name, BUILT_IN), 'utf8').split('\n').map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith('//')).join('\n');
};
const INNER = ['remind_device.js'].map(builtIn);
/// The scripts of a page: those of its appeals and of a device's reminder, files of the site's own, and those that stand in it.
function scriptsOf(html) {
  const scripts = [...tags(html)].filter(({ name, attributes }) => name === 'script' && attributes.type !== 'application/ld+json');
  return { files: scripts.filter(({ attributes }) => attributes.src), inner: scripts.filter(({ attributes }) => !attributes.src) };
}

test('a page has no script but those of the program that ask a reader to give and remind of it, no frame and no handler', () => {
  none(faultsOf(function* check(page, html) {
    const { files, inner } = scriptsOf(html);
    for (const { attributes } of files) {
      const { pathname } = new URL(attributes.src, new URL(page.path, site.address));
      if (!/^\/assets\/(appeal|remind_note)\.[0-9a-f]+\.js$/.test(pathname) || attributes.defer === undefined) yield `a script: ${attributes.src}`;
    }
    if (files.length > 2) yield `${files.length} files of script`;
    for (const { text } of inner) if (!INNER.includes(text.trim())) yield `a script: ${text.slice(0, 80)}`;
    for (const { name, attributes } of tags(html)) {
      if (['iframe', 'frame', 'object', 'embed', 'noscript', 'base'].includes(name)) yield `<${name}>`;
      for (const key of Object.keys(attributes)) if (/^on|^srcdoc$|^ping$/.test(key)) yield `<${name} ${key}>`;
      if (/^\s*(javascript|data|vbscript):/i.test(attributes.href ?? attributes.src ?? '')) yield attributes.href ?? attributes.src;
      if (attributes['http-equiv']?.toLowerCase() === 'refresh') yield 'a refresh';
    }
  }), 'active content');
});

test('the policy in head and header allows exactly the styles and scripts of the page', () => {
  none(faultsOf(function* check(page, html) {
    const header = page.headers['content-security-policy'] ?? '';
    const meta = first(html, 'meta', { 'http-equiv': 'Content-Security-Policy' })?.attributes.content ?? '';
    const styles = [...tags(html)].filter(({ name }) => name === 'style');
    const hashed = ({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const hashes = styles.map(hashed);
    const { files, inner } = scriptsOf(html);
    const scripts = [...inner.map(hashed), ...(files.length ? ["'self'"] : [])];
    for (const [where, policy] of [['header', header], ['head', meta]]) {
      const rules = Object.fromEntries(policy.split(';').map((rule) => rule.trim().split(/\s+(.*)/s).slice(0, 2)));
      if (rules['default-src'] !== "'none'") yield `${where}: default-src is ${rules['default-src']}`;
      if (rules['style-src'] !== hashes.join(' ')) yield `${where}: style-src is ${rules['style-src']}, not ${hashes.join(' ')}`;
      if ((rules['script-src'] ?? '') !== scripts.join(' ')) yield `${where}: script-src is ${rules['script-src']}, not ${scripts.join(' ')}`;
      const asks = files.some(({ attributes }) => attributes.src.includes('/appeal.'));
      if (rules['connect-src'] !== (asks ? "'self'" : undefined)) yield `${where}: connect-src is ${rules['connect-src']}`;
      if (/unsafe|https?:|\*/.test(policy)) yield `${where}: too much is allowed: ${policy}`;
    }
    for (const { name, attributes } of tags(html)) if (attributes.style !== undefined) yield `<${name} style> would be blocked`;
    if (!header.includes("frame-ancestors 'none'")) yield 'the header lets others frame the page';
  }), 'policies that do not fit');
});

test('no answer sets a cookie or says what serves it', () => {
  const told = ['set-cookie', 'server', 'x-powered-by', 'clear-site-data', 'nel', 'report-to', 'reporting-endpoints'];
  none(site.entries.flatMap(({ path, headers }) => told.filter((name) => name in headers).map((name) => `${path}: ${name}`)), 'headers');
});

test('no page sends its address along when a reader leaves it', () => {
  none(faultsOf(function* check(page, html) {
    if (page.headers['referrer-policy'] !== 'no-referrer') yield `referrer-policy is ${page.headers['referrer-policy']}`;
    if (first(html, 'meta', { name: 'referrer' })?.attributes.content !== 'no-referrer') yield 'the head says nothing';
  }), 'referrers');
});

test('translations name each other and themselves', () => {
  const stand = new Map(site.pages.map((page) => [page.path, alternatesOf(page)]));
  none(faultsOf(function* check(page) {
    const named = stand.get(page.path);
    if (named.size === 0) return;
    if (named.get(page.language) !== page.path) yield `does not name itself: ${named.get(page.language)}`;
    for (const [language, path] of named) {
      const back = stand.get(path);
      if (!back) yield `${language} is ${path}, which is no page`;
      else if (back.get(page.language) !== page.path) yield `${path} does not name it back but ${back.get(page.language)}`;
    }
  }), 'translations');
  const translated = site.pages.filter((page) => page.kind === 'story' && stand.get(page.path).size > 1);
  assert.ok(translated.length >= 6, `only ${translated.length} stories have translations`);
});

function alternatesOf(page) {
  const links = [...tags(textOf(page))].filter(({ name, attributes }) => name === 'link' && attributes.hreflang);
  const path = (address) => new URL(address, `http://host${page.path}`).pathname;
  return new Map(links.map(({ attributes }) => [attributes.hreflang, path(attributes.href)]));
}

test('a page says its language and direction', () => {
  none(faultsOf(function* check(page, html) {
    const { lang, dir } = first(html, 'html').attributes;
    if (lang !== page.language) yield `lang is ${lang}`;
    if (dir !== (page.language === 'fa' ? 'rtl' : 'ltr')) yield `dir is ${dir}`;
  }), 'languages');
});

test('every share link leads to its service with the address of the story', () => {
  const shares = site.entries.filter(isShare);
  const services = new Set(shares.map((entry) => entry.path.split('/')[2]));
  assert.deepEqual([...services].sort(), ['facebook', 'mail', 'telegram', 'whatsapp', 'x']);
  none(shares.flatMap((entry) => {
    const story = new URL(entry.path.replace(/^\/share\/[^/]+/, ''), site.address).href;
    return decodeURIComponent(entry.headers.location ?? '').includes(story) ? [] : [`${entry.path}: ${entry.headers.location}`];
  }), 'share links');
});

test('a page that was read before is answered with 304 and nothing else', async () => {
  const { Wire } = await import('../lib/wire.js');
  const wire = new Wire(site.address);
  const { etag } = site.pages.find((page) => page.path === '/').headers;
  const again = await wire.get('/', { 'accept-encoding': 'br', 'if-none-match': etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  wire.close();
});

test('no photo carries words about who took it, when and where', () => {
  const photos = site.entries.filter((entry) => entry.type.startsWith('image/') && !entry.type.includes('svg'));
  assert.ok(photos.length > 20, `only ${photos.length} photos were met`);
  const marks = ['Exif', 'EXIF', 'XMP ', 'xpacket', 'ns.adobe.com', 'Photoshop', 'rdf+xml', 'JFXX', 'GPS'];
  none(photos.flatMap((photo) => marks.filter((mark) => bodyOf(photo).includes(mark)).map((mark) => `${photo.path} holds ${mark}`)), 'metadata');
});

test('what is not there says so in the reader’s language', () => {
  const missing = site.pages.filter((page) => page.status === 404);
  assert.deepEqual(missing.map((page) => page.language).sort(), ['en', 'fa', 'ru']);
  assert.ok(missing.every(isHtml));
});
