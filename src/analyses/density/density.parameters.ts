import { ColumnField, IntegerField } from '../../parameters/fields.js';
import { PlotParameters } from '../../plots/plot.parameters.js';

export class DensityParameters extends PlotParameters {
  @ColumnField({ description: 'Column of the x axis.', kinds: ['number', 'time'] })
  x!: string;

  @ColumnField({
    description: 'Column of the y axis; without it a curve over x is drawn.',
    kinds: ['number', 'time'],
    optional: true,
  })
  y?: string;

  @ColumnField({
    description: 'Column of the weight of a row, 1 by default; rows below 0 are left out.',
    kinds: ['number'],
    optional: true,
  })
  value?: string;

  @IntegerField({
    description:
      'Cells across the picture that the rows are counted in before they are smoothed; the kernel is at least one of them wide, so that few of them smooth more.',
    default: 240,
    min: 10,
    max: 1000,
  })
  bins!: number;
}
