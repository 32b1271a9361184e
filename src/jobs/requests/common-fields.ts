import { checkCallback } from '../../callbacks/callback.js';
import type { Configuration } from '../../config/configuration.js';
import { DEFAULT_TRIES, type JobPlan } from '../job.js';
import type { SubmitJob } from './submit-job.js';

/**
 * What a request says about the job itself, with defaults.
 * @throws Problem for a callback that is none
 */
export const commonOf = (
  {
    label,
    priority = 0,
    attempts = DEFAULT_TRIES,
    callback,
  }: Pick<SubmitJob, 'label' | 'priority' | 'attempts' | 'callback'>,
  configuration: Configuration,
): Pick<JobPlan, 'label' | 'priority' | 'tries' | 'callback'> => ({
  label: label ?? null,
  priority,
  tries: attempts,
  callback: checkCallback(callback, configuration),
});
