import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { manifest } from '../meta/code-base.js';
import { http } from '../support/http.js';
import { freePort } from '../support/guarded-process.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { until } from '../support/until.js';
import { CommandLine } from './command-line.js';

/** The command line as its own process: what it prints, and how it ends. */
const commandLine = new CommandLine();
const { folder, environment, run, examplesOf, runExample } = commandLine;
afterAll(() => {
  commandLine.remove();
});

const MINMAX = '{"min":[4,3,2,5,3,2,1,6,2,4],"max":[6,7,5,6,7,8,2,7,5,9]}';

/** The short-lived task of the course; it knows no Redis. */
describe('almanac run', () => {
  const nowhere = { REDIS_URL: 'redis://127.0.0.1:1' };

  it('prints the first rows and the greatest value of each column', () => {
    const file = join(folder, 'example.json');
    writeFileSync(file, MINMAX);
    const ended = run(['run', 'describe', '-f', file], nowhere);
    expect(ended.stdout).toBe(
      'min  max\n  4    6\n  3    7\n  2    5\n  5    6\n  3    7\nmin 6\nmax 9\n',
    );
    expect(ended.status).toBe(0);
    expect(ended.stderr).toMatch(/- INFO: Reading data from file system at .*example\.json$/m);
    expect(run(['run', 'describe', '-f', file, '-i', 'x'], nowhere).stdout).toBe(ended.stdout);
  });

  it('takes a literal, and LOG_LEVEL', () => {
    const args = ['run', 'describe', '-i', MINMAX];
    expect(run(args).stderr).toMatch(/- INFO: Reading data from command line input$/m);
    expect(run(args, { LOG_LEVEL: 'WARNING' })).toMatchObject({ status: 0, stderr: '' });
    const json = JSON.parse(run([...args, '--json']).stdout) as { maxima: object };
    expect(json.maxima).toEqual([
      { column: 'min', max: 6 },
      { column: 'max', max: 9 },
    ]);
  });

  it.each([
    ['CSV', 'id,mass\n1,4\n2,6\n'],
    ['JSON', '[{"id": 1, "mass": 4}, {"id": 2, "mass": 6}]'],
    ['XML', '<rows><row><id>1</id><mass>4</mass></row><row><id>2</id><mass>6</mass></row></rows>'],
    ['YAML', '- {id: 1, mass: 4}\n- {id: 2, mass: 6}\n'],
  ])('takes %s', (_, literal) => {
    expect(run(['run', 'describe', '-i', literal], nowhere).stdout).toMatch(/^id 2\nmass 6$/m);
  });

  it.each([
    'almanac run distances -f far.csv -p lat=value_1 -p lon=value_2 --json | head -c 10',
    'almanac generate --rows 100000 | head -n 1',
  ])('ends without a word where nobody reads the rest: %s', (example) => {
    run(['generate', '--rows', '3000', '--seed', '1', '-o', join(folder, 'far.csv')]);
    const ended = runExample(example, { ...nowhere, LOG_LEVEL: 'warning' });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout.length).toBeGreaterThan(5);
  });

  it('writes a picture', () => {
    const out = join(folder, 'plot.png');
    const args = ['run', 'scatter', '-i', MINMAX, '-p', 'x=min', '-p', 'y=max', '-o', out];
    expect(run(args).status).toBe(0);
    expect(readFileSync(out).subarray(1, 4).toString()).toBe('PNG');
  });

  it.each([
    [
      ['run', 'describe'],
      2,
      /You must provide a dataset via a file or directly as command line input/,
    ],
    [['run', 'describe', '-f', '/nowhere'], 1, /there is no such file/],
    [['run', 'descrieb', '-i', MINMAX], 2, /did you mean describe/],
    [['run', 'describe', '-i', MINMAX, '-p', 'column=min'], 2, /did you mean columns/],
    [['run', 'describe', '-i', MINMAX, '--filter', 'min'], 2, /such as mass__gt=10/],
    [['run', 'describe', '-i', MINMAX, '--wrong'], 2, /almanac run --help shows how/],
    [
      ['run', 'scatter', '-i', MINMAX, '-p', 'x=min', '-p', 'y=max', '-o', '/nowhere/plot.png'],
      1,
      /^almanac: \/nowhere\/plot\.png cannot be written: there is no such folder$/m,
    ],
    [
      ['generate', '-o', '/nowhere/x.csv'],
      1,
      /^almanac: \/nowhere\/x\.csv cannot be written: there is no such folder\n$/,
    ],
    [['jobs', 'shwo'], 2, /jobs has no command "shwo"; there are list, show, wait, cancel/],
    [['jobs', 'wait'], 2, /almanac jobs wait --help shows how/],
    [
      ['run', 'histogram', '-i', MINMAX, '-p', 'column=mni'],
      1,
      /^almanac: params\.column: there is no column "mni"; did you mean .*min\?$/m,
    ],
    [['run', 'histogram', '-i', MINMAX, '--params', '{"a":1,}'], 2, /no JSON: .*line 1, column 8/],
    [['run', 'describe', '-i', ' \n\n'], 1, /the file is empty: it holds nothing but blanks/],
    [['run', 'histogram', '-i', MINMAX, '-p', 'column'], 2, /a name and a value/],
    [['run', 'scatter', '-i', MINMAX, '-p', 'x=min', '-p', 'y=max'], 2, /--out plot\.png/],
    [['run', 'describe', '-i', '{"min": [1,'], 1, /./],
  ])('%j ends with %d and says why', (args, status, reason) => {
    const ended = run(args);
    expect([ended.status, ended.stdout]).toEqual([status, '']);
    expect(ended.stderr).toMatch(reason);
  });
});

