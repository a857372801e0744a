// HTTP/1.1 over a bare socket, so that every byte that crosses the wire is counted and nothing is hidden by a client:
// no redirects followed, no encoding undone, no header added.

import net from 'node:net';
import zlib from 'node:zlib';

export class Wire {
  constructor(address, options = {}) {
    const url = new URL(address);
    this.host = url.hostname;
    this.port = Number(url.port);
    this.options = options;
  }

  /// GET `path`, sent as it stands. `bytes` is what came over the wire: status line, headers and body.
  async get(path, headers = {}) {
    const fields = { host: `${this.host}:${this.port}`, ...headers };
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return this.send(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
  }

  /// Sends text or bytes and reads one response. A kept connection that the server closed is opened again once.
  async send(request, again = true) {
    const kept = this.socket !== undefined;
    try {
      return await this.#exchange(request);
    } catch (error) {
      this.close();
      if (kept && again) return this.send(request, false);
      throw error;
    }
  }

  close() {
    this.socket?.destroy();
    this.socket = undefined;
  }

  async #exchange(request) {
    this.socket ??= await this.#connect();
    const { socket } = this;
    // Only a request that is under way keeps the process alive.
    socket.ref();
    return new Promise((done, failed) => {
      let seen = Buffer.alloc(0);
      const end = (finish, value) => {
        socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error').removeAllListeners('timeout');
        socket.on('error', () => this.close());
        socket.setTimeout(0);
        socket.unref();
        finish(value);
      };
      socket.removeAllListeners('error');
      socket.on('data', (bytes) => {
        seen = Buffer.concat([seen, bytes]);
        const response = parse(seen);
        if (!response) return;
        if (response.headers.connection === 'close') this.close();
        end(done, response);
      });
      socket.on('close', () => end(failed, new Error(`the connection closed after ${seen.length} bytes`)));
      socket.on('error', (error) => end(failed, error));
      socket.setTimeout(this.options.milliseconds ?? 60_000, () => end(failed, new Error('no answer in time')));
      socket.write(request);
    });
  }

  #connect() {
    return new Promise((done, failed) => {
      const from = this.options.from ? { localAddress: this.options.from } : {};
      const socket = net.connect({ host: this.host, port: this.port, noDelay: true, ...from }, () => done(socket));
      socket.on('error', failed);
    });
  }
}

/// A whole response, or `undefined` while some of it is missing. Only bodies with a length: pages are prepared whole.
function parse(seen) {
  const end = seen.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine, ...lines] = seen.subarray(0, end).toString('latin1').split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  const status = Number(statusLine.split(' ')[1]);
  const bodiless = status === 304 || status === 204;
  if (!bodiless && headers['content-length'] === undefined) {
    throw new Error(`a response without content-length: ${statusLine}`);
  }
  const bytes = end + 4 + (bodiless ? 0 : Number(headers['content-length']));
  if (seen.length < bytes) return undefined;
  return { status, headers, bytes, body: seen.subarray(end + 4, bytes) };
}

/// The body with its encoding undone.
export function decoded(response) {
  switch (response.headers['content-encoding']) {
    case undefined: return response.body;
    case 'gzip': return zlib.gunzipSync(response.body);
    case 'br': return zlib.brotliDecompressSync(response.body);
    default: throw new Error(`unknown encoding ${response.headers['content-encoding']}`);
  }
}

/// Runs `work` over `things`, a few at a time.
export async function each(things, work, atOnce = 4) {
  const queue = [...things];
  const results = [];
  const worker = async () => {
    while (queue.length > 0) results.push(await work(queue.shift()));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
