// Runs Almanac on this machine, with one command: `make run`. See launcher/launcher.mjs.
import { requireNode } from './node-version.mjs';

requireNode();
const { run } = await import('./launcher/run.mjs');
await run();
