type Cell = string | number | boolean | null | object | undefined;

const MAX_WIDTH = 40;

/** Rows as aligned text for a terminal: numbers to the right, everything else to the left. */
export function textTable(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): string {
  const cells = rows.map((row) => columns.map((name) => shown(row[name])));
  const right = columns.map((name) => rows.every((row) => isNumber(row[name])));
  const widths = columns.map((name, i) =>
    Math.max(name.length, ...cells.map((line) => line[i]?.length ?? 0)),
  );
  const lineOf = (line: readonly string[]): string =>
    line
      .map((text, i) =>
        right[i] === true ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [columns, ...cells].map((line) => `${lineOf(line)}\n`).join('');
}

const isNumber = (cell: Cell): boolean => cell == null || typeof cell === 'number';

function shown(cell: Cell): string {
  if (cell == null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH - 1)}…` : text;
}
