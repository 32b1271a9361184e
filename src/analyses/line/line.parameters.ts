import { ColumnField, ColumnsField, TextField } from '../../parameters/fields.js';
import { RulesField } from '../../plots/rules.parameters.js';
import { FacetParameters } from '../../plots/facets/facet.parameters.js';

export class LineParameters extends FacetParameters {
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

  @TextField({
    description:
      'line, step, points (a line with its points), or a style string as in matplotlib: colour (rgbcmykw, C0 to C9), marker (o . s D ^ v < > +) and line (- -- -. :), such as r-o or g--. Several, separated by commas, are for the lines in turn.',
    default: 'line',
    maxLength: 200,
    message: 'must be a text; those of several lines are separated by commas: r-x,g-^',
  })
  style!: string;

  @RulesField()
  rules?: Record<string, unknown>[];
}
