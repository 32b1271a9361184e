/** How long a read waits for the one before it; more would add up where Redis does not answer. */
const PATIENCE_MS = 20;

/**
 * Lets reads of the same thing share one question: while one is under way, those that come wait for it to
 * end and then share the next. No read gets the answer to a question that was sent before the read came.
 */
export class SharedReads<T> {
  /** The question that was sent last and has no answer yet. */
  private readonly sent = new Map<string, Promise<T>>();
  /** The question that is still to be sent. */
  private readonly next = new Map<string, Promise<T>>();

  constructor(private readonly send: (key: string) => Promise<T>) {}

  read(key: string): Promise<T> {
    const shared = this.next.get(key);
    if (shared !== undefined) return shared;
    const next = this.turn(key).then(() => this.start(key));
    this.next.set(key, next);
    return next;
  }

  /**
   * Until the next question may be sent: the end of this turn of the event loop, or two turns after the last
   * answer, so that those who were answered then can share it with what they ask next.
   */
  private turn(key: string): Promise<void> {
    const last = this.sent.get(key);
    return new Promise((resolve) => {
      if (last === undefined) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(resolve, PATIENCE_MS);
      const ended = (): void => {
        clearTimeout(timer);
        setImmediate(() => setImmediate(resolve));
      };
      last.then(ended, ended);
    });
  }

  private start(key: string): Promise<T> {
    this.next.delete(key);
    const sent = this.send(key);
    this.sent.set(key, sent);
    const ended = (): void => {
      if (this.sent.get(key) === sent) this.sent.delete(key);
    };
    sent.then(ended, ended);
    return sent;
  }
}
