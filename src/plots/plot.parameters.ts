import { Problem } from '../errors/problem.js';
import { AxisEndField } from './axis-ends.js';
import { ChoiceField, IntegerField, NumberField, TextField } from '../parameters/fields.js';
import { paletteNames, type PaletteName } from './palettes.js';
import {
  legendPlaces,
  scaleTypes,
  themeNames,
  type LegendPlace,
  type ScaleType,
  type ThemeName,
} from './choices.js';

/** A picture of more device pixels is refused: it would be 100 MB of memory for each job. */
const MOST_PIXELS = 25_000_000;

/** Parameters which every plot takes. */
export class PlotParameters {
  @TextField({
    description: 'Title; made from the dataset and the columns by default.',
    maxLength: 300,
    optional: true,
  })
  title?: string;

  @TextField({
    description: 'A line below the title, before what is said about the rows.',
    maxLength: 300,
    optional: true,
  })
  subtitle?: string;

  @ChoiceField(legendPlaces, {
    description: 'Where the legend and the colour bar stand.',
    default: 'right',
  })
  legend!: LegendPlace;

  @ChoiceField(paletteNames, {
    description: 'Colours: of categories (okabe-ito by default) or of values (viridis by default).',
    optional: true,
  })
  palette?: PaletteName;

  @ChoiceField(themeNames, {
    description: 'Dark marks on white, or light marks on black.',
    default: 'light',
  })
  theme!: ThemeName;

  @IntegerField({ description: 'Width in CSS pixels.', default: 960, min: 200, max: 4000 })
  width!: number;

  @IntegerField({ description: 'Height in CSS pixels.', default: 540, min: 150, max: 4000 })
  height!: number;

  @NumberField({
    description: 'Pixels of the PNG for one CSS pixel.',
    default: 2,
    min: 0.5,
    max: 4,
  })
  scale!: number;

  @TextField({
    description: 'Label of the x axis; the column and its unit by default.',
    maxLength: 300,
    optional: true,
  })
  xLabel?: string;

  @TextField({
    description: 'Label of the y axis; the column and its unit by default.',
    maxLength: 300,
    optional: true,
  })
  yLabel?: string;

  @ChoiceField(scaleTypes, {
    description: 'Scale of the x axis; by the type of the column by default.',
    optional: true,
  })
  xScale?: ScaleType;

  @ChoiceField(scaleTypes, {
    description: 'Scale of the y axis; by the type of the column by default.',
    optional: true,
  })
  yScale?: ScaleType;

  @AxisEndField('Start of the x axis')
  xMin?: number | string;

  @AxisEndField('End of the x axis')
  xMax?: number | string;

  @AxisEndField('Start of the y axis')
  yMin?: number | string;

  @AxisEndField('End of the y axis')
  yMax?: number | string;
}

/** @throws Problem `invalid-parameter` for a picture that is too large */
export function checkSize({
  width,
  height,
  scale,
}: Pick<PlotParameters, 'width' | 'height' | 'scale'>): void {
  const pixels = width * height * scale * scale;
  if (pixels <= MOST_PIXELS) return;
  throw Problem.field(
    'invalid-parameter',
    'params.scale',
    `width x height x scale x scale must be at most ${MOST_PIXELS} pixels; these are ${Math.round(pixels)}`,
  );
}
