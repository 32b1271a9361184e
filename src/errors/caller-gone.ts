/** Why work for a request was stopped: nobody waits for its answer any more. It is nobody's fault. */
export class CallerGone extends Error {
  constructor() {
    super('the caller has gone');
    this.name = 'CallerGone';
  }
}
