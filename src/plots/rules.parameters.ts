import { Problem } from '../errors/problem.js';
import { ObjectsField, ScalarField, TextField } from '../parameters/fields.js';
import { validateJson } from '../parameters/validate.js';
import { valueOn } from './axis-value.js';
import type { ScaleType } from './choices.js';
import type { Rule } from './picture.js';

/** The parameter `rules` of plots with axes. */
export const RulesField = (): PropertyDecorator =>
  ObjectsField({
    description:
      'Lines across the plot, such as a threshold: each has a value of y (a horizontal line) or of x (an upright one; a time such as 2024-02-29 where x is one), and may have a label.',
    example: [{ y: 1, label: 'threshold' }],
    max: 20,
    optional: true,
  });

class RuleParameters {
  @ScalarField({ description: 'Value of the x axis.', optional: true })
  x?: number | string;

  @ScalarField({ description: 'Value of the y axis.', optional: true })
  y?: number | string;

  @TextField({ description: 'What the line means.', maxLength: 100, optional: true })
  label?: string;
}

/**
 * The lines that a request asks for, on axes of these scales.
 * @throws Problem `invalid-parameter` or `unknown-parameter`, which names the field
 */
export function rulesOf(
  given: readonly Readonly<Record<string, unknown>>[] | undefined,
  scales: Readonly<Record<Rule['axis'], ScaleType>>,
): Rule[] {
  return (given ?? []).map((one, i) => {
    const path = `params.rules[${String(i)}]`;
    const { x, y, label } = validateJson(RuleParameters, one, `${path}.`);
    if ((x === undefined) === (y === undefined)) {
      throw Problem.field('invalid-parameter', path, 'must have one of x and y');
    }
    const axis = x === undefined ? 'y' : 'x';
    const value = valueOn(scales[axis], x ?? y ?? NaN, `${path}.${axis}`);
    return { axis, value, ...(label === undefined ? {} : { label }) };
  });
}
