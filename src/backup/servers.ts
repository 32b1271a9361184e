import type { Configuration } from '../config/configuration.js';
import { storeUrl, STORES, type Store } from '../redis/connections.js';

/** One Redis server and the databases in it that Almanac uses. */
export interface Server {
  readonly url: URL;
  readonly databases: Partial<Record<Store, number>>;
}

/** The servers behind the three stores: usually one. Only the databases of one server are dumped at one moment. */
export function serversOf(configuration: Configuration): Server[] {
  const servers = new Map<string, Server>();
  for (const store of STORES) {
    const url = new URL(storeUrl(configuration, store));
    const server = servers.get(url.host) ?? { url, databases: {} };
    server.databases[store] = Number(url.pathname.slice(1) || '0');
    servers.set(url.host, server);
  }
  return [...servers.values()];
}
