import { formatVersion } from '../schema.js';
import type { DatasetRecord } from '../store/dataset-record.js';

/**
 * How to cite a dataset: what its publisher wants to be cited, the exact version, and the day of access.
 * The forms are a sentence, BibTeX (`@misc`, which every style knows) and CSL-JSON 1.0.2.
 */
export interface Citation {
  readonly text: string;
  readonly bibtex: string;
  readonly csl: readonly object[];
}

/** @param accessed the day of access, in UTC */
export function cite(record: DatasetRecord, accessed: Date): Citation {
  const { name, about, loaded } = record;
  const version = formatVersion(record.version);
  const title = about.title ?? name;
  const day = accessed.toISOString().slice(0, 10);
  const year = loaded.slice(0, 4);
  const said = about.citation ?? `${title}. ${year}`;
  const details = [
    `${said.replace(/[.\s]+$/, '')}.`,
    `Dataset "${name}", version ${version}.`,
    ...(about.licence === undefined ? [] : [`Licence: ${about.licence.replace(/[.\s]+$/, '')}.`]),
    ...(about.source === undefined ? [] : [about.source]),
    `(accessed ${day}).`,
  ];
  return {
    text: details.join(' '),
    bibtex: bibtex(`${name}-${version}`, {
      title,
      howpublished: about.source === undefined ? undefined : `\\url{${about.source}}`,
      year,
      version,
      note: [about.citation, about.licence, `Accessed ${day}`].filter(Boolean).join('. '),
      urldate: day,
    }),
    csl: [
      {
        id: `${name}-${version}`,
        type: 'dataset',
        title,
        version,
        ...(about.source === undefined ? {} : { URL: about.source }),
        ...(about.citation === undefined ? {} : { note: about.citation }),
        issued: { 'date-parts': [dateParts(loaded)] },
        accessed: { 'date-parts': [dateParts(day)] },
      },
    ],
  };
}

const dateParts = (day: string): number[] => day.slice(0, 10).split('-').map(Number);

function bibtex(key: string, fields: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined || value === ''
      ? []
      : [`  ${field} = {${field === 'howpublished' ? value : tex(value)}}`],
  );
  return `@misc{${key.replace(/[^\w.:-]/g, '_')},\n${lines.join(',\n')}\n}\n`;
}

const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Characters that mean something to TeX. */
const tex = (text: string): string =>
  text.replace(/[\\~^&%$#_{}]/g, (character) => TEX[character] ?? `\\${character}`);
