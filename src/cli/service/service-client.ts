import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Configuration } from '../../config/configuration.js';
import { TaskFault } from '../usage-fault.js';

export interface Sent {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable | string;
}

/** Where the service is, unless `--url` says otherwise: the address that the configuration gives to the API. */
export const defaultUrl = ({ port }: Configuration): string => `http://127.0.0.1:${String(port)}`;

/** Requests to a running API. What it refuses is told in its own words. */
export class ServiceClient {
  private readonly key: string | undefined;

  constructor(
    private readonly url: string,
    { apiKeys }: Configuration,
  ) {
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new TaskFault(`--url ${url}: expected an address such as http://127.0.0.1:3000`);
    }
    this.key = apiKeys[0];
  }

  /** @throws TaskFault where the service cannot be reached or refuses */
  async json<T>(path: string, sent: Sent = {}): Promise<T> {
    const response = await this.ask(path, sent);
    return JSON.parse(await textOf(response)) as T;
  }

  /** The answer as it comes. @throws as `json` */
  async ask(
    path: string,
    { method = 'GET', headers = {}, body }: Sent = {},
  ): Promise<IncomingMessage> {
    const url = new URL(path, this.url);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...headers,
      },
    });
    try {
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      if (body === undefined || typeof body === 'string') request.end(body);
      // An answer may come before all is sent: then it says why.
      else await Promise.race([pipeline(body, request), answered]);
      const [response] = await answered;
      if ((response.statusCode ?? 500) < 400) return response;
      throw new TaskFault(await refusalOf(response));
    } catch (error) {
      if (error instanceof TaskFault) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw new TaskFault(message);
      throw new TaskFault(
        `${url.origin} cannot be reached: ${code ?? message}; is the API running? --url says where`,
      );
    }
  }
}

async function refusalOf(response: IncomingMessage): Promise<string> {
  const text = await textOf(response);
  try {
    const { title = '', detail = '' } = JSON.parse(text) as { title?: string; detail?: string };
    return `${title}: ${detail}`;
  } catch {
    return `the service answered ${String(response.statusCode)}`;
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) text += String(part);
  return text;
}
