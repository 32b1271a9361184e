import {
  ChoiceField,
  IntegerField,
  NumberField,
  ObjectField,
  TextField,
} from '../../parameters/fields.js';
import { themeNames, type ThemeName } from '../../plots/choices.js';

export class VegaLiteParameters {
  @ObjectField({
    description:
      'A Vega-Lite 6 specification. Its data are the rows of the dataset, by the name "dataset"; addresses, links and images are refused.',
  })
  spec!: Record<string, unknown>;

  @TextField({ description: 'Title; replaces that of the spec.', maxLength: 300, optional: true })
  title?: string;

  @TextField({ description: 'A line below the title.', maxLength: 300, optional: true })
  subtitle?: string;

  @ChoiceField(themeNames, {
    description: 'Colours and fonts, below what the config of the spec says.',
    default: 'light',
  })
  theme!: ThemeName;

  @IntegerField({
    description: 'Width in CSS pixels, where the spec is one view and says none.',
    default: 960,
    min: 200,
    max: 4000,
  })
  width!: number;

  @IntegerField({
    description: 'Height in CSS pixels, where the spec is one view and says none.',
    default: 540,
    min: 150,
    max: 4000,
  })
  height!: number;

  @NumberField({
    description: 'Pixels of the PNG for one CSS pixel.',
    default: 2,
    min: 0.5,
    max: 4,
  })
  scale!: number;
}
