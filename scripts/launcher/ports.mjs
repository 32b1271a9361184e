import { once } from 'node:events';
import { createServer, isIP } from 'node:net';

import { Fault } from './fault.mjs';

/** A port of the loopback interface that is free now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The ports of API and worker, checked; 0 becomes a free one.
 * @param {import('./project.mjs').LauncherSettings} settings
 * @throws {Fault} when one cannot be listened on
 */
export async function choosePorts({ host, port, workerHost, workerPort }) {
  await checkPort({ variable: 'PORT', hostVariable: 'HOST', who: 'the API', port, host });
  await checkPort({
    variable: 'WORKER_PORT',
    hostVariable: 'WORKER_HOST',
    who: 'the worker (its /health and /metrics)',
    port: workerPort,
    host: workerHost,
  });
  if (port !== 0 && port === workerPort) {
    throw new Fault(
      `PORT and WORKER_PORT are both ${port}: choose another, such as WORKER_PORT=${port + 1}`,
    );
  }
  return { port: port || (await freePort()), workerPort: workerPort || (await freePort()) };
}

/** @param {{ variable: string, hostVariable: string, who: string, port: number, host: string }} need */
async function checkPort({ variable, hostVariable, who, port, host }) {
  const code = await listenFault(port, host);
  if (code === undefined) return;
  if (code === 'EADDRINUSE') {
    const other = await nextFree(port, host);
    throw new Fault(
      `port ${port} on ${host}, which ${who} needs, is used by another program: stop that, or choose another port, such as ${variable}=${other}`,
    );
  }
  if (code === 'EACCES') {
    throw new Fault(
      `port ${port}, which ${who} needs, is reserved for root: choose another, such as ${variable}=8080`,
    );
  }
  throw new Fault(`${hostVariable} "${host}": not an address of this machine (${code})`);
}

/**
 * @param {number} port
 * @param {string} host
 */
async function nextFree(port, host) {
  for (let other = port + 1; other < port + 50 && other < 65536; other++) {
    if ((await listenFault(other, host)) === undefined) return other;
  }
  return freePort();
}

/**
 * Why a port cannot be listened on (EADDRINUSE, EACCES, EADDRNOTAVAIL, ...), or undefined.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>}
 */
function listenFault(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      resolve(error.code ?? 'unknown');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * The URL under which this machine reaches what listens on `host`.
 * @param {string} host
 * @param {number} port
 */
export function localUrl(host, port) {
  if (host === '0.0.0.0' || host === '') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return isIP(host) === 6 ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}
