import type { DatasetDeclaration } from '../../catalog/declaration.js';
import type { DatasetSource } from '../store/source-store.js';

/** The publisher's address of a dataset of the catalog as its source; null where it names none. */
export const sourceOf = (declaration: DatasetDeclaration | undefined): DatasetSource | null =>
  declaration?.url === undefined
    ? null
    : {
        url: declaration.url,
        format: null,
        load: {},
        about: { source: declaration.source },
        created: new Date(0).toISOString(),
      };

/** How a dataset of the catalog that is not there comes in; null where the catalog knows no such dataset. */
export function waysIn(declaration: DatasetDeclaration | undefined): string | null {
  if (declaration === undefined) return null;
  const { name, url } = declaration;
  if (declaration.waysIn !== undefined) return declaration.waysIn;
  const upload = `PUT /datasets/${name} (curl -T FILE) loads a file of it`;
  return url === undefined
    ? upload
    : `POST /datasets/${name}/load fetches it from ${new URL(url).host}, ${upload}`;
}
