/** What a picture counts: the rows of the table, or the values of several of its columns. */
export type Counted = 'row' | 'value';

/** 38,401 */
export const count = (n: number): string => n.toLocaleString('en-US');

/** `7,315 without a position`, or nothing where there are none. */
export const some = (n: number, what: string): string[] => (n === 0 ? [] : [`${count(n)} ${what}`]);

/** `38,401 of 45,716 rows` */
export function reach(drawn: number, total: number, counted: Counted): string {
  const all = `${count(total)} ${counted}${total === 1 ? '' : 's'}`;
  return drawn === total ? all : `${count(drawn)} of ${all}`;
}

export const LOG_NOTE = 'not above 0, which a logarithm cannot show';
