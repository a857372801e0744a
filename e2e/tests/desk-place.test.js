// Where the desk is: at one place only, on a port of its own if that is set.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { after, test } from 'node:test';

import { closeBrowser, firstLink, join, person } from '../lib/desk.js';
import { newNewsroom, serve } from '../lib/newsroom.js';

after(closeBrowser);

/// A port that nobody has now.
function freePort() {
  return new Promise((done) => {
    const holder = createServer().listen(0, '127.0.0.1', () => {
      const { port } = holder.address();
      holder.close(() => done(port));
    });
  });
}

/// A request with a Host header of our choosing, which `fetch` would not send.
function ask(address, host) {
  const { port, pathname } = new URL(address);
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port, path: pathname, headers: { host } }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => { text += bytes; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
    });
    sent.on('error', failed);
    sent.end();
  });
}

test('a desk with a port of its own is there only, and the site is not', async (t) => {
  const port = await freePort();
  const server = await serve(await newNewsroom('apart'), { MASTHEAD_DESK_LISTEN: `127.0.0.1:${port}` });
  t.after(() => server.stop());
  const link = await firstLink(server);
  const desk = new URL(link).origin;
  assert.equal(new URL(desk).port, String(port), 'the link leads elsewhere');

  const site = server.address.replace('127.0.0.1', 'localhost');
  for (const path of ['desk', 'desk/', 'desk/sign-in', new URL(link).pathname.slice(1), 'desk/assets/desk.js']) {
    const got = await fetch(site + path, { redirect: 'manual' });
    assert.equal(got.status, 404, `${path} answers at the site`);
    assert.doesNotMatch(await got.text(), /sign in|passkey/i);
  }
  assert.equal((await fetch(`${desk}/`)).status, 404, 'the site answers at the desk');
  assert.equal((await fetch(`${desk}/feed.xml`)).status, 404);

  const anna = await person();
  await join(anna, link, 'anna');
  assert.equal(new URL(anna.page.url()).origin, desk);
  await anna.page.goto(`${desk}/desk/stories`);
  await anna.page.waitForSelector('h1');
  assert.deepEqual(anna.broken, []);
});

test('a desk with an address answers there and nowhere else', async (t) => {
  const server = await serve(await newNewsroom('named'), { MASTHEAD_DESK: 'https://desk.example' });
  t.after(() => server.stop());
  for (const host of ['news.example', 'localhost', '127.0.0.1', 'desk.example:8443', 'desk.example.evil.example']) {
    const got = await ask(`${server.address}desk/sign-in`, host);
    assert.equal(got.status, 404, `${host} shows the desk`);
    assert.doesNotMatch(got.text, /passkey/i);
  }
  const got = await ask(`${server.address}desk/sign-in`, 'desk.example');
  assert.equal(got.status, 200);
  assert.match(got.headers['strict-transport-security'] ?? '', /max-age=/);
  assert.match(server.log, /https:\/\/desk\.example\/desk\/join\/[\w-]+/);
});

test('an address where passkeys could not work is refused at the start, in words', async () => {
  const dir = await newNewsroom('wrong');
  await assert.rejects(serve(dir, { MASTHEAD_DESK: 'http://desk.example' }), /https:\/\/desk\.example/);
});
