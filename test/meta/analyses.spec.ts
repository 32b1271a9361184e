import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';

import { analysisView, type AnalysisView } from '../../src/analyses/analysis.view.js';
import { AnalysisRegistry } from '../../src/analyses/registry.js';
import { fieldsOf, jsonSchemaOf } from '../../src/parameters/field-schema.js';
import { PlotParameters } from '../../src/plots/plot.parameters.js';
import { hasRow, read } from './code-base.js';

const PAGE = 'docs/analyses.md';
const written = read(PAGE);
const analyses = (await AnalysisRegistry.load()).all().map(({ analysis }) => analysis);

interface PageModule {
  analysesPage: (analyses: readonly AnalysisView[], ofEveryPlot: unknown) => string;
}

describe('docs/analyses.md', () => {
  it.each(analyses)('describes $name', ({ name, params }) => {
    expect(written).toContain(`\n## \`${name}\`\n`);
    const lacking = fieldsOf(params).filter((field) => !hasRow(written, field.name));
    expect(lacking).toEqual([]);
  });

  it('is in step with the analyses: node scripts/docs-analyses.mjs', async () => {
    const path: string = join(process.cwd(), 'scripts/analyses-page.mjs');
    const { analysesPage } = (await import(path)) as PageModule;
    const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
    const ofEveryPlot = jsonSchemaOf(PlotParameters)['properties'];
    const text = analysesPage(analyses.map(analysisView), ofEveryPlot);
    expect(written).toBe(await format(text, options));
  });
});
