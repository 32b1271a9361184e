import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a Redis server on this machine says to PING: 'ready', 'loading', or 'silent' when nobody answers.
 * @param {number} port
 * @returns {Promise<'ready' | 'loading' | 'silent'>}
 */
export function ping(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG') ? 'ready' : 'loading');
      socket.destroy();
    });
    socket.on('error', () => resolve('silent'));
    socket.on('close', () => resolve('silent'));
  });
}

/**
 * Waits until the server answers and has read its data. Reading a large append-only file takes as long as
 * it takes; only a server that does not answer at all is given up.
 * @param {number} port
 * @param {object} options
 * @param {() => boolean} options.alive whether the process still runs
 * @param {number} [options.silence] milliseconds without any answer
 * @returns {Promise<boolean>} whether it is ready
 */
export async function redisReady(port, { alive, silence = 15_000 }) {
  let heard = Date.now();
  while (alive() && Date.now() - heard < silence) {
    const answer = await ping(port);
    if (answer === 'ready') return true;
    if (answer === 'loading') heard = Date.now();
    await sleep(20);
  }
  return false;
}
