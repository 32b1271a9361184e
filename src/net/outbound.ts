import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

import { isPublicAddress } from './addresses.js';

/** An address that this service does not speak to. */
export class RefusedAddress extends Error {}

/**
 * The URL of a request that somebody else asked this service to make.
 * @throws RefusedAddress with the reason
 */
export function outboundUrl(text: string, allowPrivate: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new RefusedAddress('must be an http or https URL');
  }
  if (url.username !== '' || url.password !== '') {
    throw new RefusedAddress('must not hold a user name or password');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const named = isIP(host) === 0;
  const local = named && /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host);
  if (!allowPrivate && (local || (!named && !isPublicAddress(host)))) throw refused(host);
  return url;
}

export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Uint8Array | string;
  /** Ends the request, and the reading of its answer. */
  readonly signal: AbortSignal;
  readonly allowPrivate: boolean;
}

/**
 * Sends a request to an address that was checked when the connection is made, so that a name cannot lead
 * elsewhere in between. Redirects are not followed: whoever follows one checks it anew.
 * @throws RefusedAddress, or the error of the network
 */
export async function sendOutbound(
  url: URL,
  { method, headers, body, signal, allowPrivate }: OutboundRequest,
): Promise<IncomingMessage> {
  outboundUrl(url.href, allowPrivate);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((answered, failed) => {
    const request = send(
      url,
      { method, headers, signal, agent: false, ...(allowPrivate ? {} : { lookup: publicLookup }) },
      answered,
    );
    request.on('error', failed);
    request.end(body);
  });
}

/** Like the lookup of Node, but a name with an address inside of a network is refused. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const within =
      error === null ? addresses.find(({ address }) => !isPublicAddress(address)) : null;
    const [first] = addresses as readonly (LookupAddress | undefined)[];
    if (error !== null) done(error, '');
    else if (within != null) done(refused(`${hostname} (${within.address})`), '');
    else if (options.all === true) done(null, addresses);
    else done(null, first?.address ?? '', first?.family);
  });
};

const refused = (host: string): RefusedAddress =>
  new RefusedAddress(
    `${host} is not on the public Internet; ALLOW_PRIVATE_SOURCES=true allows such addresses`,
  );
