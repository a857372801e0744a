// A connection that breaks: forwards to a server, and on demand ends what passes after a number of bytes.

import net from 'node:net';

export class Cut {
  /// A proxy in front of `address`; its own address is `origin`.
  static async before(address) {
    const cut = new Cut();
    const port = Number(new URL(address).port);
    const sockets = new Set();
    cut.server = net.createServer((near) => {
      const far = net.connect(port, '127.0.0.1');
      sockets.add(near).add(far);
      let sent = 0;
      let counts = false;
      for (const [one, other] of [[near, far], [far, near]]) {
        one.on('error', () => other.destroy()).on('close', () => { sockets.delete(one); other.destroy(); });
      }
      far.on('data', (bytes) => near.write(bytes));
      near.on('data', (bytes) => {
        // Only an upload is broken: the page's other calls share nothing with it but the server.
        if (cut.after !== undefined && bytes.includes('POST /desk/api/photos')) counts = true;
        if (counts) sent += bytes.length;
        far.write(bytes);
        if (counts && cut.after !== undefined && sent >= cut.after) {
          cut.cuts += 1;
          near.resetAndDestroy();
          far.resetAndDestroy();
        }
      });
    });
    await new Promise((listening) => { cut.server.listen(0, '127.0.0.1', listening); });
    cut.origin = `http://localhost:${cut.server.address().port}`;
    cut.stop = () => { sockets.forEach((socket) => socket.destroy()); cut.server.close(); };
    return cut;
  }

  cuts = 0;
  /// How many bytes of an upload pass before its connection ends; undefined: all.
  after = undefined;
}
