// A PostgreSQL of the tests' own: `MASTHEAD_TEST_POSTGRES` names a server, else one is started in a folder that is
// removed at the end.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/// {url, stop} of an empty database, or `undefined` where no server can be had.
export async function emptyDatabase() {
  const programs = binaries();
  if (!programs) return undefined;
  const name = `masthead_e2e_${process.pid}`;
  const given = process.env.MASTHEAD_TEST_POSTGRES;
  if (given) {
    const url = new URL(given);
    const psql = (sql) => execFileSync(join(programs, 'psql'), [given, '-qc', sql]);
    psql(`CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
    return { url: url.href, stop: () => psql(`DROP DATABASE ${name} WITH (FORCE)`) };
  }
  return started(programs, name);
}

/// The rows that a query finds in a database at an address.
export function rowsAt(url, sql) {
  const whole = `SELECT coalesce(json_agg(t), '[]') FROM (${sql}) t`;
  return JSON.parse(execFileSync(join(binaries(), 'psql'), [url, '-qAtc', whole]).toString());
}

async function started(programs, name) {
  const base = mkdtempSync(join(tmpdir(), 'masthead-postgres-'));
  const data = join(base, 'data');
  mkdirSync(data);
  // PostgreSQL refuses to run as root.
  const root = process.getuid() === 0;
  const run = (program, args) => {
    const command = [join(programs, program), ...args];
    const [first, ...rest] = root ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    return execFileSync(first, rest, { cwd: base, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  chmodSync(base, 0o755);
  if (root) execFileSync('chown', ['-R', 'postgres', base]);
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'masthead', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8']);
  run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(base, 'log'), '-o', `-p ${port} -k ${base} -c listen_addresses=127.0.0.1 -c fsync=off`, 'start']);
  run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'masthead', name]);
  const stop = () => {
    run('pg_ctl', ['-D', data, '-m', 'immediate', '-s', 'stop']);
    rmSync(base, { recursive: true, force: true });
  };
  return { url: `postgres://masthead@127.0.0.1:${port}/${name}`, stop };
}

/// The folder of the newest PostgreSQL here.
function binaries() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => b - a) : [];
  const folders = [...versions.map((version) => `/usr/lib/postgresql/${version}/bin`), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

function freePort() {
  return new Promise((done, failed) => {
    const server = net.createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
