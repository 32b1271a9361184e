import { readdirSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { hasSharedData, SHARED_FOLDER } from '../support/shared-data.js';
import { airfoil } from './reference/airfoil.cases.js';
import { articles } from './reference/articles.cases.js';
import { climate } from './reference/climate.cases.js';
import { earthquakes } from './reference/earthquakes.cases.js';
import { genes } from './reference/genes.cases.js';
import { mars } from './reference/mars.cases.js';
import { meteorites } from './reference/meteorites.cases.js';
import { readmePlots } from './reference/readme-plots.cases.js';
import { Service } from './reference/service.js';
import { station } from './reference/station.cases.js';
import { water } from './reference/water.cases.js';

const folders = {
  ...{ airfoil, articles, climate, earthquakes, meteorites },
  ...{ hgnc: genes, iss: station, mars_trip: mars, turbidity: water },
};

/** Every reference file is loaded as it was published, and its independent figures come out of the API: all of them. */
(hasSharedData ? describe : describe.skip)('the reference data', () => {
  const service = new Service();
  beforeAll(() => service.start());
  afterAll(() => service.stop());

  it('have cases for each of their folders', () => {
    const there = readdirSync(SHARED_FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(there.sort()).toEqual(Object.keys(folders).sort());
  });

  if (hasSharedData) {
    for (const declare of Object.values(folders)) declare(service);
    readmePlots(service);
  }
});
