/**
 * docs/analyses.md, from the analyses as GET /analyses shows them.
 *
 * @typedef {object} Parameter
 * @property {string} description
 * @property {string} [type]
 * @property {unknown} [default]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {readonly string[]} [enum]
 * @property {{ type: string }} [items]
 * @property {readonly { type: string }[]} [oneOf]
 *
 * @typedef {object} Analysis
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {object} example
 * @property {{ properties?: Record<string, Parameter>, required?: readonly string[] }} params
 *
 * @param {readonly Analysis[]} analyses
 * @param {Readonly<Record<string, Parameter>>} ofEveryPlot parameters which every plot takes
 * @returns {string}
 */
export function analysesPage(analyses, ofEveryPlot) {
  const isPlot = (/** @type {Analysis} */ { params }) =>
    Object.keys(ofEveryPlot).every((name) => name in (params.properties ?? {}));
  const sections = analyses.map((analysis) => section(analysis, isPlot(analysis), ofEveryPlot));
  const shared = Object.entries(ofEveryPlot).map((entry) => row(entry, false));
  return `${HEAD}\n${sections.join('\n')}\n## Every plot\n\n${PLOTS}\n\n${table(shared)}\n`;
}

const HEAD = `<!-- Made from src/analyses by \`node scripts/docs-analyses.mjs\`; edit the analyses there. -->

# Analyses

A job runs one of these on a dataset, on the records that its \`filter\` leaves. \`GET /analyses\` has the same as
JSON schemas, for the analyses of the running service. A list of one value may be given as the value itself. The
examples are for the dataset \`meteorites\`, those with dates for \`weather\`. Tables come as \`table.json\` and
\`table.csv\`, single values as \`value.json\`. Numbers that are not finite count as missing.
`;

const PLOTS = `The results of a plot are \`plot.png\`, \`plot.svg\`, \`spec.json\` (its Vega-Lite specification) and \`data.json\` (what
is drawn, or a summary of it). [plots.md](plots.md) shows some. Besides its own parameters, each plot takes these:`;

/**
 * @param {Analysis} analysis
 * @param {boolean} isPlot
 * @param {Readonly<Record<string, Parameter>>} ofEveryPlot
 */
function section({ name, description, example, params }, isPlot, ofEveryPlot) {
  const own = Object.entries(params.properties ?? {}).filter(
    ([parameter]) => !isPlot || !(parameter in ofEveryPlot),
  );
  const rows = own.map((entry) => row(entry, (params.required ?? []).includes(entry[0])));
  const also = isPlot ? '\n\nAlso the parameters of [every plot](#every-plot).' : '';
  const request = JSON.stringify({ analysis: name, params: example });
  return `## \`${name}\`\n\n${description}\n\n\`\`\`json\n${request}\n\`\`\`\n\n${table(rows)}${also}\n`;
}

/** @param {readonly string[]} rows */
function table(rows) {
  return ['| Parameter | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/**
 * @param {[string, Parameter]} entry
 * @param {boolean} isRequired
 */
function row([name, parameter], isRequired) {
  const fallback = parameter.default === undefined ? '' : `\`${String(parameter.default)}\``;
  const shown = isRequired ? '_required_' : fallback;
  return `| \`${name}\` | ${kind(parameter)} | ${shown} | ${parameter.description} |`;
}

/** @param {Parameter} parameter */
function kind({ type, enum: choices, items, oneOf, minimum, maximum }) {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (oneOf !== undefined) return oneOf.map((one) => one.type).join(' or ');
  if (type === 'array') return `list of ${items?.type ?? 'value'}s`;
  const limits = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ].join(' ');
  return [type ?? 'value', limits].filter((text) => text !== '').join(' ');
}
