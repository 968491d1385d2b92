/**
 * A real server over a fresh copy of the demonstration realm, on a free port of the loopback. The demonstration is made
 * once; each story gets its own copy, so no story sees what another did.
 */
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

export function findBinary(given) {
  const places = [
    given,
    process.env.FANGXIAN_BIN,
    join(root, 'build/release/bin/fangxian'),
    join(root, 'build/dev/bin/fangxian'),
  ];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('no fangxian binary: build it, or name it in FANGXIAN_BIN');
  return found;
}

export async function makeDemonstration(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'fx-e2e-'));
  const data = join(folder, 'demo');
  await run(binary, ['demo', 'create', '--data', data], { timeout: 180_000, maxBuffer: 1 << 24 });
  const { stdout } = await run(binary, ['demo', 'sign-ins', '--json']);
  return {
    folder,
    data,
    signIns: readSignIns(JSON.parse(stdout)),
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readSignIns(read) {
  const list = Array.isArray(read) ? read : (read.sign_ins ?? read.rows);
  if (!Array.isArray(list) || list.length === 0) throw new Error('demo sign-ins --json names nobody');
  return list;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// One after the other: a port that was free is still free when the server listens on it.
let starting = Promise.resolve();

export function serve(binary, demonstration, name) {
  const started = starting.then(() => serveNow(binary, demonstration, name));
  starting = started.catch(() => undefined);
  return started;
}

async function serveNow(binary, demonstration, name) {
  const data = join(demonstration.folder, name);
  cpSync(demonstration.data, data, { recursive: true });
  const port = await freePort();
  const log = [];
  const server = spawn(binary, ['serve', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => log.push(String(text)));
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await ready(url, ended, log);
  return {
    url,
    log,
    stop: async () => {
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function ready(url, ended, log) {
  let over = false;
  void ended.then(() => (over = true));
  for (let tries = 0; tries < 300; tries += 1) {
    if (over) break;
    try {
      const answer = await fetch(`${url}/healthz`);
      if (answer.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server did not come up:\n${log.join('').slice(-3000)}`);
}
