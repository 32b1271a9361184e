/**
 * What is wrong with a JSON text, in the words of the parser, with line and column (both from 1): Node tells them only
 * of some faults, and not in every version.
 */
export function jsonFault(error: unknown, text: string): string {
  const { message } = error as Error;
  const told = /(?: in JSON)? at position (\d+)(?: \(line \d+ column \d+\))?/.exec(message);
  if (told !== null) return message.replace(told[0], placeInText(text, Number(told[1])));
  if (message === AT_END) return `${message}${placeInText(text, text.length)}`;
  const token = UNEXPECTED.exec(message);
  const position = token === null ? null : positionOf(text, token);
  if (position === null) return message;
  return `${token?.[1] ?? ''}${placeInText(text, position)}`;
}

const AT_END = 'Unexpected end of JSON input';

/** The words of Node where it quotes the text instead of telling the position; `...` stands for what it leaves out. */
const UNEXPECTED = /^(Unexpected token '(.*)'), (\.\.\.)?"(.*)"(\.\.\.)?(?: is not valid JSON)$/su;
/** As many characters are quoted before the token, and from it on. */
const QUOTED = 10;
/** Where the quoted text occurs so often, its place is not sought. */
const MAX_TRIES = 50;

function positionOf(text: string, [, , token = '', before, quoted = '', after]: RegExpExecArray) {
  const whole = before === undefined && after === undefined;
  const sought = whole ? token : quoted;
  const offset = before === undefined ? (whole ? 0 : quoted.length - QUOTED) : QUOTED;
  let from = text.indexOf(sought);
  for (let tries = 0; from >= 0 && tries < MAX_TRIES; tries++) {
    if (mayGoOn(text.slice(0, from + offset))) return from + offset;
    from = text.indexOf(sought, from + 1);
  }
  return null;
}

/** Whether a text is the beginning of JSON that ends between two tokens. */
function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return false; // a token that follows whole JSON is another fault, and has a position
  } catch (error) {
    const { message } = error as Error;
    if (message === AT_END) return true;
    return Number(/^Expected .* at position (\d+)/.exec(message)?.[1]) === text.length;
  }
}

function placeInText(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return ` (line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)})`;
}
