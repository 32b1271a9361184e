import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';

import { settings, type Setting } from '../../src/config/settings.js';

const page = join(process.cwd(), 'docs/configuration.md');
const written = readFileSync(page, 'utf8');
const all = Object.values<Setting<unknown>>(settings);

interface PageModule {
  configurationPage: (table: typeof settings) => string;
}

describe('docs/configuration.md', () => {
  it.each(all.flatMap(({ env }) => env))('names %s', (variable) => {
    expect(written).toMatch(new RegExp(`^\\|.*\`${variable}\``, 'm'));
  });

  it('is in step with the settings: node scripts/docs-configuration.mjs', async () => {
    const path: string = join(process.cwd(), 'scripts/configuration-page.mjs');
    const { configurationPage } = (await import(path)) as PageModule;
    const options = { ...(await resolveConfig(page)), filepath: page };
    expect(written).toBe(await format(configurationPage(settings), options));
  });

  it('shows defaults that give the default when they are set', () => {
    for (const { env, fallback, parse } of all) {
      const shown = new RegExp(`^\\| \`${env[0]}\`[^|]*\\| (?:none|\`([^\`]*)\`)`, 'm').exec(
        written,
      )?.[1];
      expect([env[0], parse(shown ?? '')]).toEqual([env[0], fallback]);
    }
  });
});
