/** Texts as a search compares them: letter case and accents do not matter. */
export const foldedSql = (text: string): string => `lower(strip_accents(${text}))`;

/** The same of an ASCII text, without asking DuckDB. */
export const foldedAscii = (text: string): string => text.toLowerCase();

export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** What the folded texts of a column are held as: a name that no column can have. */
export const foldedName = (column: string): string => `\u0001folded ${column}`;
