// Writes docs/configuration.md from the settings of the build.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { configurationPage } from './configuration-page.mjs';

const { settings } = await import(
  fileURLToPath(new URL('../dist/config/settings.js', import.meta.url))
);
const page = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));
const options = { ...(await resolveConfig(page)), filepath: page };
writeFileSync(page, await format(configurationPage(settings), options));