describe('almanac, of a running API', () => {
  let api: AlmanacProcess;
  let worker: AlmanacProcess;
  beforeAll(async () => {
    const env = { KEY_PREFIX: uniquePrefix() };
    [api, worker] = await Promise.all([AlmanacProcess.api(env), AlmanacProcess.worker(env)]);
  });
  afterAll(() => Promise.all([api.stop(), worker.stop()]));
  const ask = (...args: string[]) => run([...args, '--url', api.url]);

  it('generates, loads and exports, and the bytes come back', () => {
    const file = join(folder, 'series.csv');
    const made = run(['generate', '--rows', '500', '--gaps', '0.1', '--seed', '3', '-o', file]);
    expect(made.status).toBe(0);
    expect(ask('load', 'series', '-f', file).stdout).toBe('series 1.0  500 rows from csv\n');
    const out = join(folder, 'back.csv');
    expect(ask('export', 'series', '-o', out).status).toBe(0);
    const lines = (path: string) => readFileSync(path, 'utf8').replaceAll(/\r|\.000Z|Z/g, '');
    expect(lines(out)).toBe(lines(file));
    const part = ask('export', 'series', '--filter', 'value_1__isnull=true', '--format', 'ndjson');
    expect(part.stdout.split('\n').length).toBeGreaterThan(20);
  });

  it('lists jobs, waits for one, shows and cancels', async () => {
    const body = { analysis: 'describe', dataset: 'series' };
    const job = await http<{ id: string }>(`${api.url}/jobs`, { method: 'POST', body });
    const { id } = job.body;
    expect(ask('jobs', 'wait', id)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`${id}  complete  describe on series`),
    });
    expect(ask('jobs').stdout).toContain(id);
    expect(JSON.parse(ask('jobs', 'show', id, '--json').stdout)).toMatchObject({ id });
    expect(ask('jobs', 'cancel', id)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/finished/),
    });
  });

  it('runs as the examples of the help say', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/example.json'), MINMAX);
    const landings = 'name,id,recclass,mass (g),year\nRuiz,1,L5,21,1951\nBeeler,2,H6,720,1952\n';
    for (const file of ['landings.csv', 'Meteorite_Landings.csv']) {
      writeFileSync(join(folder, file), landings);
    }
    const body = { analysis: 'describe', dataset: 'series' };
    const job = await http<{ id: string }>(`${api.url}/jobs`, { method: 'POST', body });
    const examples = ['run', 'load', 'export', 'generate', 'jobs'].flatMap(examplesOf);
    expect(examples.length).toBeGreaterThan(8);
    const { port: PORT } = new URL(api.url);
    for (const example of examples) {
      const line = example.replace(/[0-9a-f-]{36}/, job.body.id);
      const { status, stderr } = runExample(line, { PORT });
      // Not on a terminal: no bars.
      expect({ example, status, bars: /\r|█/.test(stderr), stderr }).toMatchObject({
        ...{ status: 0, bars: false },
      });
    }
  });

  it('tells what the API refuses, and where there is none', () => {
    expect(ask('export', 'nothing')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no dataset "nothing"'),
    });
    expect(ask('load', 'x', '-f', '/nowhere')).toMatchObject({ status: 1 });
    expect(ask('load', 'x')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the file is empty'),
    });
    const begun = Date.now();
    expect(ask('export', 'series', '-o', '/nowhere/x.csv')).toMatchObject({
      status: 1,
      stderr: 'almanac: /nowhere/x.csv cannot be written: there is no such folder\n',
    });
    expect(Date.now() - begun).toBeLessThan(20_000); // the rest of the answer is not waited for
    const alone = run(['jobs', '--url', 'http://127.0.0.1:1']);
    expect(alone).toMatchObject({ status: 1, stderr: expect.stringMatching(/cannot be reached/) });
  });
});

