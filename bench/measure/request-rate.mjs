import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Requests per second with a fixed number of keep-alive connections, each sending its next request when
 * the answer to the last one is complete. It speaks just enough HTTP on plain sockets, since a full client
 * takes more processor time than the servers that it measures.
 *
 * @param {string} url
 * @param {() => string} next text of the next request, see `getRequest`
 * @param {{ seconds: number, connections: number, expected?: number }} options
 */
export async function requestRate(url, next, { seconds, connections, expected = 200 }) {
  const { hostname, port } = new URL(url);
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: connections }, () => ask(hostname, Number(port), next, end, expected)),
  );
  const taken = (performance.now() - begin) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / taken;
}

export const getRequest = (path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

export const postRequest = (path, body, headers) => bodyRequest('POST', path, body, headers);

export const bodyRequest = (method, path, body, headers = {}) => {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${more.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

async function ask(host, port, next, end, expected) {
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    let answered = 0;
    const fail = (reason) => {
      socket.destroy();
      reject(new Error(reason));
    };
    socket.on('data', (data) => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      const length = answerLength(received);
      if (length === null || received.length < length) return;
      if (statusOf(received) !== expected) {
        fail(`an unexpected answer: ${received.toString().slice(0, 500)}`);
        return;
      }
      received = Buffer.alloc(0);
      answered++;
      if (performance.now() < end) {
        socket.write(next());
        return;
      }
      socket.destroy();
      resolve(answered);
    });
    socket.setTimeout(30_000, () => fail('no answer for 30 seconds'));
    socket.on('error', (error) => fail(error.message));
    socket.on('end', () => fail('the connection was closed'));
    socket.write(next());
  });
}

const statusOf = (answer) => Number(answer.subarray(9, 12).toString('latin1'));

/** Bytes of a whole answer, or null while its head is not complete. */
function answerLength(received) {
  const head = received.indexOf(HEAD_END);
  if (head === -1) return null;
  const text = received.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error(`an answer without content-length: ${text}`);
  return head + HEAD_END.length + Number(length);
}
