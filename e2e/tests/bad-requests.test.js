// Requests and themes that are wrong: readers still get their pages.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { masthead } from '../lib/binary.js';
import { serve } from '../lib/newsroom.js';
import { filled } from '../lib/refusal.js';
import { Wire } from '../lib/wire.js';

test('a broken template never takes a page down, and is told', async () => {
  const dir = await filled('theme');
  mkdirSync(join(dir, 'theme/templates'), { recursive: true });
  writeFileSync(join(dir, 'theme/templates/story.html'), '{% extends "base.html" %}{% block main %}{{ headline }{% endblock %}');
  const server = await serve(dir);
  const wire = new Wire(server.address);
  const story = await wire.get('/2024/03/01/the-bridge-opens/');
  wire.close();
  await server.stop();
  assert.equal(story.status, 200);
  assert.match(story.body.toString(), /The bridge opens on Monday/);
  assert.match(server.log, /story\.html/);
  const checked = await masthead(['theme', 'check', join(dir, 'theme')]);
  assert.notEqual(checked.code, 0);
  assert.match(checked.stdout + checked.stderr, /story\.html/);
});

test('addresses that lead nowhere good are refused, and the server lives', async (t) => {
  const dir = await filled('paths');
  const server = await serve(dir);
  t.after(() => server.stop());
  const wrong = [
    '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/media/../newsroom.db', '/media/%2e%2e%2fnewsroom.db', '/assets/..%5c..%5cmasthead.toml',
    '/media//etc/passwd', '/a%00b/', '/%00', '/%ff%fe/', '/%zz/', `/${'a'.repeat(10_240)}/`, `/?p=${'1'.repeat(10_240)}`, '//etc/passwd',
    '/2024/99/99/x/', '/archive/9999999999/99/', '/latest/page/0/', '/latest/page/99999999999999999999/', '/topics/page/-1/',
    '/share/telegram/', '/share/nobody/2024/03/01/the-bridge-opens/', '/newsroom.db', '/masthead.toml', '/.git/config',
  ];
  for (const path of wrong) {
    const wire = new Wire(server.address);
    const { status, body } = await wire.get(path);
    wire.close();
    assert.ok(status >= 400 && status < 500, `${path.slice(0, 80)} is ${status}`);
    assert.ok(!/root:|SQLite format|listen =/.test(body.toString()), `${path} gives a file away`);
  }
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/')).status, 200);
  wire.close();
});

test('requests that break the rules of HTTP are refused, and the server lives', async (t) => {
  const dir = await filled('rules');
  const server = await serve(dir);
  t.after(() => server.stop());
  const requests = [
    'GET / HTTP/1.1\r\n\r\n', 'GET\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: h\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc',
    'POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 99999999999\r\n\r\nabc', 'DELETE / HTTP/1.1\r\nhost: h\r\n\r\n',
  ];
  for (const request of requests) {
    const wire = new Wire(server.address, { milliseconds: 5000 });
    const answer = await wire.send(request, false).catch((error) => error);
    wire.close();
    if (answer.status) assert.ok(answer.status < 500, `${request.slice(0, 40)} is ${answer.status}`);
  }
  const wire = new Wire(server.address);
  assert.equal((await wire.get('/')).status, 200);
  wire.close();
});
