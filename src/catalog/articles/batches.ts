interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Gathers items and hands them over in batches: when so many are there, or the first has waited so long. Who adds an
 * item learns when its batch is done, or why it failed.
 */
export class Batches<T> {
  private waiting: Waiting<T>[] = [];
  private timer: NodeJS.Timeout | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly use: (items: readonly T[]) => Promise<void>,
    private readonly most: number,
    private readonly waitMs: number,
  ) {}

  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, done: resolve, failed: reject });
      if (this.waiting.length >= this.most) this.flush();
      else
        this.timer ??= setTimeout(() => {
          this.flush();
        }, this.waitMs);
    });
  }

  /** One batch after the other, in the order in which they were gathered. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
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
