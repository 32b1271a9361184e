import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

import { AnalysisRegistry } from '../analyses/registry.js';
import { Problem } from '../errors/problem.js';
import { validateJson } from '../parameters/validate.js';
import { Operation } from './operation.js';

const isOperation = (instance: unknown): instance is Operation => instance instanceof Operation;
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** All operations there are: every provider of this process that extends `Operation`. */
@Injectable()
export class OperationRegistry implements OnModuleInit {
  private readonly operations = new Map<string, Operation>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly analyses: AnalysisRegistry,
  ) {}

  /** @throws Error with the operation's name and what to mend */
  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!isOperation(instance)) continue;
      const operation = instance;
      const other = this.operations.get(operation.name);
      if (other === operation) continue; // exported to another module
      this.check(operation, other !== undefined);
      this.operations.set(operation.name, operation);
    }
  }

  /** In the order of their names. */
  all(): readonly Operation[] {
    return [...this.operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Operation | undefined {
    return this.operations.get(name);
  }

  /** @throws Problem `unknown-analysis` */
  get(name: string): Operation {
    const found = this.operations.get(name);
    if (found !== undefined) return found;
    throw new Problem('unknown-analysis', `there is no operation ${JSON.stringify(name)}`);
  }

  private check({ name, params, example }: Operation, twice: boolean): void {
    const analysis = this.analyses.all().some((one) => one.analysis.name === name);
    if (twice || analysis) throw new Error(`operation ${name}: its name is taken; rename it`);
    if (!NAME.test(name)) throw new Error(`operation ${name}: lower-case words joined by dashes`);
    try {
      validateJson(params, example, 'example.');
    } catch (error) {
      throw error instanceof Problem ? new Error(`operation ${name}: ${error.detail}`) : error;
    }
  }
}
