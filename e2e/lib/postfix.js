// A Postfix of the tests' own, in a folder that is removed at the end: it takes mails for every address at the domains named
// and keeps each for its recipient, as a mailbox provider would.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SBIN = '/usr/sbin';

/// What each service runs as; none of them in a jail, all of them in the folder.
const master = (port) => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/// {port, mails(address), stop, log} of a server that has mailboxes at these domains; `undefined` without Postfix or root.
/// With `back`, what it can't deliver is reported to the port named: `{ domain, port }`.
export async function startPostfix(domains, { back, refuse = [] } = {}) {
  if (!existsSync(join(SBIN, 'postfix')) || process.getuid() !== 0) return undefined;
  const base = mkdtempSync(join(tmpdir(), 'masthead-postfix-'));
  chmodSync(base, 0o755);
  const at = Object.fromEntries(['etc', 'queue', 'data', 'mail'].map((name) => [name, join(base, name)]));
  for (const folder of Object.values(at)) mkdirSync(folder);
  execFileSync('chown', ['postfix', at.data]);
  execFileSync('chown', ['-R', 'nobody', at.mail]);
  const [port, uid, gid] = [await freePort(), execFileSync('id', ['-u', 'nobody']), execFileSync('id', ['-g', 'nobody'])].map((value) => String(value).trim());
  const settings = {
    compatibility_level: '3.6',
    queue_directory: at.queue, data_directory: at.data, command_directory: SBIN, daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix', setgid_group: 'postdrop', myhostname: 'mx.reader.test', mydestination: '', local_transport: 'error:no local mail',
    inet_interfaces: '127.0.0.1', inet_protocols: 'ipv4', mynetworks: '127.0.0.0/8', maillog_file: join(base, 'log'), maillog_file_prefixes: base,
    alias_maps: '', local_recipient_maps: '', virtual_mailbox_domains: domains.join(' '), virtual_mailbox_base: at.mail,
    virtual_mailbox_maps: `regexp:${join(at.etc, 'mailboxes')}`, virtual_uid_maps: `static:${uid}`, virtual_gid_maps: `static:${gid}`,
    virtual_transport: 'virtual', smtpd_relay_restrictions: 'permit_mynetworks, reject', smtpd_client_connection_rate_limit: '0',
    smtputf8_enable: 'yes', notify_classes: '', biff: 'no', message_size_limit: '20000000', virtual_mailbox_limit: '0', mailbox_size_limit: '0',
    minimal_backoff_time: '1s', maximal_backoff_time: '1s', queue_run_delay: '1s', bounce_queue_lifetime: '1m',
    ...(back && { transport_maps: `inline:{${back.domain}=smtp:[127.0.0.1]:${back.port}}` }),
  };
  writeFileSync(join(at.etc, 'main.cf'), Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`).join(''));
  writeFileSync(join(at.etc, 'master.cf'), master(port));
  // One folder for all; an address to refuse has none. (Postfix lets no pattern name a folder after an address.)
  const gone = refuse.map((address) => address.replaceAll(/[.+]/g, '\\$&')).join('|') || '$^';
  writeFileSync(join(at.etc, 'mailboxes'), `if !/^(${gone})$/\n/./ all/\nendif\n`);
  const postfix = (word) => execFileSync(join(SBIN, 'postfix'), ['-c', at.etc, word], { stdio: ['ignore', 'ignore', 'pipe'] });
  postfix('start');
  await answering(port);
  const all = join(at.mail, 'all/new');
  const everyMail = () => (existsSync(all) ? readdirSync(all).sort().map((name) => readFileSync(join(all, name))) : []);
  const mails = (address) => everyMail().filter((mail) => mail.subarray(0, 2000).includes(`\nDelivered-To: ${address}\n`));
  const log = () => (existsSync(join(base, 'log')) ? readFileSync(join(base, 'log'), 'utf8') : '');
  const stop = () => {
    postfix('abort');
    rmSync(base, { recursive: true, force: true });
  };
  return { port: Number(port), base, mails, log, stop };
}

function freePort() {
  return new Promise((found) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

async function answering(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    const greeted = await new Promise((done) => {
      const socket = net.connect(Number(port), '127.0.0.1');
      socket.once('data', () => { socket.end('QUIT\r\n'); done(true); });
      socket.once('error', () => done(false));
      socket.once('close', () => done(false));
    });
    if (greeted) return;
    await new Promise((passed) => { setTimeout(passed, 50); });
  }
  throw new Error('Postfix does not answer');
}
