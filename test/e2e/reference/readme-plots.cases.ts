import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { Service } from './service.js';

const CATALOG = 'src/catalog';

/** The jobs that the READMEs of the catalog show, as they stand there: JSON blocks which name an analysis. */
function jobs(): object[] {
  const readmes = readdirSync(CATALOG, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(`${CATALOG}/${name}/README.md`, 'utf8'));
  return readmes
    .flatMap((text) => [...text.matchAll(/^```json\n(.*?)^```$/gms)])
    .map(([, json = '']) => JSON.parse(json) as object)
    .filter((one) => 'analysis' in one);
}

/** After the cases that load the datasets. */
export function readmePlots(service: Service): void {
  describe('the plots of the READMEs', () => {
    it('are drawn', async () => {
      const all = jobs();
      expect(all.length).toBeGreaterThan(3);
      for (const job of all) {
        const picture = await service.result(job, 'plot.png');
        expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
      }
    });
  });
}
