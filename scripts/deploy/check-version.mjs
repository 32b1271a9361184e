// Whether the tag of a release, the package, the chart and the changelog name the same version. Run by the release
// workflow with the tag, and by `make release VERSION=x.y.z` before the tag is made.
import { readFileSync } from 'node:fs';

const version = (process.argv[2] ?? '').replace(/^v/, '');
if (!/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('usage: check-version.mjs v1.2.3');
  process.exit(2);
}
const read = (/** @type {string} */ path) =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const chart = read('charts/almanac/Chart.yaml');
const said = {
  'package.json': JSON.parse(read('package.json')).version,
  'package-lock.json': JSON.parse(read('package-lock.json')).version,
  'charts/almanac/Chart.yaml (version)': /^version: (\S+)$/m.exec(chart)?.[1],
  'charts/almanac/Chart.yaml (appVersion)': /^appVersion: '(\S+)'$/m.exec(chart)?.[1],
  'CHANGELOG.md': read('CHANGELOG.md').includes(`## [${version}] - `)
    ? version
    : 'no section for it',
};
const wrong = Object.entries(said).filter(([, found]) => found !== version);
for (const [where, found] of wrong) console.error(`${where}: ${found}, expected ${version}`);
process.exit(wrong.length === 0 ? 0 : 1);
