// A mail server that takes every mail, or answers as it is told to: `says` is asked with each recipient and answers with a
// line such as `550 5.1.1 no such user`, or with nothing to take the mail, for which it takes `slow` milliseconds.

import { createServer } from 'node:net';

/// Starts one; {address, mails, says, close}. A mail is {to, text}.
export async function sink({ says = () => undefined, slow = 0 } = {}) {
  const mails = [];
  const open = new Set();
  const here = { mails, says, slow };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    talk(socket, here);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  here.address = `smtp://127.0.0.1:${server.address().port}`;
  here.close = () => new Promise((done) => {
    server.close(done);
    for (const socket of open) socket.destroy();
  });
  return here;
}

function talk(socket, here) {
  let got = '';
  let to = '';
  let writing = false;
  const say = (line) => socket.write(`${line}\r\n`);
  const command = (line) => {
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'EHLO') say('250-sink\r\n250 8BITMIME');
    else if (word === 'RCPT') {
      to = /<(.*)>/.exec(line)?.[1] ?? '';
      say(here.says(to) ?? '250 ok');
    } else if (word === 'DATA') {
      writing = true;
      say('354 go on');
    } else if (word === 'QUIT') socket.end('221 bye\r\n');
    else say('250 ok');
  };
  say('220 sink');
  socket.on('data', (bytes) => {
    got += bytes.toString('latin1');
    for (;;) {
      const end = got.indexOf(writing ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const piece = got.slice(0, end);
      got = got.slice(end + (writing ? 5 : 2));
      if (writing) {
        writing = false;
        here.mails.push({ to, text: plain(piece) });
        setTimeout(() => socket.writable && say('250 taken'), here.slow);
      } else command(piece);
    }
  });
}

/// The mail with soft line ends joined and bytes in place of their codes, so that words and links can be looked for.
function plain(mail) {
  const bytes = mail.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
