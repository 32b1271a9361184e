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
    'POST /degrees loads the five rows of the course, PUT /datasets/degrees another file of id, year and degrees',
});
