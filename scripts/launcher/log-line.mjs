const NAMES = [
  { level: 60, name: 'FATAL' },
  { level: 50, name: 'ERROR' },
  { level: 40, name: 'WARN' },
];

/**
 * A log line of a program as a person reads it. Lines that are not JSON are plain words already.
 * @param {string} line
 * @returns {{ level?: number, clock: string, text: string }}
 */
export function readable(line) {
  const entry = parse(line);
  if (entry === undefined) return { clock: '', text: line };
  const level = entry.level;
  const name = NAMES.find((candidate) => level >= candidate.level)?.name ?? 'info';
  const time = new Date(entry.time ?? Date.now());
  const clock = Number.isNaN(time.getTime()) ? '' : `${time.toTimeString().slice(0, 8)} `;
  const reason = entry.err?.message;
  const message = entry.msg ?? '';
  const detail = reason === undefined || message.includes(reason) ? '' : `: ${reason}`;
  return { level, clock, text: `${name} ${message}${detail}` };
}

/**
 * @param {string} line
 * @returns {{ level: number, time?: number | string, msg?: string, err?: { message?: string } } | undefined}
 */
function parse(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line);
    return typeof entry.level === 'number' ? entry : undefined;
  } catch {
    return undefined;
  }
}
