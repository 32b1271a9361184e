/** Which changes to data are under way, and how many there were. */
export class Changes {
  private begun = 0;
  private ended = 0;

  /** Runs a change. */
  async during<T>(change: () => Promise<T>): Promise<T> {
    this.begun++;
    try {
      return await change();
    } finally {
      this.ended++;
    }
  }

  /** A number that stays the same as long as nothing changes; null while a change is under way. */
  get state(): number | null {
    return this.begun === this.ended ? this.begun : null;
  }
}
