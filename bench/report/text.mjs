import { comparison, isMet } from '../measure/result.mjs';

const COLUMNS = ['what', 'against', 'ratio', 'target', '', 'this machine, this run'];

/** The lines of a report as rows of text: ratios first, absolute figures after them. */
export const rowsOfReport = (results) => [COLUMNS, ...results.map(row)];

function row(result) {
  const met = isMet(result);
  return [
    result.what,
    result.against ?? '',
    compared(result),
    targetOf(result),
    met === null ? '' : met ? 'met' : 'MISSED',
    absolute(result),
  ];
}

function compared(result) {
  const value = comparison(result);
  if (value === null) return '';
  return result.compare === 'extra'
    ? `${value < 0 ? '' : '+'}${short(value)} ${result.unit}`
    : short(value);
}

function targetOf({ target, compare, unit, other }) {
  if (target === undefined) return '';
  const after = compare === 'extra' || other === undefined ? ` ${unit}` : '';
  return 'atLeast' in target
    ? `at least ${target.atLeast}${after}`
    : `at most ${compare === 'extra' ? '+' : ''}${target.atMost}${after}`;
}

function absolute({ ours, other, unit, note }) {
  const beside = other === undefined ? '' : ` against ${spread(other)}`;
  return `${spread(ours)}${beside} ${unit}${note === undefined ? '' : `; ${note}`}`;
}

const spread = ({ median, least, most }) => `${short(median)} (${short(least)} to ${short(most)})`;

/** Three digits that matter. */
export function short(value) {
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** Rows as a table for a terminal. */
export function plainTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
