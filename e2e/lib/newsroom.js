// Newsrooms of a test's own, and Markdown for them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { start, succeed } from './binary.js';
import { everyFile } from './files.js';
import { folder } from './place.js';

/// A new, empty newsroom; its folder.
export async function newNewsroom(name = 'newsroom', options = []) {
  const dir = join(folder(name), 'newsroom');
  await succeed(['init', dir, ...options]);
  return dir;
}

/// Serves it, at a free port unless one is named.
export const serve = (dir, env = {}, port = 0) => start(['serve', '--data', dir, '--listen', `127.0.0.1:${port}`], { env });

/// Writes `count` stories in Masthead's own form of Markdown, numbered from `from`.
export function writeStories(dir, from, count) {
  mkdirSync(join(dir, 'stories'), { recursive: true });
  for (let number = from; number < from + count; number += 1) {
    writeFileSync(join(dir, 'stories', `bulletin-${number}.en.md`), [
      '---', `title: Bulletin ${number} from the harbour`, `slug: bulletin-${number}`, 'language: en',
      `standfirst: What the harbour office said in its bulletin number ${number}.`,
      `date: 2025-06-${String((number % 27) + 1).padStart(2, '0')}T08:00:00Z`, '---',
      `The harbour office counted ${number} ships on its list and no more.`, '', 'The next bulletin follows.', '',
    ].join('\n'));
  }
}

/// The files below `dir` in which one of `words` stands, in UTF-8 or UTF-16.
export function filesHolding(dir, words) {
  const found = [];
  for (const { path, bytes } of everyFile(dir)) {
    for (const word of words) {
      if (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'))) found.push(`${path} holds ${word}`);
    }
  }
  return found;
}
