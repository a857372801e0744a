// Bundles the editor and what the desk's other pages need: the same sources and the same locked packages give the same bytes.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const DESK = fileURLToPath(new URL('..', import.meta.url));
export const ASSETS = fileURLToPath(new URL('../../crates/web/assets/desk/', import.meta.url));
export const FILES = ['editor.js', 'editor.css', 'desk.js', 'desk.css', 'issue.js', 'editor.sources.sha256'];

/// Writes the bundle and the hash of its sources into `folder`.
export async function bundle(folder) {
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: DESK,
    entryPoints: { editor: 'src/main.ts', desk: 'src/pages/main.ts', issue: 'src/issue/main.ts' },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'editor.sources.sha256'), `${await sourcesHash()}\n`);
}

/// SHA-256 over every source's path and bytes, sorted by path, and the lock file.
export async function sourcesHash() {
  const hash = createHash('sha256');
  const sources = (await files(join(DESK, 'src'))).map((path) => relative(DESK, path)).sort();
  for (const path of [...sources, 'package-lock.json']) {
    hash.update(`${path}\0`).update(await readFile(join(DESK, path))).update('\0');
  }
  return hash.digest('hex');
}

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
