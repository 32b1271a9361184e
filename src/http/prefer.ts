/** Documents the header that asks for an answer before the work is done. */
export const PREFER = {
  name: 'prefer',
  required: false,
  description: '`respond-async`: answers with the job, at once.',
};

/** `Prefer: respond-async`, as of RFC 7240. */
export const wantsItLater = (prefer: string | string[] | undefined): boolean =>
  /(^|,)\s*respond-async\s*(;|,|$)/i.test(String(prefer ?? ''));
