import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'meteorites',
  title: 'Meteorite landings',
  description:
    'All known meteorite landings: name, class, mass, year and place, as collected by The Meteoritical Society.',
  source: 'https://data.nasa.gov/dataset/meteorite-landings',
  licence: 'US Government open data, public access and use',
  citation: 'NASA and The Meteoritical Society, Meteorite Landings',
  url: 'https://data.nasa.gov/docs/legacy/meteorite_landings/Meteorite_Landings.csv',
  key: 'id',
  time: 'year',
  columns: {
    name: { type: 'text', description: 'Place where it fell or was found' },
    id: { type: 'integer', description: 'Number in the Meteoritical Bulletin Database' },
    nametype: { type: 'text', description: 'Valid, or Relict where weathering left little of it' },
    recclass: { type: 'text', description: 'Class of the meteorite' },
    'mass (g)': { type: 'number', unit: 'g', description: 'Mass' },
    fall: { type: 'text', description: 'Fell where it was seen to fall, else Found' },
    year: { type: 'integer', description: 'Year of the fall or of the find' },
    reclat: { type: 'number', unit: '°', description: 'Latitude, north positive' },
    reclong: { type: 'number', unit: '°', description: 'Longitude, east positive' },
    GeoLocation: { type: 'text', description: 'Latitude and longitude in brackets' },
  },
});
