// Ends the process, in one line, where Node is older than package.json asks for. Import it before anything
// else: it is written so that any Node which knows modules can run it.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const least = engines.node.replace(/[^\d.]/g, '');
const present = process.versions.node;

if (isOlder(present.split('.').map(Number), least.split('.').map(Number))) {
  process.stderr.write(`almanac: Node ${present} is too old: install Node ${least} or later\n`);
  process.exit(1);
}

/**
 * @param {number[]} version
 * @param {number[]} wanted
 */
function isOlder(version, wanted) {
  const differs = wanted.findIndex((part, index) => part !== version[index]);
  return differs >= 0 && Number(version[differs] || 0) < Number(wanted[differs]);
}
