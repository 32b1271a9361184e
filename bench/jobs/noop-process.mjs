import 'reflect-metadata';

import { Module } from '@nestjs/common';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const [{ Catalog }, { configurationOfProcess }, { createServer }, { createLog }] =
  await Promise.all([
    load('catalog/catalog.js'),
    load('config/environment.js'),
    load('http/server.js'),
    load('logging/logger.js'),
  ]);
const { ApiModule } = await load('api.module.js');
const { WorkerModule } = await load('worker.module.js');
const { Operation } = await load('operations/operation.js');
const { jsonResult } = await load('analyses/results.js');
const { AnalysisRegistry } = await load('analyses/registry.js');

/**
 * API or worker (ROLE) of the product with one more operation and one more analysis, which do nothing: what is left
 * is what the product does with every job.
 */
const analyses = [new URL('analyses/', dist), new URL('analyses/', import.meta.url)];
const all = await AnalysisRegistry.load(analyses);
AnalysisRegistry.load = async () => all;

class NoParameters {}
const RESULTS = { 'value.json': jsonResult({ done: true }) };

class Noop extends Operation {
  name = 'noop';
  title = 'No operation';
  description = 'Does nothing.';
  params = NoParameters;
  example = {};
  dataset = 'none';
  submittable = true;

  async run() {
    return { results: RESULTS, version: null };
  }
}

class WithNoop {}
const isApi = process.env.ROLE === 'api';
const configuration = configurationOfProcess();
const product = isApi ? ApiModule : WorkerModule;
Module({
  imports: [product.with(configuration, await Catalog.read())],
  providers: [Noop],
})(WithNoop);
const app = await createServer(WithNoop, createLog(configuration.logLevel, process.env.ROLE));
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await app.listen(isApi ? configuration.port : configuration.workerPort, '127.0.0.1');
