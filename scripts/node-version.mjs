import { readFileSync } from 'node:fs';

/** Ends the process, in one line, where Node is older than package.json asks for. Any Node can run this. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const least = engines.node.replace(/[^\d.]/g, '');
  if (isOlder(process.versions.node, least)) {
    process.stderr.write(
      `almanac: Node ${process.versions.node} is too old: install Node ${least} or later\n`,
    );
    process.exit(1);
  }
}

/**
 * @param {string} version
 * @param {string} least
 */
function isOlder(version, least) {
  const wanted = least.split('.').map(Number);
  const present = version.split('.').map(Number);
  const differs = wanted.findIndex((part, index) => part !== present[index]);
  return differs >= 0 && Number(present[differs] || 0) < Number(wanted[differs]);
}
