/** Line and column of a position, for people: both from 1. */
export function placeInText(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)}`;
}