describe('almanac', () => {
  it('prints its version', () => {
    expect(run(['version'])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    expect(JSON.parse(run(['version', '--json']).stdout)).toEqual({ version: manifest.version });
  });

  it('takes a backup, lists it, verifies it and restores it as the examples of the help say', () => {
    const example = (command: string) => {
      const all = examplesOf(command);
      expect(all).toHaveLength(1);
      return runExample(all[0] ?? '');
    };
    const taken = example('backup');
    expect(taken).toMatchObject({ status: 0 });
    const [{ name }] = JSON.parse(run(['backups', '--json']).stdout) as [{ name: string }];
    expect(taken.stdout).toContain(name);
    expect(run(['backups']).stdout).toContain(name);
    const verified = example('verify');
    expect(verified.status).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ name });
    // The backup itself is noted in the Redis, which is therefore not empty.
    expect(run(['restore'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--replace'),
    });
    expect(example('restore').stdout).toContain(`${name}  restored`);
  });

  it('serves, and works until no job is left, as the examples of the help say', async () => {
    const [port, workerPort] = [await freePort(), await freePort()].map(String);
    const env = { ...environment, WORKER_PORT: workerPort };
    const start = (command: string) => {
      const [example = ''] = examplesOf(command);
      const line = example
        .replace(/\bPORT=\d+/, `PORT=${String(port)}`)
        .replace(' almanac', ' exec "$NODE" "$CLI"');
      return spawn('bash', ['-c', line], { env, stdio: 'ignore' });
    };
    const programs = ['api', 'worker'].map(start);
    const ended = Promise.all(programs.map((one) => once(one, 'exit')));
    try {
      const url = `http://127.0.0.1:${String(port)}/health/ready`;
      await until(async () => (await fetch(url)).ok, { what: 'the API', deadline: 45_000 });
      await until(() => programs[1]?.exitCode === 0, { what: 'the worker', deadline: 45_000 });
    } finally {
      for (const one of programs) one.kill('SIGTERM');
    }
    expect(await ended).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it.each([
    [['nonsense'], 2, /unknown command 'nonsense'/],
    [['backup', '--keep', 'x'], 2, /whole number/],
    [['verify', 'nothing'], 1, /there is no backup "nothing"/],
  ])('%j ends with %d and says why', (args, status, reason) => {
    const ended = run(args);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(reason);
  });

  it('says so in one line when Redis is not there', () => {
    const ended = run(['backup'], { REDIS_URL: 'redis://127.0.0.1:1' });
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
