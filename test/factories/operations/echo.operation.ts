import { Injectable } from '@nestjs/common';

import { jsonResult } from '../../../src/analyses/results.js';
import { Problem } from '../../../src/errors/problem.js';
import { Operation, type OperationTask } from '../../../src/operations/operation.js';
import { ChoiceField } from '../../../src/parameters/fields.js';
import { RedisConnections } from '../../../src/redis/connections.js';

class EchoParameters {
  @ChoiceField(['answer', 'wait', 'refuse', 'fault-once'], {
    description: 'What to do.',
    default: 'answer',
  })
  how!: 'answer' | 'wait' | 'refuse' | 'fault-once';
}

/** Asks Redis for its time, in one of several ways. */
@Injectable()
export class EchoOperation extends Operation<EchoParameters> {
  readonly name: string = 'echo';
  readonly title = 'Echo';
  readonly description = 'Says what it knows of its job.';
  readonly params = EchoParameters;
  readonly example = {};
  override readonly dataset: 'none' | 'named' = 'named';

  constructor(private readonly redis: RedisConnections) {
    super();
  }

  async run({ how }: EchoParameters, task: OperationTask) {
    task.log('echoing');
    task.progress(0.5);
    if (how === 'refuse') throw Problem.field('invalid-parameter', 'params.how', 'no');
    if (how === 'fault-once' && task.attempt === 1) throw new Error('a fault');
    if (how === 'wait') {
      await new Promise((_resolve, reject) => {
        task.signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      });
    }
    const pong = await this.redis.data.ping();
    return {
      results: { 'report.json': jsonResult({ pong, dataset: task.dataset }) },
      version: '7.0',
    };
  }
}

/** The same, for everybody, without a dataset. */
@Injectable()
export class PublicEchoOperation extends EchoOperation {
  override readonly name = 'public-echo';
  override readonly dataset = 'none';
  override readonly submittable = true;
}
