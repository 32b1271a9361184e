// Builds both images with the version of the package as their tag, and `dev`, the one that compose takes where
// ALMANAC_VERSION does not name another. DOCKER_BUILD_OPTIONS is handed to docker build,
// such as "--network host" or "--secret id=npmrc,src=$HOME/.npmrc".
import { readFileSync } from 'node:fs';

import { docker, run } from './docker.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const tag = process.env.ALMANAC_VERSION || version;
const options = (process.env.DOCKER_BUILD_OPTIONS ?? '').split(' ').filter(Boolean);
const args = Object.entries({
  VERSION: tag,
  REVISION: revision(),
  ...(process.env.NODE_IMAGE ? { NODE_IMAGE: process.env.NODE_IMAGE } : {}),
  ...(process.env.REDIS_IMAGE ? { REDIS_IMAGE: process.env.REDIS_IMAGE } : {}),
}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);

process.env.DOCKER_BUILDKIT = '1';
for (const { target, image } of [
  { target: 'almanac', image: 'almanac' },
  { target: 'backup', image: 'almanac-backup' },
]) {
  const started = Date.now();
  docker(
    ...['build', '-q', '-f', 'docker/Dockerfile', '--target', target, '-t', `${image}:${tag}`],
    ...['-t', `${image}:dev`],
    ...options,
    ...args,
    '.',
  );
  const bytes = Number(docker('image', 'inspect', '-f', '{{.Size}}', `${image}:${tag}`));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${image}:${tag}  ${Math.round(bytes / 1e6)} MB  ${seconds} s`);
}

function revision() {
  try {
    return run(['git', 'rev-parse', '--short', 'HEAD']);
  } catch {
    return 'unknown';
  }
}
