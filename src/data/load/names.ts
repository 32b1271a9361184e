import { ROW_ID } from '../schema.js';

/** A column name that had to be changed, with what stood in the file. */
export interface NamedColumn {
  readonly name: string;
  readonly source?: string;
}

/**
 * Column names from the names in a file. They stay as they are wherever possible; only what could not
 * be addressed changes: surrounding blanks, empty names, names that repeat (letter case aside), and the
 * reserved name of the row number. What changed keeps its `source`.
 */
export function columnNames(sources: readonly string[]): NamedColumn[] {
  const taken = new Set([ROW_ID]);
  return sources.map((source, index) => {
    const plain = source.replace(/\p{Cc}/gu, ' ').trim() || `column_${String(index + 1)}`;
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}_${String(n)}`;
    taken.add(name.toLowerCase());
    return name === source ? { name } : { name, source };
  });
}
