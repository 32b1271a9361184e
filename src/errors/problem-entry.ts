/** One problem of the table: what HTTP answers, and what to do about it. */
export interface Entry {
  readonly status: number;
  readonly title: string;
  readonly help: string;
}

export const entry = (status: number, title: string, help: string): Entry => ({
  status,
  title,
  help,
});
