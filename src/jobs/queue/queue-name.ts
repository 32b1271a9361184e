/** The one queue of jobs. A process that only adds to it never asks it for work. */
export const ANALYSES_QUEUE = 'analyses';
