/** 38,401 */
export const count = (n: number): string => n.toLocaleString('en-US');

/** `7,315 without a position`, or nothing where there are none. */
export const some = (n: number, what: string): string[] => (n === 0 ? [] : [`${count(n)} ${what}`]);

export const rows = (n: number): string => `${count(n)} ${n === 1 ? 'row' : 'rows'}`;
