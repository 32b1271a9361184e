import type { SqlValue } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { Session } from '../engine/session.js';
import type { Obstacle } from './export-format.js';

/**
 * Refuses an export whose format would have to change values, before anything is sent.
 * @throws Problem `unsuitable-format`, which names the columns and how many values are concerned
 */
export async function refuseObstacles(
  session: Session,
  obstacles: readonly Obstacle[],
  from: string,
  values: readonly SqlValue[],
): Promise<void> {
  if (obstacles.length === 0) return;
  const counts = obstacles.map(({ test }) => `count(*) FILTER (${test})`).join(', ');
  const [row] = await session.rows(`SELECT ${counts} FROM ${from}`, values);
  const found = obstacles.flatMap(({ column, what }, index) => {
    const count = Number(row?.[index]);
    return count > 0 ? [`${String(count)} values of "${column}" hold ${what}`] : [];
  });
  if (found.length > 0) throw new Problem('unsuitable-format', found.join('; '));
}
