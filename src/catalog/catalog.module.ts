import { Module, type DynamicModule } from '@nestjs/common';

import { DataHttpModule } from '../data/data-http.module.js';
import type { Catalog } from './catalog.js';
import { catalogController } from './catalog-controllers.js';

/** The routes of all declared datasets, made from their declarations. */
@Module({})
export class CatalogModule {
  static of({ declarations }: Catalog): DynamicModule {
    return {
      module: CatalogModule,
      imports: [DataHttpModule],
      controllers: declarations.map(catalogController),
    };
  }
}
