import { DEFAULT_TRIES, type JobPlan } from '../job.js';
import type { SubmitJob } from './submit-job.js';

/** What a request says about the job itself, with defaults. */
export const commonOf = ({
  label,
  priority = 0,
  attempts = DEFAULT_TRIES,
}: Pick<SubmitJob, 'label' | 'priority' | 'attempts'>): Pick<
  JobPlan,
  'label' | 'priority' | 'tries'
> => ({ label: label ?? null, priority, tries: attempts });
