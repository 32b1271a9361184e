import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ends the process with one clear line where a worker cannot have its port: before it takes any job, which
 * it could not finish then.
 */
export async function refuseBusyPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    process.stderr.write(`almanac: ${sentence(error as NodeJS.ErrnoException, host, port)}\n`);
    process.exit(1);
  }
  server.close();
  await once(server, 'close');
}

function sentence({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code !== 'EADDRINUSE') return `cannot listen on ${host}:${String(port)}: ${message}`;
  return `port ${String(port)} on ${host} is taken, perhaps by another worker; WORKER_PORT=0 takes a free one`;
}
