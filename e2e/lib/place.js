// Where things are, and what a check does when something it needs is missing.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const E2E = dirname(dirname(fileURLToPath(import.meta.url)));
export const REPO = dirname(E2E);
export const BINARY = resolve(process.env.MASTHEAD_BIN ?? join(REPO, 'target/debug/masthead'));
export const LANGUAGES = ['en', 'ru', 'fa'];

if (!existsSync(BINARY)) {
  throw new Error(`there is no ${BINARY}; build it with \`cargo build --package masthead\`, or name another in MASTHEAD_BIN`);
}

const made = [];
process.on('exit', () => made.forEach((path) => rmSync(path, { recursive: true, force: true, maxRetries: 3 })));

/// A folder that is gone when the test's process ends.
export function folder(name = 'e2e') {
  made.push(mkdtempSync(join(tmpdir(), `masthead-${name}-`)));
  return made.at(-1);
}

/// Skips, loudly; where checks must not be skipped (`CI` is set) it fails instead.
export function skip(t, why) {
  if (process.env.CI) throw new Error(`${why} (a skipped check fails where CI is set)`);
  console.error(`\n  !!! SKIPPED: ${t.name}\n  !!! ${why}\n`);
  t.skip(why);
}

/// Waits until `check` gives something true; fails after `seconds`.
export async function until(what, check, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/// Fails with every fault listed, not only the first.
export function none(faults, what) {
  if (faults.length === 0) return;
  const shown = faults.slice(0, 40).map((fault) => `  - ${fault}`).join('\n');
  const more = faults.length > 40 ? `\n  … and ${faults.length - 40} more` : '';
  throw new Error(`${what} (${faults.length}):\n${shown}${more}`);
}
