// A small newsroom that keeps the editor's contract in memory: stories, locks, conflicts, uploads, sessions. People
// are told apart by the cookie `who`. A test turns its knobs: `signedOut`, `slowUploads`, `breakUploads`, `refuse`.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { ASSETS } from '../build/bundle.js';
import { PHOTO } from './fixtures/everything.js';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'";
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFElEQVR4nGOcfPw/AwMDEwMDAwMDABkzAq2jb9AyAAAAAElFTkSuQmCC', 'base64');
const EDITABLE = ['headline', 'standfirst', 'slug', 'document', 'lead_photo', 'section', 'topics', 'bylines', 'sources'];

export const photo = (number, more = {}) => ({
  id: PHOTO(number), alt: 'A plane on the apron', caption: 'The plane', credit: 'Vera Lane / Masthead', width: 1500, height: 1000,
  focal: { x: 500, y: 500 }, preview: '/picture.png', state: 'ready', ...more,
});

export const story = (more = {}) => ({
  id: 's1', version: 1, state: 'draft', language: 'en', direction: 'ltr', headline: 'The minister lands', standfirst: 'A visit with consequences.',
  slug: 'the-minister-lands', document: { version: 1, blocks: [{ type: 'paragraph', content: [{ type: 'text', text: 'He came on Friday.' }] }] },
  lead_photo: null, section: 'world', sections: [{ id: 'world', name: 'World' }, { id: 'city', name: 'City' }], topics: [{ id: 't1', name: 'Wonsan' }],
  bylines: [{ id: 'b1', name: 'Vera Lane' }], sources: [{ name: 'TASS', url: 'https://tass.com/', note: '' }],
  photos: { [PHOTO(1)]: photo(1), [PHOTO(2)]: photo(2, { alt: '', credit: '', state: 'missing', preview: '' }) },
  saved_at: '2026-01-05T12:03:00Z', saved_by: 'vera', ...more,
});

export class Desk {
  signedOut = false;
  slowUploads = false;
  breakUploads = '';
  refuse = '';
  forbid = '';
  token = 'token';
  loseAnswers = false;
  lockOf = new Map();
  listeners = new Set();
  saves = [];
  uploads = 0;

  constructor(stories = [story()], page = { language: 'en', strings: {} }) {
    this.stories = new Map(stories.map((each) => [each.id, each]));
    this.pageOptions = page;
  }

  /// A page of the newsroom: the editor has less to do, and nobody holds a lock.
  pages = new Map();

