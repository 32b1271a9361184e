// The first part of make test-deploy: the commands of the section "Deploy" of the README, as they stand there, in
// order, block by block, in a project and volumes of their own, which are removed at the end.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const [, section = ''] = /^## Deploy\n(.*?)^## /ms.exec(readFileSync('README.md', 'utf8')) ?? [];
const blocks = [...section.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, body = '']) => body.trim());
if (blocks.length === 0) throw new Error('the README has no commands under "## Deploy"');

const env = { ...process.env, COMPOSE_PROJECT_NAME: `almanac-readme-${process.pid}` };
try {
  for (const block of blocks) follow(block);
} finally {
  follow('docker compose down -v --remove-orphans');
  rmSync('heights.png', { force: true });
}

/** @param {string} block */
function follow(block) {
  console.log(block.replaceAll(/^/gm, '$ '));
  const script = block.replaceAll(/^docker compose/gm, compose());
  const { status } = spawnSync('bash', ['-o', 'pipefail', '-ec', script], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log('');
  if (status !== 0) throw new Error(`the README ended with ${status}:\n${block}`);
}

/** The older docker-compose where the plug-in is missing. */
function compose() {
  const plugin = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
  return plugin ? 'docker compose' : 'docker-compose';
}
