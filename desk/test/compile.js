// TypeScript modules of the editor for tests that need no browser.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { DESK } from '../build/bundle.js';

/// What `source`, a TypeScript text that imports from `./src/…`, exports.
export async function compile(source) {
  const folder = await mkdtemp(join(DESK, 'node_modules/.test-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({
      stdin: { contents: source, resolveDir: DESK, loader: 'ts' },
      outfile, bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
