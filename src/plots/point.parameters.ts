import { ChoiceField, ColumnField } from '../parameters/fields.js';
import { pointStyles, valueScales, type PointStyle, type ValueScale } from './choices.js';
import { FacetParameters } from './facets/facet.parameters.js';

/** Parameters of scatter plots and maps. */
export class PointParameters extends FacetParameters {
  @ColumnField({
    description: 'Column of the colour: numbers and times get a colour bar, text a legend.',
    optional: true,
  })
  color?: string;

  @ChoiceField(valueScales, { description: 'Scale of the colours of numbers.', default: 'linear' })
  colorScale!: ValueScale;

  @ColumnField({
    description: 'Column of the size: the area of a point grows with it.',
    kinds: ['number'],
    optional: true,
  })
  size?: string;

  @ChoiceField(valueScales, { description: 'Scale of the sizes.', default: 'linear' })
  sizeScale!: ValueScale;

  @ColumnField({
    description:
      'Column whose text stands beside each point, for up to 200 points and where there is room.',
    optional: true,
  })
  label?: string;

  @ChoiceField(pointStyles, {
    description:
      'points draws every one, density the number of points per pixel; auto takes density above 200,000 points without colour or size.',
    default: 'auto',
  })
  style!: PointStyle;
}
