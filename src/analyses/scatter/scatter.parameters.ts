import { ColumnField, ColumnsField } from '../../parameters/fields.js';
import { PointParameters } from '../../plots/point.parameters.js';
import { RulesField } from '../../plots/rules.parameters.js';

export class ScatterParameters extends PointParameters {
  @ColumnField({ description: 'Column of the x axis.', kinds: ['number', 'time'] })
  x!: string;

  @ColumnsField({
    description: 'Column of the y axis; several columns are told apart by colour.',
    kinds: ['number', 'time'],
    max: 20,
  })
  y!: string[];

  @ColumnField({
    description: 'Column whose values, as categories, are told apart by colour.',
    optional: true,
  })
  series?: string;

  @RulesField()
  rules?: Record<string, unknown>[];
}
