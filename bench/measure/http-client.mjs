import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';

const TIMEOUT_MS = 600_000;

/** One connection to one program: requests go one after the other and fail above status 399. */
export class HttpClient {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url) {
    this.url = url;
  }

  /** @returns the whole body as text */
  async text(path, options) {
    const parts = [];
    for await (const part of await this.#send(path, options)) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  }

  async json(path, options) {
    return JSON.parse(await this.text(path, options));
  }

  /** Reads the body and forgets it. @returns its bytes */
  async drain(path, options) {
    let bytes = 0;
    for await (const part of await this.#send(path, options)) bytes += part.length;
    return bytes;
  }

  close() {
    this.#agent.destroy();
  }

  async #send(path, { method = 'GET', headers = {}, body } = {}) {
    const response = await new Promise((resolve, reject) => {
      const sent = request(this.url + path, { method, headers, agent: this.#agent }, resolve);
      sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
      sent.on('error', reject);
      if (body instanceof Readable) body.pipe(sent);
      else sent.end(body);
    });
    if (response.statusCode < 400) return response;
    const text = (await response.toArray()).join('');
    throw new Error(`${method} ${path} gave ${response.statusCode}: ${text.slice(0, 500)}`);
  }
}
