// What bad input must meet: a refusal by name, and a newsroom that stands as it was.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { masthead, succeed } from './binary.js';
import { newNewsroom, serve } from './newsroom.js';
import { E2E } from './place.js';
import { Wire } from './wire.js';

export const SMALL = join(E2E, 'fixtures/small.wordpress.xml');

/// A newsroom with two stories in it.
export async function filled(name) {
  const dir = await newNewsroom(name);
  await succeed(['import', 'wordpress', SMALL, '--no-fetch', '--data', dir, '--json']);
  return dir;
}

/// The command fails, with every one of `words` in what it says, in few words and without a panic.
export async function refused(args, words, options = {}) {
  const { code, stdout, stderr } = await masthead(args, { seconds: 60, ...options });
  const said = `${stderr}\n${stdout}`;
  assert.ok(code !== 0 && code !== null, `it ended with ${code}:\n${said}`);
  assert.ok(!/panicked|RUST_BACKTRACE/.test(said), said);
  assert.match(stderr, /^error: /m, said);
  for (const word of words) assert.match(said, word, `${word} is not in:\n${said}`);
  assert.ok(stderr.length < 2000, `too many words:\n${stderr}`);
  return said;
}

/// What readers see of the two stories, by asking a server over the folder.
export async function seen(dir) {
  const server = await serve(dir);
  const wire = new Wire(server.address);
  const story = await wire.get('/2024/03/01/the-bridge-opens/');
  const front = await wire.get('/');
  wire.close();
  await server.stop();
  return [story.status, story.body.toString(), front.status, front.body.toString()];
}
