// A test-only analysis: it stands in the build as dist/analyses/misbehave/, from where its imports are read.
import { Problem } from '../../errors/problem.js';
import { ChoiceField } from '../../parameters/fields.js';
import { defineAnalysis } from '../analysis.js';
import { textResult } from '../results.js';

class MisbehaveParams {}
ChoiceField(['problem', 'fault', 'memory', 'exit', 'kill', 'large', 'parts', 'page'], {
  description: 'What goes wrong.',
  default: 'problem',
})(MisbehaveParams.prototype, 'how');

const ways = {
  problem() {
    throw new Problem('empty-dataset', 'nothing here', { errors: [{ field: 'x', message: 'y' }] });
  },
  fault() {
    throw new TypeError('a bug');
  },
  memory() {
    const all = [];
    for (;;) all.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
  },
  exit() {
    process.exit(3);
  },
  kill() {
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  },
  large: () => ({ big: { type: 'application/octet-stream', bytes: new Uint8Array(2 ** 27) } }),
  parts: () => ({
    'parts.bin': {
      type: 'application/octet-stream',
      bytes: Uint8Array.from({ length: 2_500_000 }, (_, i) => 97 + (i % 23)),
    },
  }),
  page: () => ({ 'page.html': textResult('text/html', '<script>alert(1)</script>') }),
};

export default defineAnalysis({
  name: 'misbehave',
  title: 'Misbehave',
  description: 'Ends in one of the ways that no analysis should.',
  params: MisbehaveParams,
  example: { how: 'problem' },
  query: () => Promise.resolve(null),
  compute: ({ how }) => ways[how](),
});
