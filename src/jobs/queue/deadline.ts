/** The result of a promise, or `late` when it takes too long; then what becomes of it is ignored. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | 'late'> {
  promise.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late');
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
