// Law 1: no address, user agent or referrer of a reader is written anywhere, not even with the most talkative log.

import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { join } from 'node:path';
import { test } from 'node:test';

import { succeed } from '../lib/binary.js';
import { filesHolding, newNewsroom, serve } from '../lib/newsroom.js';
import { E2E, folder, none } from '../lib/place.js';
import { Wire } from '../lib/wire.js';

// Loopback addresses of its own for the reader, so that its own address can be told from the server's.
const PEER = '127.0.0.77';
const CANARIES = {
  'user-agent': 'CanaryBrowser/7.7', referer: 'https://canary-referrer.example/secret-chat', cookie: 'canarycookie=1',
  'x-forwarded-for': '203.0.113.77', forwarded: 'for=203.0.113.78', 'x-real-ip': '203.0.113.79', 'cf-connecting-ip': '203.0.113.80',
  'true-client-ip': '203.0.113.81', authorization: 'Bearer canarytoken', 'accept-language': 'xx-CANARYLANG', origin: 'https://canary-origin.example',
};
const WORDS = [
  'CanaryBrowser', 'canary-referrer', 'canarycookie', 'canarytoken', 'CANARYLANG', 'canary-origin', '203.0.113.',
  PEER, 'canarybody',
];
const PATHS = [
  '/', '/latest/', '/2024/03/01/the-bridge-opens/', '/lite/', '/feed.xml', '/sitemap.xml', '/no/such/page/', '/?p=11',
  '/share/telegram/2024/03/01/the-bridge-opens/', '/media/ab/nothing.webp', '/%ff', '/a/../b/', '/-/health', '/robots.txt',
];

test('a reader leaves no trace in the newsroom’s folder or its log', { timeout: 240_000 }, async (t) => {
  const dir = await newNewsroom('traces');
  await succeed(['import', 'wordpress', join(E2E, 'fixtures/small.wordpress.xml'), '--no-fetch', '--data', dir, '--json']);
  const elsewhere = folder('tmp');
  const server = await serve(dir, { MASTHEAD_LOG: 'trace', TMPDIR: elsewhere, RUST_BACKTRACE: '1' });
  t.after(() => server.stop('SIGKILL'));
  await read(server.address);
  await readWithHttp2(server.address);
  await misbehave(server.address);
  const { code } = await server.stop();
  assert.equal(code, 0, server.log);
  assert.ok(server.log.includes('TRACE'), 'the log is not at its most talkative');
  const lines = server.log.split('\n');
  const traces = WORDS.flatMap((word) => {
    const met = lines.filter((line) => line.includes(word));
    return met.length > 0 ? [`the log holds ${word} ${met.length}×: ${met[0].slice(0, 240)}`] : [];
  });
  none([...filesHolding(dir, WORDS), ...filesHolding(elsewhere, WORDS), ...traces], 'traces of a reader');
});

/// Every path twice: from the router, then from the cache; then with a condition, then without a body.
async function read(address) {
  const wire = new Wire(address, { from: PEER });
  for (const path of [...PATHS, ...PATHS]) {
    const answer = await wire.get(path, CANARIES);
    assert.ok(answer.status < 500, `${path} is ${answer.status}`);
    if (answer.headers.etag) await wire.get(path, { ...CANARIES, 'if-none-match': answer.headers.etag });
  }
  wire.close();
}

async function readWithHttp2(address) {
  const net = await import('node:net');
  const { hostname, port } = new URL(address);
  const session = http2.connect(address, { createConnection: () => net.connect({ host: hostname, port, localAddress: PEER }) });
  for (const path of PATHS) {
    await new Promise((done, failed) => {
      const stream = session.request({ ':path': path, ...CANARIES });
      stream.on('error', failed).on('end', done).resume();
      stream.end();
    });
  }
  await new Promise((done) => session.close(done));
}

/// Requests that end in refusals and errors, which are what programs like to log.
async function misbehave(address) {
  const fields = Object.entries(CANARIES).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const requests = [
    `POST / HTTP/1.1\r\nhost: h\r\n${fields}content-length: 10\r\n\r\ncanarybody`,
    `GET / HTTP/1.1\r\n${fields}\r\n`,
    `GET / HTTP/1.1\r\nhost: h\r\n${fields}bad header\r\n\r\n`,
    `GET / HTTP/9.9\r\nhost: h\r\n${fields}\r\n`,
    `GET / HTTP/1.1\r\nhost: h\r\n${fields}${'x: y\r\n'.repeat(200)}\r\n`,
    `GET / HTTP/1.1\r\nhost: h\r\n${fields}x: ${'y'.repeat(40_000)}\r\n\r\n`,
    `GET /${'a'.repeat(10_000)} HTTP/1.1\r\nhost: h\r\n${fields}\r\n`,
    `NONSENSE\r\n${fields}\r\n\r\n`,
  ];
  for (const request of requests) {
    const wire = new Wire(address, { from: PEER, milliseconds: 5000 });
    // Some of these are answered by closing the connection.
    await wire.send(request, false).catch(() => {});
    wire.close();
  }
}

test('an import keeps nothing of commenters and staff', { timeout: 120_000 }, async () => {
  const dir = await newNewsroom('staff');
  const args = ['import', 'wordpress', join(E2E, 'fixtures/small.wordpress.xml'), '--no-fetch', '--data', dir, '--json'];
  const report = JSON.stringify(await succeed(args));
  const words = ['canary', 'Canary', '198.51.100.73'];
  none([...filesHolding(dir, words), ...words.filter((word) => report.includes(word)).map((word) => `the report holds ${word}`)], 'canaries');
});
