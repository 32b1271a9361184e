// A service of the gallery's own, started as `make run` starts it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * @param {string} folder where it keeps its data
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startService(folder) {
  const port = String(20_000 + (process.pid % 20_000));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [new URL('../start.mjs', import.meta.url).pathname], {
    env: { ...process.env, PORT: port, WORKER_PORT: '0', DATA_DIR: folder, HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error('the service did not start');
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok === true) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error('the service was not ready within two minutes');
}
