// A plain file server that knows nothing of Masthead, and the copy of a newsroom that it serves.

import { createReadStream, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';

import { bodyOf } from './crawl.js';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.xml': 'application/xml', '.json': 'application/json', '.txt': 'text/plain',
  '.webp': 'image/webp', '.avif': 'image/avif', '.jpg': 'image/jpeg', '.png': 'image/png', '.gif': 'image/gif',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};

/// Writes what a crawl found into `folder` as files: a page becomes `…/index.html`, a share link a page with a link.
export function copy(entries, folder) {
  for (const entry of entries) {
    if (entry.status !== 200 && entry.status !== 303) continue;
    const path = decodeURIComponent(entry.path);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.status === 200 ? bodyOf(entry) : leading(entry.headers.location));
  }
}

function leading(target) {
  const escaped = target.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Share</title><a href="${escaped}">Share</a>`;
}

/// Serves `folder` below `/prefix/`; {address, asked (paths), stop}.
export async function serveFiles(folder, prefix) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://files');
    asked.push(pathname);
    const below = pathname.startsWith(prefix) ? normalize(decodeURIComponent(pathname.slice(prefix.length - 1))) : undefined;
    const file = below && join(folder, below.endsWith('/') ? `${below}index.html` : below);
    if (!file || !isFile(file)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('no such file');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((up) => server.listen(0, '127.0.0.1', up));
  const stop = () => new Promise((down) => { server.closeAllConnections(); server.close(down); });
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, asked, stop };
}

export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/// Every file below `folder`, whole.
export function* everyFile(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    yield { path, bytes: readFileSync(path) };
  }
}
