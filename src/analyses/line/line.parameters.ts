import { ChoiceField, ColumnField, ColumnsField } from '../../parameters/fields.js';
import { lineStyles, type LineStyle } from '../../plots/picture.js';
import { PlotParameters } from '../../plots/plot.parameters.js';

export class LineParameters extends PlotParameters {
  @ColumnField({
    description: 'Column of the x axis; the line goes in its order.',
    kinds: ['number', 'time'],
  })
  x!: string;

  @ColumnsField({
    description: 'Columns of the y axis, a line for each.',
    kinds: ['number'],
    max: 20,
  })
  y!: string[];

  @ColumnField({ description: 'Column that divides the rows into lines.', optional: true })
  series?: string;

  @ColumnField({ description: 'Another name for series.', optional: true })
  color?: string;

  @ChoiceField(lineStyles, {
    description: 'A line, steps, or a line with its points.',
    default: 'line',
  })
  style!: LineStyle;
}
