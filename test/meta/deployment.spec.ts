import { describe, expect, it } from '@jest/globals';

import { settings, type Setting } from '../../src/config/settings.js';
import { deploymentFiles, manifest, read } from './code-base.js';

/** Image, compose file and chart are in step with the code. */
const names = Object.values<Setting<unknown>>(settings).map(({ env }) => env[0]);
const dockerfile = read('docker/Dockerfile') + read('docker/almanac.sh');
const compose = read('docker-compose.yml');
const chart = deploymentFiles(/^charts\/almanac\/(values\.yaml|templates\/)/)
  .map(read)
  .join('\n');

const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);

describe('every setting', () => {
  // Addresses in the network of the containers; one URL names the server.
  const fixed = ['PORT', 'WORKER_PORT', 'REDIS_HOST', 'REDIS_PORT'];

  it.each(names.filter((name) => !fixed.includes(name)))('%s can be set in compose', (name) => {
    expect(mentions(compose, name) || mentions(dockerfile, name)).toBe(true);
  });

  it.each(names)('%s is in the chart', (name) => {
    expect(mentions(chart, name)).toBe(true);
  });

  it('of the chart is one of Almanac', () => {
    const [, config = ''] =
      /^config:\n((?: {2}\w+:.*\n)+)/m.exec(read('charts/almanac/values.yaml')) ?? [];
    const said = [...config.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
    expect(said.length).toBeGreaterThan(10);
    expect(said.filter((name) => name === undefined || !names.includes(name as never))).toEqual([]);
  });
});

describe('the chart', () => {
  it('has the version of the package', () => {
    const text = read('charts/almanac/Chart.yaml');
    expect(/^version: (\S+)$/m.exec(text)?.[1]).toBe(manifest.version);
    expect(/^appVersion: '(\S+)'$/m.exec(text)?.[1]).toBe(manifest.version);
  });

  it('probes addresses which API and worker have', () => {
    const probed = [...chart.matchAll(/httpGet: \{ path: (\S+), port: (\w+) \}/g)];
    expect(probed.length).toBeGreaterThan(5);
    const controllers = {
      http: read('src/health/health.controller.ts'),
      metrics: read('src/health/worker-health.controller.ts'),
    };
    for (const [, path = '', port = ''] of probed) {
      const controller = controllers[port as keyof typeof controllers];
      expect(controller).toContain(`@Get('${path.slice(1)}')`);
    }
  });

  it('gives the ports of the image their defaults', () => {
    const { port, workerPort } = settings;
    expect(dockerfile).toContain(`EXPOSE ${String(port.fallback)} ${String(workerPort.fallback)}`);
    const values = read('charts/almanac/values.yaml');
    expect(values).toMatch(new RegExp(`^api:[^]*?^ {2}port: ${String(port.fallback)}$`, 'm'));
    expect(values).toMatch(
      new RegExp(`^worker:[^]*?^ {2}port: ${String(workerPort.fallback)}$`, 'm'),
    );
  });

  it('explains every value', () => {
    const lines = read('charts/almanac/values.yaml').split('\n');
    const bare = lines.filter((line, index) => {
      const top = /^\w+:/.test(line);
      return (
        top &&
        !lines.slice(Math.max(0, index - 4), index + 3).some((near) => near.trim().startsWith('#'))
      );
    });
    expect(bare).toEqual([]);
  });

  it('has rules and a dashboard for metrics which there are', () => {
    const code = [
      'src/health/http-metrics.ts',
      'src/health/backup-age.ts',
      'src/data/data-metrics.ts',
      'src/jobs/processing/job-metrics.ts',
      'src/queues/queue-metrics.ts',
    ]
      .map(read)
      .join('\n');
    const asked = read('charts/almanac/dashboards/almanac.json') + chart;
    const metrics = new Set(
      [...asked.matchAll(/\balmanac_\w+/g)].map(([name]) =>
        name.replace(/_(count|bucket|sum)$/, ''),
      ),
    );
    expect(metrics.size).toBeGreaterThan(4);
    for (const name of metrics) expect(code).toContain(`'${name}'`);
  });
});
