// Follows every address in every page, feed and sitemap of a newsroom, as a reader, a feed reader and a search engine
// would, and keeps what came back.
//
// An entry: {path, status, type, headers, bytes {gzip, br} on the wire, size, file (its body), kind, language, from (who
// links here)}.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { addresses } from './html.js';
import { kindOf, languageOf } from './kinds.js';
import { Wire, decoded } from './wire.js';

export const STARTS = [
  '/', '/ru/', '/fa/', '/lite/', '/ru/lite/', '/fa/lite/', '/sitemap.xml', '/news-sitemap.xml', '/robots.txt',
  '/feed.xml', '/atom.xml', '/feed.json', '/ru/feed.xml', '/ru/atom.xml', '/ru/feed.json', '/fa/feed.xml',
  '/fa/atom.xml', '/fa/feed.json',
];

export const isHtml = (entry) => entry.type.startsWith('text/html');

/// Crawls from `STARTS` and the paths in `also`, and writes bodies below `store`.
export async function crawl(address, store, also = []) {
  mkdirSync(join(store, 'bodies'), { recursive: true });
  const origin = new URL(address).origin;
  const entries = new Map();
  const queue = [];
  const add = (path, from) => {
    const known = entries.get(path);
    if (known) {
      if (known.from.length < 5) known.from.push(from);
      return;
    }
    entries.set(path, { path, from: [from] });
    queue.push(path);
  };
  for (const path of STARTS) add(path, 'the start of the crawl');
  for (const path of also) add(path, 'the test itself');
  const visit = async (wire, path) => {
    const entry = entries.get(path);
    const body = await fetched(wire, entry, store);
    for (const found of follow(entry, body)) {
      const url = URL.canParse(found, origin + path) ? new URL(found, origin + path) : undefined;
      if (url?.origin === origin) add(url.pathname + url.search, path);
      else if (!url) (entry.unreadable ??= []).push(found);
    }
  };
  // One after the other until the queue is wide, so that no worker finds it empty and leaves.
  const wires = [new Wire(address), new Wire(address), new Wire(address)];
  while (queue.length > 0 && queue.length < 32) await visit(wires[0], queue.shift());
  const worker = async (wire) => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) await visit(wire, path);
    wire.close();
  };
  await Promise.all(wires.map(worker));
  return [...entries.values()];
}

async function fetched(wire, entry, store) {
  const br = await wire.get(entry.path, { 'accept-encoding': 'br' });
  const { status, headers } = br;
  const type = headers['content-type'] ?? '';
  const body = decoded(br);
  Object.assign(entry, { status, headers, type, bytes: { br: br.bytes }, size: body.length, file: fileOf(store, body) });
  if (!isHtml(entry)) return body;
  const gzip = await wire.get(entry.path, { 'accept-encoding': 'gzip' });
  entry.bytes.gzip = gzip.bytes;
  entry.encodings = [headers['content-encoding'], gzip.headers['content-encoding']];
  entry.sameInBoth = decoded(gzip).equals(body);
  entry.kind = kindOf(entry.path, status);
  entry.language = languageOf(entry.path);
  return body;
}

function fileOf(store, body) {
  const file = join(store, 'bodies', createHash('sha256').update(body).digest('hex'));
  writeFileSync(file, body);
  return file;
}

export const bodyOf = (entry) => readFileSync(entry.file);
export const textOf = (entry) => readFileSync(entry.file, 'utf8');

/// The addresses that an answer leads to.
function follow(entry, body) {
  const redirect = entry.headers.location;
  // A share link leads away from the newsroom: nothing to follow.
  if (redirect !== undefined) return entry.path.startsWith('/share/') ? [] : [redirect];
  if (entry.status !== 200) return [];
  const text = () => body.toString('utf8');
  if (isHtml(entry)) return addresses(text()).map(({ address }) => address.split('#')[0]).filter(Boolean);
  if (/xml/.test(entry.type) && !/svg/.test(entry.type)) return inXml(text());
  if (/json/.test(entry.type)) return inJson(JSON.parse(text()));
  if (entry.path === '/robots.txt') return [...text().matchAll(/^sitemap:\s*(\S+)/gim)].map(([, address]) => address);
  return [];
}

function inXml(xml) {
  const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const found = [];
  for (const [, text] of xml.matchAll(/<(?:loc|link|guid|comments|image:loc|url)[^>]*>([^<]+)</g)) found.push(unescaped(text.trim()));
  for (const [, text] of xml.matchAll(/<[^>]*\s(?:href|url|src)="([^"]+)"/g)) found.push(unescaped(text));
  const html = xml.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner) => inner);
  for (const [, inner] of xml.matchAll(/<(?:content:encoded|content|description|summary)[^>]*>([\s\S]*?)<\//g)) {
    for (const { address } of addresses(unescaped(inner))) found.push(address.split('#')[0]);
  }
  if (html !== xml) for (const { address } of addresses(html)) found.push(address.split('#')[0]);
  return found.filter(Boolean);
}

function inJson(value) {
  if (Array.isArray(value)) return value.flatMap(inJson);
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, one]) => {
      if (key === 'content_html') return addresses(one).map(({ address }) => address.split('#')[0]).filter(Boolean);
      if (typeof one === 'string') return /(url|image|icon|favicon)$/.test(key) ? [one] : [];
      return inJson(one);
    });
  }
  return [];
}
