// Runs Almanac on this machine, with one command: `make run`. See launcher/launcher.mjs.
import './check-node.mjs';

const { run } = await import('./launcher/run.mjs');
await run();
