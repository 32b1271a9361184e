import type { DatasetAbout } from '../analyses/analysis.js';

/** The line at the foot of a picture: where the data come from, and which version was drawn. */
export function footerOf({ name, version, citation }: DatasetAbout): string {
  const source = citation === undefined ? '' : `${citation.replace(/\.?\s*$/, '')}. `;
  return `${source}Dataset ${name}, version ${version}.`;
}