  static async start(stories, page) {
    const desk = new Desk(stories, page);
    desk.server = createServer((request, response) => void desk.handle(request, response).catch((error) => { console.error(error); response.destroy(); }));
    await new Promise((resolve) => { desk.server.listen(0, '127.0.0.1', resolve); });
    desk.origin = `http://127.0.0.1:${desk.server.address().port}`;
    return desk;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(resolve); });
  }

  async handle(request, response) {
    const url = new URL(request.url, 'http://desk');
    const who = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'vera';
    const json = (status, value) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (url.pathname === '/picture.png') return response.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE);
    if (url.pathname.startsWith('/desk/assets/')) return this.asset(url.pathname.slice(13), response);
    if (this.signedOut) return url.pathname.startsWith('/desk/api/') ? json(401, {}) : response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sign in</h1>');
    const page = /^\/desk\/stories\/(\w+)$/.exec(url.pathname);
    if (page) return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY }).end(this.page(page[1], who));
    const plain = /^\/desk\/pages\/(\w+)$/.exec(url.pathname);
    if (plain) return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY }).end(this.plainPage(plain[1], who));
    const call = /^\/desk\/api\/stories\/(\w+)\/(draft|lock|events|links)$/.exec(url.pathname);
    if (call?.[2] === 'events') return this.events(call[1], who, response);
    if (url.pathname === '/desk/api/search') return json(200, { items: this.search(url.searchParams) });
    if (request.headers['x-csrf-token'] !== this.token) return json(403, { message: 'no token' });
    if (this.forbid) return json(403, { message: this.forbid });
    if (url.pathname === '/desk/api/photos') return this.upload(request, response, json);
    const body = JSON.parse((await all(request)) || '{}');
    if (call?.[2] === 'links') return json(200, { links: [...this.links(call[1])].map((href) => ({ href, state: /gone/.test(href) ? 'dead' : 'ok', status: /gone/.test(href) ? 404 : 200 })) });
    if (call?.[2] === 'lock') return this.lock(call[1], who, request.method, body, json);
    if (call?.[2] === 'draft') return this.save(call[1], who, body, json, response);
    const saved = /^\/desk\/api\/pages\/(\w+)\/draft$/.exec(url.pathname);
    if (saved) return this.savePage(saved[1], who, body, json);
    const described = /^\/desk\/api\/photos\/([\w-]+)$/.exec(url.pathname);
    if (described) { this.described = { id: described[1], ...body }; return json(200, {}); }
    return json(404, { message: 'no such page' });
  }

  async asset(name, response) {
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(200, { 'Content-Type': type }).end(await readFile(ASSETS + name));
  }

  page(id, who) {
    const by = this.lockOf.get(id);
    return this.html({ story: { ...this.stories.get(id), lock: by ? { by, mine: by === who, until: '' } : null } }, who);
  }

  plainPage(id, who) {
    return this.html({ kind: 'page', api: `/desk/api/pages/${id}`, story: this.pages.get(id) }, who);
  }

  html(more, who) {
    const { language, strings } = this.pageOptions;
    const data = { ...more, strings, language, csrf: this.token, me: { handle: who } };
    const text = JSON.stringify(data).replaceAll('<', '\\u003c');
    return `<!doctype html><html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>Story</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/desk/assets/editor.css"></head><body><main><h1 class="visually-hidden">Story</h1><div id="editor"></div></main><script type="application/json" id="editor-data">${text}</script><script type="module" src="/desk/assets/editor.js"></script></body></html>`;
  }

  save(id, who, { base, fields }, json, response) {
    const own = this.stories.get(id);
    const holder = this.lockOf.get(id);
    if (this.refuse) return json(422, { message: this.refuse });
    if (holder && holder !== who) return json(423, { by: holder, since: '' });
    if (base !== own.version) return json(409, { version: own.version, saved_by: own.saved_by, saved_at: own.saved_at, fields: this.fields(id) });
    this.write(id, who, fields);
    this.saves.push(fields);
    if (this.loseAnswers) return response.destroy();
    return json(200, { version: own.version, saved_at: own.saved_at });
  }

  links(id) {
    return new Set([...JSON.stringify(this.stories.get(id).document).matchAll(/"href":"([^"]+)"/g)].map(([, href]) => href));
  }

  savePage(id, who, { base, fields }, json) {
    const own = this.pages.get(id);
    const { title, slug, document, version, saved_by, saved_at } = own;
    if (base !== version) return json(409, { version, saved_by, saved_at, fields: { title, slug, document } });
    this.saves.push(fields);
    Object.assign(own, fields, { version: version + 1, saved_by: who, saved_at: new Date().toISOString() });
    return json(200, { version: own.version, saved_at: own.saved_at });
  }

  /// Somebody saves, through whatever page.
  write(id, who, fields) {
    const own = this.stories.get(id);
    const named = (list, ids) => ids.map((each) => list.find((one) => one.id === each) ?? { id: each, name: each });
    const { topics, bylines, ...plain } = fields;
    Object.assign(own, plain, { version: own.version + 1, saved_by: who, saved_at: new Date().toISOString() });
    if (topics) own.topics = named(own.topics, topics);
    if (bylines) own.bylines = named(own.bylines, bylines);
    this.tell(id, 'saved', () => ({ version: own.version, by: who }));
  }

  fields(id) {
    const own = this.stories.get(id);
    const ids = (list) => list.map((each) => each.id);
    return { ...Object.fromEntries(EDITABLE.map((name) => [name, own[name]])), topics: ids(own.topics), bylines: ids(own.bylines) };
  }

  lock(id, who, method, { take }, json) {
    const holder = this.lockOf.get(id);
    if (method === 'DELETE') {
      if (holder === who) this.lockOf.delete(id);
      return json(200, {});
    }
    if (holder && holder !== who && !take) return json(423, { by: holder, since: '' });
    this.lockOf.set(id, who);
    if (holder !== who) this.tell(id, 'lock', (to) => ({ by: who, mine: to === who }));
    return json(200, { until: '' });
  }

  events(id, who, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': here\n\n');
    const listener = { id, who, response };
    this.listeners.add(listener);
    response.on('close', () => this.listeners.delete(listener));
  }

  tell(id, event, data) {
    for (const each of this.listeners) if (each.id === id) each.response.write(`event: ${event}\ndata: ${JSON.stringify(data(each.who))}\n\n`);
  }

  async upload(request, response, json) {
    this.fileName = decodeURIComponent(request.headers['x-file-name']);
    if (this.breakUploads === 'connection') return request.socket.destroy();
    let bytes = 0;
    request.on('error', () => undefined);
    for await (const chunk of request) {
      bytes += chunk.length;
      if (this.slowUploads) await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
    if (this.breakUploads === 'silence') return;
    if (this.breakUploads) return json(422, { message: this.breakUploads });
    this.uploads += 1;
    return json(201, { photo: photo(100 + this.uploads, { alt: '', caption: '', credit: '', bytes }) });
  }

  search(query) {
    const items = {
      photo: [{ id: PHOTO(50), label: 'Harbour at dusk', detail: 'Vera Lane', preview: '/picture.png', photo: photo(50) }],
      topic: [{ id: 't2', label: 'Kursk', detail: 'place', preview: null }], byline: [{ id: 'b2', label: 'Anna Field', detail: '', preview: null }],
      story: [{ id: '/2025/06/20/kursk/', label: 'Kursk, a year on', detail: '/2025/06/20/kursk/', preview: null }],
    }[query.get('kind')] ?? [];
    return items.filter((each) => each.label.toLowerCase().includes(query.get('q').toLowerCase()));
  }
}

async function all(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
