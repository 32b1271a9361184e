import { entitiesOf } from './entities.js';
import type { Entities } from './entity.js';

/** Entry of the threads that read texts: the language library computes for long, and blocks whoever calls it. */
export default (text: string): Entities => entitiesOf(text);
