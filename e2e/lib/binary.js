// Runs the built binary: commands to their end, servers until they are stopped.

import { spawn } from 'node:child_process';

import { BINARY } from './place.js';

/// The environment without settings of whoever runs the tests.
function environment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(MASTHEAD|AWS)_/.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/// Runs a command to its end. `as` is a program and arguments to run it under.
export function masthead(args, { env = {}, cwd, seconds = 300, as = [] } = {}) {
  const [program, ...before] = [...as, BINARY];
  return new Promise((done, failed) => {
    const child = spawn(program, [...before, ...args], { env: environment(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (bytes) => out.push(bytes));
    child.stderr.on('data', (bytes) => err.push(bytes));
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('error', failed);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/// Runs a command that must succeed; its standard output, read as JSON when `--json` is among the arguments.
export async function succeed(args, options) {
  const ran = await masthead(args, options);
  if (ran.code !== 0) {
    throw new Error(`masthead ${args.join(' ')} ended with ${ran.code ?? ran.signal}\n${ran.stdout}${ran.stderr}`);
  }
  return args.includes('--json') ? JSON.parse(ran.stdout) : ran.stdout;
}

const running = [];
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/// Starts `serve` or `demo` and returns once it says where it listens.
export function start(args, { env = {}, seconds = 60 } = {}) {
  const child = spawn(BINARY, args, { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const server = { child, log: '', address: undefined };
  const gone = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  server.stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    return gone;
  };
  running.push(child);
  return new Promise((up, failed) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`masthead ${args.join(' ')} did not start within ${seconds} s\n${server.log}`));
    }, seconds * 1000);
    const hear = (bytes) => {
      server.log += bytes;
      const said = /http:\/\/[\d.]+:\d+\//.exec(server.log);
      if (!said || server.address) return;
      server.address = said[0];
      clearTimeout(timer);
      up(server);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    gone.then(({ code, signal }) => {
      clearTimeout(timer);
      failed(new Error(`masthead ${args.join(' ')} ended with ${code ?? signal} before it listened\n${server.log}`));
    });
  });
}
