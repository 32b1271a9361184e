/**
 * Tells that a server of Redis cannot be used, and that it can be used again. Each of six connections tries anew every
 * second: that is told once, and again every half minute, not each time.
 */
const SAY_AGAIN_MS = 30_000;

/** In plain words, without what the server says of its protocol. */
const REFUSALS: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a user or a password (NOAUTH)',
  WRONGPASS: 'the user or the password is wrong (WRONGPASS)',
};

interface Outage {
  readonly since: number;
  /** Names of the connections that are away. */
  readonly connections: Set<string>;
  said: number | null;
}

export class OutageLog {
  private readonly outages = new Map<string, Outage>();

  /**
   * @param say where an outage is told, a line at a time
   * @param sayBack where its end is told
   */
  constructor(
    private readonly say: (line: string) => void,
    private readonly sayBack: (line: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A connection to the server failed, or could not be made. */
  failed(address: string, connection: string, { message }: Error): void {
    const now = this.now();
    const outage = this.outages.get(address) ?? { since: now, connections: new Set(), said: null };
    this.outages.set(address, outage);
    outage.connections.add(connection);
    if (outage.said !== null && now - outage.said < SAY_AGAIN_MS) return;
    const tried = outage.said === null ? '' : ` for ${seconds(now - outage.since)} now`;
    outage.said = now;
    const refused = /^(NOAUTH|WRONGPASS)\b/.exec(message)?.[1];
    const told =
      refused === undefined
        ? `cannot be reached${tried}: ${message}; start it, or say with REDIS_URL (or REDIS_HOST and REDIS_PORT) where it is`
        : `refuses the connection${tried}: ${REFUSALS[refused] ?? message}; REDIS_URL takes them, as redis://user:password@host:6379`;
    this.say(`Redis at ${address} ${told}; trying again every second`);
  }

  /** A connection to the server can be used. */
  ready(address: string, connection: string): void {
    const outage = this.outages.get(address);
    if (outage === undefined) return;
    outage.connections.delete(connection);
    if (outage.connections.size > 0) return;
    this.outages.delete(address);
    this.sayBack(`Redis at ${address} is there again after ${seconds(this.now() - outage.since)}`);
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
