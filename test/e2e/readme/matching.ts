/** Stands in a shown output for what is left out. */
const GAP = '…';

/**
 * What keeps an answer from being the one that a page shows: every value shown must be there, at its place;
 * what is not shown does not matter.
 * @returns one line a difference
 */
export function differences(shown: unknown, answer: unknown, path = ''): string[] {
  if (typeof shown === 'string') {
    return typeof answer === 'string' && withGaps(shown).test(answer)
      ? []
      : [`${path}: shown ${JSON.stringify(shown)}, got ${JSON.stringify(answer)}`];
  }
  if (typeof shown !== 'object' || shown === null) {
    return shown === answer
      ? []
      : [`${path}: shown ${String(shown)}, got ${JSON.stringify(answer)}`];
  }
  if (
    typeof answer !== 'object' ||
    answer === null ||
    Array.isArray(shown) !== Array.isArray(answer)
  ) {
    return [`${path}: shown ${JSON.stringify(shown)}, got ${JSON.stringify(answer)}`];
  }
  return Object.entries(shown).flatMap(([key, value]) =>
    differences(value, (answer as Record<string, unknown>)[key], `${path}/${key}`),
  );
}

/** The shown lines that do not come, in order, in the output. A gap line stands for any lines. */
export function missingLines(shown: string, output: string): string[] {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  let from = 0;
  return shown
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== GAP)
    .filter((line) => {
      const found = lines.findIndex((other, index) => index >= from && withGaps(line).test(other));
      if (found !== -1) from = found + 1;
      return found === -1;
    });
}

function withGaps(shown: string): RegExp {
  const parts = shown.split(GAP).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
