// The pictures of README.md and docs/plots.md: what is asked for stands there, with the title of each.
const size = { width: 960, height: 540, scale: 1.5 };

/** @type {readonly import('./pictures.mjs').GalleryPicture[]} */
export const images = [
  {
    name: 'earthquakes',
    says: 'A week of earthquakes on a map of the world.',
    kind: 'map',
    dataset: 'earthquakes',
    params: { color: 'mag', title: 'A week of earthquakes', ...size },
  },
  {
    name: 'temperatures',
    says: 'Highest and lowest temperatures in Seattle.',
    kind: 'line',
    dataset: 'weather',
    params: {
      ...{ x: 'date', y: ['temp_max', 'temp_min'] },
      ...{ title: 'Temperatures in Seattle', yLabel: 'Temperature (°C)', ...size },
    },
    filter: { start: 2014 },
  },
  {
    name: 'carbon-dioxide',
    says: 'Carbon dioxide on Mauna Loa.',
    kind: 'line',
    dataset: 'co2-concentration',
    params: {
      ...{ x: 'Date', y: ['CO2', 'adjusted CO2'], theme: 'dark' },
      ...{ title: 'Carbon dioxide on Mauna Loa', yLabel: 'CO2 (ppm)', ...size },
    },
  },
  {
    name: 'cars',
    says: 'Cars by weight and consumption.',
    kind: 'scatter',
    dataset: 'cars',
    params: {
      ...{ x: 'Weight_in_lbs', y: 'Miles_per_Gallon', color: 'Origin', size: 'Horsepower' },
      ...{ title: 'Cars: heavier ones go less far on a gallon', ...size },
    },
  },
  {
    name: 'wind',
    says: 'The wind in Seattle.',
    kind: 'histogram',
    dataset: 'weather',
    params: { column: 'wind', ...size },
  },
];
