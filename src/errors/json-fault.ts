/**
 * What is wrong with a JSON text, in the words of the parser, with line and column (both from 1): not every version
 * of Node tells them.
 */
export function jsonFault(error: unknown, text: string): string {
  const { message } = error as Error;
  const position = /(?: in JSON)? at position (\d+)(?: \(line \d+ column \d+\))?/.exec(message);
  if (position === null) return message;
  return message.replace(position[0], ` (${placeInText(text, Number(position[1]))})`);
}

function placeInText(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)}`;
}
