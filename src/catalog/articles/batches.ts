interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** When a batch is handed over: as soon as one of these is reached. */
export interface BatchLimits {
  readonly items: number;
  /** Milliseconds without a further item. */
  readonly pause: number;
  /** Milliseconds since the first item. */
  readonly longest: number;
}

/**
 * Gathers items and hands them over in batches: a large one while items come in quick succession, and soon
 * when there are no others. Who adds an item learns when its batch is done, or why it failed.
 */
export class Batches<T> {
  private waiting: Waiting<T>[] = [];
  /** Until no further item is waited for, and until the first has waited for long enough. */
  private timers: readonly [pause: NodeJS.Timeout, longest: NodeJS.Timeout] | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly use: (items: readonly T[]) => Promise<void>,
    private readonly limits: BatchLimits,
  ) {}

  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, done: resolve, failed: reject });
      if (this.waiting.length >= this.limits.items) this.flush();
      else if (this.timers === undefined) this.timers = this.start();
      else this.timers[0].refresh();
    });
  }

  private start(): [NodeJS.Timeout, NodeJS.Timeout] {
    const flush = (): void => {
      this.flush();
    };
    return [setTimeout(flush, this.limits.pause), setTimeout(flush, this.limits.longest)];
  }

  /** One batch after the other, in the order in which they were gathered. */
  private flush(): void {
    this.timers?.forEach(clearTimeout);
    this.timers = undefined;
    const batch = this.waiting;
    this.waiting = [];
    this.last = this.last.then(async () => {
      try {
        await this.use(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    });
  }
}
