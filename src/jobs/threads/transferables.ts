import { types } from 'node:util';

const DEEPEST = 4;
const LONGEST_LIST = 1_000;

/**
 * The memory inside a value that can be handed to another thread without copying: whole buffers only, since
 * a small Buffer is a part of a pool that others use. What is not found is copied, which is slower, not wrong;
 * so long lists and deep nesting are not searched.
 */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  search(value, DEEPEST, found);
  return [...found];
}

function search(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null || depth < 0) return;
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (types.isArrayBuffer(buffer) && buffer.byteLength === byteLength) found.add(buffer);
    return;
  }
  if (Array.isArray(value) && value.length > LONGEST_LIST) return;
  for (const part of Object.values(value)) search(part, depth - 1, found);
}
