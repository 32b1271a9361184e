import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'water',
  title: 'Turbidity of water',
  description:
    'Hourly measurements of a nephelometer: how much light particles in the water scatter.',
  source: 'https://github.com/wjallen/turbidity',
  licence: 'No licence stated; the values are computer-made',
  citation: 'COE 332, University of Texas at Austin, simulated turbidity data',
  url: 'https://raw.githubusercontent.com/wjallen/turbidity/main/turbidity_data.json',
  time: 'datetime',
  path: 'turbidity_data',
  columns: {
    datetime: { type: 'timestamp', description: 'Time of the measurement, UTC' },
    sample_volume: { type: 'number', unit: 'mL', description: 'Volume of the sample' },
    calibration_constant: {
      type: 'number',
      description: 'Calibration constant a0 of the instrument',
    },
    detector_current: { type: 'number', description: 'Current of the detector at 90 degrees, I90' },
    analyzed_by: { type: 'text', description: 'Who made the measurement' },
  },
  needs: ['datetime', 'calibration_constant', 'detector_current'],
  ownRoutes: true,
});
