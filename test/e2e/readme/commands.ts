import { spawnSync } from 'node:child_process';

/** A block of commands in a page, with the output that the page shows for its last command. */
export interface CommandBlock {
  /** Line of the page where it begins, from 1. */
  readonly line: number;
  readonly commands: readonly string[];
  readonly json?: unknown;
  readonly text?: string;
}

/** What a page shows and nobody should run from it: the tests themselves, and the system's packages. */
const NOT_RUN = /^(make test|(sudo )?(apt|apt-get|brew) )/;

const HEADING = /^#/m;

/** The blocks of a Markdown page, in order. An output belongs to the commands above it, under one heading. */
export function commandBlocks(markdown: string): CommandBlock[] {
  const fences = [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ({ 0: whole, 1: language = '', 2: body = '', index }) => ({
      language,
      body,
      line: markdown.slice(0, index).split('\n').length,
      start: index,
      end: index + whole.length,
    }),
  );
  return fences.flatMap(({ language, body, line, end }, index) => {
    if (language !== 'sh') return [];
    const commands = splitCommands(body).filter((command) => !NOT_RUN.test(command));
    if (commands.length === 0) return [];
    const next = fences[index + 1];
    const shown = HEADING.test(markdown.slice(end, next?.start)) ? undefined : next;
    return [
      {
        line,
        commands,
        ...(shown?.language === 'json' ? { json: JSON.parse(shown.body) as unknown } : {}),
        ...(shown?.language === 'text' ? { text: shown.body } : {}),
      },
    ];
  });
}

/** Cuts a script into commands: lines are joined until the shell finds them complete. */
export function splitCommands(script: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of script.split('\n')) {
    open += open === '' ? line : `\n${line}`;
    if (open.trim() === '') open = '';
    if (open === '' || !isComplete(open)) continue;
    commands.push(open);
    open = '';
  }
  if (open !== '') throw new Error(`this command does not end:\n${open}`);
  return commands;
}

function isComplete(command: string): boolean {
  if (command.endsWith('\\')) return false;
  const hereEnd = /<<-?\s*'?(\w+)'?/.exec(command)?.[1];
  if (hereEnd !== undefined && !command.split('\n').slice(1).includes(hereEnd)) return false;
  return spawnSync('sh', ['-n'], { input: command }).status === 0;
}
