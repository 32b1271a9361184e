import { Problem } from './problem.js';

/** The disk of this machine has no room left; what was being written there is not kept. */
export const diskFull = (): Problem =>
  new Problem('storage-full', 'the disk of the service is full');
