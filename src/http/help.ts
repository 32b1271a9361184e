import type { OpenAPIObject } from '@nestjs/swagger';

export interface HelpLine {
  readonly name: string;
  readonly description: string;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** The routes as plain text, like `git --help`: method, address and one line each. */
export function helpText(document: OpenAPIObject, analyses: readonly HelpLine[]): string {
  const groups = new Map<string, [string, string][]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const group = operation.tags?.[0] ?? 'other';
      const line: [string, string] = [
        `${method.toUpperCase().padEnd(7)}${path}`,
        operation.summary ?? '',
      ];
      groups.set(group, [...(groups.get(group) ?? []), line]);
    }
  }
  const width = Math.max(...[...groups.values()].flat().map(([route]) => route.length)) + 2;
  const sections = [...groups].map(([group, lines]) =>
    [group.toUpperCase(), ...lines.map(([route, text]) => `  ${route.padEnd(width)}${text}`)].join(
      '\n',
    ),
  );
  return [
    `almanac ${document.info.version}: datasets as a REST API, with queued analyses and plots`,
    ...sections,
    ['WHAT CAN BE RUN (POST /jobs)', ...columns(analyses)].join('\n'),
    'Filters: column=value, column__gt=5 (eq not gt gte lt lte in notin contains startswith endswith like\n  isnull notnull), start=, end=, search=, bbox=. Full documentation: /docs and /openapi.json',
    '',
  ].join('\n\n');
}

const columns = (lines: readonly HelpLine[]): string[] => {
  const width = Math.max(...lines.map(({ name }) => name.length)) + 2;
  return lines.map(({ name, description }) => `  ${name.padEnd(width)}${description}`);
};
