// A mail server that keeps what it is given, and can be told to answer otherwise.

import net from 'node:net';

/// {port, mails, stop}: each mail is {from, to, text}. `answer(to)` says what is said to a recipient instead of 250, if anything;
/// `slow` is how many milliseconds each mail takes.
export function startSink({ answer = () => undefined, slow = 0 } = {}) {
  const mails = [];
  const open = new Set();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    let mail = {};
    let inData = false;
    let held = '';
    const say = (line) => socket.writable && socket.write(`${line}\r\n`);
    const end = (text) => {
      mails.push({ ...mail, text });
      inData = false;
      setTimeout(() => say('250 2.0.0 kept'), slow);
    };
    const command = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO') return say('250-sink\r\n250-PIPELINING\r\n250 8BITMIME');
      if (word === 'MAIL') mail = { from: /<(.*?)>/.exec(line)[1] };
      if (word === 'RCPT') {
        const to = /<(.*?)>/.exec(line)[1];
        const said = answer(to);
        if (said) return say(said);
        mail.to = to;
      }
      if (word === 'DATA') {
        if (!mail.to) return say('503 5.5.1 nobody to give it to');
        inData = true;
        return say('354 go on');
      }
      if (word === 'QUIT') return socket.end('221 bye\r\n');
      return say('250 2.0.0 well');
    };
    socket.on('data', (bytes) => {
      held += bytes.toString('latin1');
      for (;;) {
        const mark = inData ? '\r\n.\r\n' : '\r\n';
        const at = held.indexOf(mark);
        if (at < 0) return;
        const piece = held.slice(0, at);
        held = held.slice(at + mark.length);
        if (inData) end(piece);
        else command(piece);
      }
    });
    say('220 sink ESMTP');
  });
  return new Promise((up) => {
    server.listen(0, '127.0.0.1', () => {
      const stop = () => { open.forEach((socket) => socket.destroy()); server.close(); };
      up({ port: server.address().port, mails, stop });
    });
  });
}
