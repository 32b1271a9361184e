/** A named output of a job: bytes with a media type. */
export interface Result {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What a picture shows, in words. */
  readonly description?: string;
}

const encoder = new TextEncoder();

export const textResult = (type: string, text: string): Result => ({
  type,
  bytes: encoder.encode(text),
});

export const jsonResult = (value: unknown): Result =>
  textResult('application/json', JSON.stringify(value));

type Cell = string | number | boolean | null;
export type TableRow = Readonly<Record<string, Cell>>;

/** The two forms of a table: `table.json` (a list of objects) and `table.csv` (RFC 4180). */
export function tableResults(
  columns: readonly string[],
  rows: readonly TableRow[],
): Record<'table.json' | 'table.csv', Result> {
  const line = (cells: readonly Cell[]): string => cells.map(csvCell).join(',');
  const lines = [
    line(columns),
    ...rows.map((row) => line(columns.map((name) => row[name] ?? null))),
  ];
  return {
    'table.json': jsonResult(rows),
    'table.csv': textResult('text/csv; charset=utf-8', `${lines.join('\r\n')}\r\n`),
  };
}

/** RFC 4180; null is empty, an empty text is "". */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
