// Fails when the committed bundle is not what the sources give, or is too heavy.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ASSETS, bundle, FILES } from './bundle.js';

const BUDGET = 120 * 1024;

const folder = await mkdtemp(join(tmpdir(), 'masthead-desk-'));
try {
  await bundle(folder);
  let weight = 0;
  for (const name of FILES) {
    const fresh = await readFile(join(folder, name));
    const committed = await readFile(join(ASSETS, name)).catch(() => Buffer.alloc(0));
    if (!fresh.equals(committed)) fail(`${name} is not what the sources give: run npm run build and commit it`);
    if (name.startsWith('editor') && !name.endsWith('.sha256')) weight += gzipSync(fresh, { level: 9 }).length;
  }
  console.log(`editor.js and editor.css: ${(weight / 1024).toFixed(1)} KB compressed of ${BUDGET / 1024} KB`);
  if (weight > BUDGET) fail('the editor is over its budget');
} finally {
  await rm(folder, { recursive: true });
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
