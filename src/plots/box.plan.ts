import { axisOf, stepsAcross, stepsDown } from './axis.js';
import { LOG_NOTE, some } from './counts.js';
import { isDrawable, isWithin } from './extent.js';
import { groupAxis, valueEncoding } from './group-axis.js';
import { groupColors } from './group-colors.js';
import type { BoxPicture } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { themes } from './theme.js';

/** Boxes from the first to the third quartile, whiskers, and the values beyond them. */
export function boxPlan(picture: BoxPicture): Plan {
  const { look, groups, colors, value, notes } = picture;
  const { sideways, encoding } = groupAxis(groups, look);
  const boxes = picture.boxes.filter(({ low }) => isDrawable(low, value.scale));
  const outliers = picture.outliers.filter(
    (one) => isDrawable(one.value, value.scale) && isWithin(one.value, value),
  );
  const ends = boxes.flatMap(({ low, high }) => [low, high]);
  const all = Float64Array.from([...ends, ...outliers.map((one) => one.value)]);
  const axis = axisOf(value, [all], sideways ? stepsAcross(look) : stepsDown(look));
  const named = (group: number, color: number) => ({
    g: groups.names[group] ?? '',
    ...(colors === undefined ? {} : { c: colors.names[color] ?? '' }),
  });
  const data = {
    boxes: boxes.map(({ group, color, low, q1, median, q3, high, mean }) => ({
      ...named(group, color),
      ...{ b: median, low, q1, q3, high, mean },
    })),
    outliers: outliers.map(({ group, color, value: b }) => ({ ...named(group, color), b })),
  };
  return {
    layers: layersOf(picture, encoding, valueEncoding('b', axis, sideways), sideways),
    notes: [
      ...notes,
      ...some(picture.boxes.length - boxes.length, `without a box: values ${LOG_NOTE}`),
    ],
    empty: boxes.length === 0,
    room: 3,
    fill: () => ({
      data,
      summary: {
        boxes: boxes.map(({ group, color, ...box }) => {
          const { g, c } = { c: undefined, ...named(group, color) };
          return { group: g, ...(c === undefined ? {} : { color: c }), ...box };
        }),
      },
    }),
  };
}

function layersOf(picture: BoxPicture, encoding: Layer, values: Layer, sideways: boolean): Layer[] {
  const { look, colors, groups, mean } = picture;
  const theme = themes[look.theme];
  const [along, across] = sideways ? ['y', 'x'] : ['x', 'y'];
  const color = groupColors(colors, look);
  const beside =
    colors === undefined
      ? {}
      : {
          [`${along}Offset`]: {
            field: 'c',
            type: 'nominal',
            sort: null,
            scale: { domain: colors.names },
          },
        };
  const at = (field: string): Layer => ({
    [along]: encoding,
    [across]: { ...values, field },
    ...beside,
  });
  const data = { name: 'boxes' };
  const room = (sideways ? look.height : look.width) - 170;
  const bands = Math.max(1, groups.names.length * (colors?.names.length ?? 1));
  const size = Math.max(2, Math.min(56, (room / bands) * 0.55));
  const line = { strokeWidth: 1.3, clip: true, aria: false };
  return [
    {
      name: 'whiskers',
      data,
      mark: { type: 'rule', ...line },
      encoding: { ...at('low'), [`${across}2`]: { field: 'high' }, color },
    },
    {
      name: 'boxes',
      data,
      mark: {
        type: 'bar',
        size,
        fillOpacity: 1,
        clip: true,
        stroke: theme.background,
        strokeWidth: 0.75,
      },
      encoding: { ...at('q1'), [`${across}2`]: { field: 'q3' }, color },
    },
    {
      // A box without extent is a line in its colour.
      name: 'flats',
      data,
      transform: [{ filter: 'datum.q1 === datum.q3' }],
      mark: { type: 'tick', size, thickness: 3, clip: true, aria: false },
      encoding: { ...at('b'), color },
    },
    {
      name: 'medians',
      data,
      transform: [{ filter: 'datum.q1 < datum.q3' }],
      mark: { type: 'tick', size, thickness: 2, color: theme.background, clip: true, aria: false },
      encoding: at('b'),
    },
    ...(mean
      ? [
          {
            name: 'means',
            data,
            mark: {
              type: 'point',
              shape: 'diamond',
              filled: true,
              size: 42,
              color: theme.background,
              stroke: theme.text,
              strokeWidth: 1,
              opacity: 1,
              clip: true,
            },
            encoding: at('mean'),
          },
        ]
      : []),
    {
      name: 'outliers',
      data: { name: 'outliers' },
      mark: {
        type: 'point',
        shape: 'circle',
        filled: true,
        size: 14,
        opacity: 0.55,
        clip: true,
        aria: false,
      },
      encoding: { ...at('b'), color },
    },
  ];
}
