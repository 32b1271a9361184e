import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'iss',
  title: 'Orbit of the International Space Station',
  description:
    'Predicted state vectors of the station for fifteen days, usually every four minutes, in the frame EME2000.',
  source: 'https://spotthestation.nasa.gov/trajectory_data.cfm',
  licence: 'Work of the US Government, public domain',
  citation: 'NASA Johnson Space Center, ISS Trajectory Data',
  url: 'https://nasa-public-data.s3.amazonaws.com/iss-coords/current/ISS_OEM/ISS.OEM_J2K_EPH.xml',
  key: 'EPOCH',
  time: 'time',
  columns: {
    EPOCH: { type: 'text', description: 'Time of the state, as the file writes it' },
    time: { type: 'timestamp', description: 'The same time, UTC' },
    X: { type: 'number', unit: 'km', description: 'Position, towards the vernal equinox of 2000' },
    Y: { type: 'number', unit: 'km', description: 'Position, 90° east of it on the equator' },
    Z: { type: 'number', unit: 'km', description: 'Position, towards the north pole of 2000' },
    X_DOT: { type: 'number', unit: 'km/s', description: 'Velocity along X' },
    Y_DOT: { type: 'number', unit: 'km/s', description: 'Velocity along Y' },
    Z_DOT: { type: 'number', unit: 'km/s', description: 'Velocity along Z' },
    latitude: { type: 'number', unit: '°', description: 'Of the place below, WGS 84, computed' },
    longitude: { type: 'number', unit: '°', description: 'Of the place below, computed' },
    altitude: { type: 'number', unit: 'km', description: 'Above WGS 84, computed' },
    speed: { type: 'number', unit: 'km/s', description: 'Length of the velocity, computed' },
  },
  needs: ['EPOCH', 'time', 'X', 'Y', 'Z', 'X_DOT', 'Y_DOT', 'Z_DOT'],
  ownRoutes: true,
});
