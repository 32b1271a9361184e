// Prints the section of CHANGELOG.md of one version: the notes of its release.
import { readFileSync } from 'node:fs';

const [version = ''] = process.argv.slice(2);
const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
const section = changelog.split(/^## /m).find((text) => text.startsWith(`[${version}]`));
if (section === undefined) {
  console.error(`CHANGELOG.md has no section for ${version}`);
  process.exit(1);
}
console.log(section.split('\n').slice(1).join('\n').trim());
