import { Module, type DynamicModule } from '@nestjs/common';

import { DataHttpModule } from '../data/data-http.module.js';
import type { Catalog } from './catalog.js';
import { catalogController } from './catalog-controllers.js';

/** The routes of the catalog: those of its folders, and those made from declarations. */
@Module({})
export class CatalogModule {
  static of({ entries }: Catalog): DynamicModule {
    return {
      module: CatalogModule,
      imports: [DataHttpModule, ...entries.flatMap(({ module }) => module ?? [])],
      controllers: entries.flatMap(({ declaration, controller }) => [
        ...(controller === undefined ? [] : [controller]),
        ...(declaration === undefined || declaration.ownRoutes === true
          ? []
          : [catalogController(declaration)]),
      ]),
    };
  }
}
