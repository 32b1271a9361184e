/**
 * The allocator of the canvas (mimalloc) gives memory back to the system after 10 ms. A picture needs 8 MB of it, and
 * to get them anew for each takes up to 30 ms of processor time, as much as all else of a drawing: it keeps them for a
 * second. The library reads this while it is loaded, by a thread; only the main thread can set it.
 */
process.env['MIMALLOC_PURGE_DELAY'] ??= '1000';
