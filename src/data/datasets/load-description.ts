import type { DatasetDeclaration } from '../../catalog/declaration.js';
import type { LoadRequest } from '../load/request.js';
import type { Schema } from '../schema.js';
import type { DatasetAboutFields, DatasetRecord } from '../store/dataset-record.js';
import type { LoadParameters } from './load-parameters.js';

/**
 * Units and descriptions outlive a reload: what the request says wins, then what was said before, then
 * what the file itself says.
 */
export function described(
  schema: Schema,
  before: DatasetRecord | null,
  declaration: DatasetDeclaration | undefined,
  request: LoadRequest,
): Schema {
  const columns = schema.columns.map((column) => {
    const { name } = column;
    const old = before?.schema.columns.find((other) => other.name === name);
    const said = [column, declaration?.columns[name], old, request.columns[name]];
    const unit = said.map((one) => one?.unit).findLast((one) => one !== undefined);
    const description = said.map((one) => one?.description).findLast((one) => one !== undefined);
    return {
      ...column,
      ...(unit === undefined ? {} : { unit }),
      ...(description === undefined ? {} : { description }),
    };
  });
  return { ...schema, columns };
}

/** What is said about a dataset after a load. */
export function aboutOf(
  before: DatasetRecord | null,
  declaration: DatasetDeclaration | undefined,
  { title }: LoadParameters,
): DatasetAboutFields {
  const declared =
    declaration === undefined
      ? {}
      : {
          title: declaration.title,
          description: declaration.description,
          source: declaration.source,
          licence: declaration.licence,
          citation: declaration.citation,
        };
  return { ...declared, ...before?.about, ...(title === undefined ? {} : { title }) };
}
