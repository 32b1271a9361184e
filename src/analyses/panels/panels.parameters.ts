import { IntegerField, ObjectsField } from '../../parameters/fields.js';
import { PlotParameters } from '../../plots/plot.parameters.js';

export class PanelsParameters extends PlotParameters {
  @ObjectsField({
    description:
      'The plots: each has its kind and the parameters of that plot; those given for the panels hold for each as well, but for the title.',
    max: 20,
  })
  plots!: Record<string, unknown>[];

  @IntegerField({
    description: 'Rows of panels; as many as are needed.',
    min: 1,
    max: 20,
    optional: true,
  })
  rows?: number;

  @IntegerField({
    description: 'Panels in a row; by default so many that there are about as many rows.',
    min: 1,
    max: 20,
    optional: true,
  })
  columns?: number;
}
