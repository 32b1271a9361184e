// Writes docs/analyses.md from the analyses of the build.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { analysesPage } from './analyses-page.mjs';

/** @param {string} path */
const built = (path) => import(fileURLToPath(new URL(`../dist/${path}`, import.meta.url)));

const { AnalysisRegistry } = await built('analyses/registry.js');
const { analysisView } = await built('analyses/analysis.view.js');
const { jsonSchemaOf } = await built('parameters/field-schema.js');
const { PlotParameters } = await built('plots/plot.parameters.js');

const registry = await AnalysisRegistry.load();
const analyses = registry
  .all()
  .map((/** @type {{ analysis: object }} */ { analysis }) => analysisView(analysis));
const page = fileURLToPath(new URL('../docs/analyses.md', import.meta.url));
const options = { ...(await resolveConfig(page)), filepath: page };
const text = analysesPage(analyses, jsonSchemaOf(PlotParameters).properties);
writeFileSync(page, await format(text, options));
