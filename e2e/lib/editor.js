// An editor without a browser: the desk's pages and its API over HTTP, with the cookie of a session that a browser began.

import assert from 'node:assert/strict';

import { browser, closeBrowser, deskOf, join, person } from './desk.js';

/// Joins by a one-time link with a passkey in a real browser and keeps nothing of that but the session's cookie.
export async function signedIn(link, handle) {
  const who = await person();
  try {
    await join(who, link, handle);
    const cookie = (await who.context.cookies()).find(({ name }) => name === '__Host-desk');
    return new Editor(handle, `${cookie.name}=${cookie.value}`);
  } finally {
    await who.context.close();
    await (await browser()).close();
    await closeBrowser();
  }
}

export class Editor {
  constructor(handle, cookie) {
    Object.assign(this, { handle, cookie, base: undefined, csrf: undefined });
  }

  /// Works at this server from now on: the same session, wherever it listens.
  async at(server) {
    this.base = deskOf(server);
    const page = await this.page('/desk/stories');
    this.csrf = /name="csrf" value="([^"]+)"/.exec(page)[1];
    return this;
  }

  ask(method, path, headers = {}, body = undefined) {
    const own = { cookie: this.cookie, 'x-csrf-token': this.csrf ?? '', ...headers };
    return fetch(this.base + path, { method, headers: own, body, redirect: 'manual' });
  }

  async page(path) {
    const answer = await this.ask('GET', path);
    assert.equal(answer.status, 200, `${path} is ${answer.status}`);
    return answer.text();
  }

  form(path, fields) {
    return this.ask('POST', path, { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(fields));
  }

  /// A new story in English; its id.
  async create() {
    const answer = await this.form('/desk/stories', { language: 'en' });
    assert.equal(answer.status, 303);
    return answer.headers.get('location').split('/').at(-1);
  }

  /// Saves the working copy, as the editor's script does: the answer, to be looked at.
  put(id, base, fields) {
    const body = JSON.stringify({ base, fields });
    return this.ask('PUT', `/desk/api/stories/${id}/draft`, { 'content-type': 'application/json' }, body);
  }

  /// The same, which must succeed; the new version.
  async save(id, base, fields) {
    const answer = await this.put(id, base, fields);
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()).version;
  }

  publish(id, version) {
    return this.form(`/desk/stories/${id}/publish`, { version });
  }

  upload(bytes) {
    return this.ask('POST', '/desk/api/photos', { 'content-type': 'application/octet-stream' }, bytes);
  }

  async search(kind, words) {
    return JSON.parse(await this.page(`/desk/api/search?kind=${kind}&q=${encodeURIComponent(words)}`)).items;
  }
}

/// A body of these paragraphs.
export const paragraphs = (...texts) => ({
  version: 1,
  blocks: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});
