import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bull';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { ANALYSES_QUEUE } from '../queue/queue-name.js';
import { JobScripts } from '../store/job-scripts.js';

/** Places of the lock's token among the arguments of Bull's scripts. */
const TOKEN_OF_ACTIVE = 2;
const TOKEN_OF_FINISHED = 11;

/**
 * Makes Bull hand out a message and start the run of its job in one step: two steps would cost each job another
 * write to the disk. Bull defines its scripts as commands of its connection; these take their place. Where a
 * message comes without a start, the runner asks for it.
 */
@Injectable()
export class StartWithMessage {
  constructor(
    @InjectQueue(ANALYSES_QUEUE) { client }: Queue,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    const scripts = new JobScripts(configuration);
    client.defineCommand('moveToActive', {
      numberOfKeys: 8,
      lua: scripts.take('moveToActive-8', TOKEN_OF_ACTIVE).text,
    });
    client.defineCommand('moveToFinished', {
      numberOfKeys: 9,
      lua: scripts.take('moveToFinished-9', TOKEN_OF_FINISHED).text,
    });
  }
}
