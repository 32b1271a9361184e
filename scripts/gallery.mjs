// Draws every picture of docs/gallery and docs/images through the service itself: `make gallery`. With ALMANAC_URL it uses
// a service that runs already; else it starts one of its own in a folder that is removed afterwards.
// `node scripts/gallery.mjs bar` draws only the pictures whose names begin so.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';
import sharp from 'sharp';

import { tables } from './gallery/tables.mjs';
import { pageOf } from './gallery/page.mjs';
import { images } from './gallery/images.mjs';
import { pictures } from './gallery/pictures.mjs';
import { draw, load } from './gallery/client.mjs';
import { startService } from './gallery/service.mjs';

const folder = new URL('../docs/gallery/', import.meta.url);
const beside = new URL('../docs/images/', import.meta.url);
const [start = ''] = process.argv.slice(2);
/** @param {{ name: string }} picture */
const asked = ({ name }) => name.startsWith(start);
const chosen = pictures.filter(asked);
const drawnBeside = images.filter(asked);

const given = process.env['ALMANAC_URL'];
const scratch = mkdtempSync(join(tmpdir(), 'almanac-gallery-'));
const service =
  given === undefined ? await startService(scratch) : { url: given, stop: async () => undefined };
try {
  const names = new Set([...chosen, ...drawnBeside].map(({ dataset }) => dataset));
  for (const name of names) await load(service.url, name, tables[name]());
  for (const picture of [...chosen, ...drawnBeside]) {
    const drawn = await draw(service.url, picture);
    // A palette of 256 colours looks the same and is a third of the size.
    const small = await sharp(drawn).png({ palette: true, quality: 95, effort: 8 }).toBuffer();
    const place = drawnBeside.includes(picture) ? beside : folder;
    writeFileSync(new URL(`${picture.name}.png`, place), small);
    console.log(`${picture.name}.png ${Math.round(small.length / 1024)} KB`);
  }
} finally {
  await service.stop();
  rmSync(scratch, { recursive: true, force: true });
}
const page = new URL('README.md', folder);
const style = await prettier.resolveConfig(page);
writeFileSync(page, await prettier.format(pageOf(pictures), { ...style, parser: 'markdown' }));
const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
const stale = files.filter((file) => !pictures.some(({ name }) => `${name}.png` === file));
for (const file of stale) rmSync(new URL(file, folder));
const bytes = files.reduce((sum, file) => {
  return stale.includes(file) ? sum : sum + statSync(new URL(file, folder)).size;
}, 0);
console.log(`${files.length - stale.length} pictures, ${(bytes / 1e6).toFixed(1)} MB`);
