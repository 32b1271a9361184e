import { ChoiceField, ColumnField, NumbersField } from '../../parameters/fields.js';
import { valueScales, type ValueScale } from '../../plots/choices.js';
import { PlotParameters } from '../../plots/plot.parameters.js';

export class HeatmapParameters extends PlotParameters {
  @ColumnField({
    description: 'Column of the x axis: numbers and times are binned, text is grouped.',
  })
  x!: string;

  @ColumnField({ description: 'Column of the y axis, likewise.' })
  y!: string;

  @ColumnField({
    description: 'Column whose mean is the colour; without it rows are counted.',
    kinds: ['number'],
    optional: true,
  })
  value?: string;

  @NumbersField({
    description:
      'About how many bins an axis has, or two numbers for x and y; 40 and 25 by default. Text has at most as many groups.',
    max: 2,
    optional: true,
  })
  bins?: number[];

  @ChoiceField(valueScales, {
    description: 'Scale of the colours; by default counts above 100 go by their logarithm.',
    optional: true,
  })
  colorScale?: ValueScale;
}
