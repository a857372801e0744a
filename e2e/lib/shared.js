// One demo newsroom and one crawl of it for all test files.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { crawl, isHtml } from './crawl.js';
import { until } from './place.js';

/// Under the test runner its process outlives every file's; alone, a file is its own runner.
const RUNNER = process.env.NODE_TEST_CONTEXT ? process.ppid : process.pid;
const FOLDER = join(tmpdir(), `masthead-e2e-${RUNNER}`);

/// Whether this is who makes the folder: of test files that run beside each other, one does what is done once.
function first(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/// The running demo: {address, newsroom (its folder), gone (paths of withdrawn stories)}.
export async function demo() {
  if (first(FOLDER)) {
    const keeper = join(dirname(fileURLToPath(import.meta.url)), 'keeper.js');
    spawn(process.execPath, [keeper, FOLDER, String(RUNNER)], { detached: true, stdio: 'ignore' }).unref();
  }
  const state = join(FOLDER, 'demo.json');
  await until('the demo', () => existsSync(state), 90);
  const told = JSON.parse(readFileSync(state, 'utf8'));
  if (told.failed) throw new Error(`the demo did not start: ${told.failed}`);
  return told;
}

/// All that a crawl of the demo found: {entries, pages, address}. `pages` are its HTML pages, 404 and 410 among them.
export async function crawled() {
  const { address, gone } = await demo();
  const kept = join(FOLDER, 'crawl.json');
  if (first(join(FOLDER, 'crawling'))) {
    const also = [...gone, '/no/such/page/', '/ru/no/such/page/', '/fa/no/such/page/'];
    const entries = await crawl(address, FOLDER, also);
    writeFileSync(`${kept}.part`, JSON.stringify(entries));
    renameSync(`${kept}.part`, kept);
  }
  await until('the crawl', () => existsSync(kept), 400);
  const entries = JSON.parse(readFileSync(kept, 'utf8'));
  return { address, gone, entries, pages: entries.filter(isHtml) };
}
