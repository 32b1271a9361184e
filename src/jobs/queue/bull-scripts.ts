import { createRequire } from 'node:module';

/**
 * The Lua scripts of Bull as Lua functions, so that a script of ours can change a record and a message in one
 * step. They are Bull's own text, unchanged; the version of Bull is exact in package.json because of this.
 */
export type BullScript = 'addJob-6' | 'moveToActive-8' | 'moveToFinished-9';

const load = createRequire(import.meta.url);

/** @returns `local function <name>(KEYS, ARGV) ... end` */
export function bullFunction(name: string, script: BullScript): string {
  const { content } = load(`bull/lib/scripts/${script}.js`) as { readonly content: string };
  return `local function ${name}(KEYS, ARGV)\n${content}\nend\n`;
}
