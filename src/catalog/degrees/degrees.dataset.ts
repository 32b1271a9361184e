import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'degrees',
  title: 'Degrees awarded',
  description: 'How many degrees were awarded in a year.',
  source: 'https://coe-332-sp23.readthedocs.io',
  licence: 'No licence stated; facts',
  citation: 'COE 332, University of Texas at Austin, sample of degrees',
  key: 'id',
  time: 'year',
  columns: {
    id: { type: 'integer', description: 'Number of the row' },
    year: { type: 'integer', unit: 'a', description: 'Year of the degrees' },
    degrees: { type: 'integer', description: 'Degrees awarded' },
  },
  needs: ['id', 'year', 'degrees'],
  ownRoutes: true,
  waysIn:
    'PUT /datasets/degrees loads a table of id, year and degrees, such as src/catalog/degrees/degrees.sample.json',
});
