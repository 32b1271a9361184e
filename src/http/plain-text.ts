import Negotiator from 'negotiator';

/** Whether a caller asks for text rather than JSON; who takes either gets JSON. */
export const wantsText = (accept = '*/*'): boolean =>
  new Negotiator({ headers: { accept } }).mediaType(['application/json', 'text/plain']) ===
  'text/plain';
