// Requests to the service: a table in, a picture out.

/** @param {string} url @param {string} name @param {import('./tables.mjs').Table} table */
export async function load(url, name, { body, about }) {
  const json = /^[[{]/.test(String(body));
  const loaded = await fetch(`${url}/datasets/${name}`, {
    method: 'PUT',
    headers: { 'content-type': json ? 'application/json' : 'text/csv' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  if (!loaded.ok) throw new Error(`${name}: ${await loaded.text()}`);
  if (about === undefined) return;
  const described = await fetch(`${url}/datasets/${name}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(about),
  });
  if (!described.ok) throw new Error(`${name}: ${await described.text()}`);
}

/**
 * @param {string} url
 * @param {import('./pictures.mjs').GalleryPicture} picture
 * @returns {Promise<Uint8Array>}
 */
export async function draw(url, { name, kind, dataset, params, filter = {} }) {
  const size = { width: 800, height: 450, scale: 1.5, ...params };
  const submitted = await fetch(`${url}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ analysis: kind, dataset, params: size, filter }),
  });
  if (submitted.status !== 202) throw new Error(`${name}: ${await submitted.text()}`);
  const place = submitted.headers.get('location');
  for (;;) {
    /** @type {{ status: string, problem: unknown }} */
    const job = JSON.parse(await (await fetch(`${url}${place}`)).text());
    if (job.status === 'complete') break;
    if (job.status === 'failed') throw new Error(`${name}: ${JSON.stringify(job.problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const result = await fetch(`${url}${place}/results/plot.png`);
  return new Uint8Array(await result.arrayBuffer());
}
