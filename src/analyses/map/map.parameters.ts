import { BooleanField, ChoiceField, ColumnField } from '../../parameters/fields.js';
import { projections, type Projection } from '../../plots/choices.js';
import { PointParameters } from '../../plots/point.parameters.js';

export class MapParameters extends PointParameters {
  @ColumnField({
    description: 'Column of the latitude in degrees; by default the position of the dataset.',
    kinds: ['number'],
    optional: true,
  })
  lat?: string;

  @ColumnField({
    description:
      'Column of the longitude in degrees, -180 to 180; by default the position of the dataset.',
    kinds: ['number'],
    optional: true,
  })
  lon?: string;

  @ColumnField({
    description:
      'Column by whose order the positions are joined to a track; text as colour makes a track for each value.',
    kinds: ['number', 'time'],
    optional: true,
  })
  track?: string;

  @BooleanField({
    description: 'Whether the land of Earth is drawn; false for positions on another world.',
    default: true,
  })
  coasts!: boolean;

  @ChoiceField(projections, { description: 'How the globe is made flat.', default: 'equalEarth' })
  projection!: Projection;
}
