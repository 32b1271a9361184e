// The index page of the gallery.

const themes = { light: 'light', dark: 'dark' };

/** @param {readonly import('./pictures.mjs').GalleryPicture[]} pictures */
export function pageOf(pictures) {
  const kinds = [...new Set(pictures.map(({ kind }) => kind))];
  const sections = kinds.map((kind) => {
    const own = pictures.filter((picture) => picture.kind === kind);
    return [`## ${kind}`, ...own.map(entry)].join('\n\n');
  });
  return [
    '# Gallery',
    `${pictures.length} pictures, drawn by the service itself with \`make gallery\`, from the tables of the package \`vega-datasets\` and from seeded random numbers. Among them are those that plots often get wrong: one row, nothing but gaps, forty names, values over many orders of magnitude.`,
    `Each shows what was asked for. The requests are jobs, \`{"analysis": …, "dataset": …, "params": …}\`; [plots.md](../plots.md) explains them. Themes are ${Object.values(themes).join(' and ')}.`,
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** @param {import('./pictures.mjs').GalleryPicture} picture */
function entry({ name, kind, dataset, params, filter, says }) {
  const request = { analysis: kind, dataset, params, ...(filter === undefined ? {} : { filter }) };
  const text = JSON.stringify(request, null, 2);
  return [
    `### ${name}`,
    `${says}`,
    `![${says}](${name}.png)`,
    `<details><summary>Request</summary>\n\n\`\`\`json\n${text}\n\`\`\`\n\n</details>`,
  ].join('\n\n');
}
