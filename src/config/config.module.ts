import { Module, type DynamicModule } from '@nestjs/common';

import type { Configuration } from './configuration.js';

/** Injection token of the validated configuration. */
export const CONFIGURATION = Symbol('configuration');

@Module({})
export class ConfigModule {
  static with(configuration: Configuration): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIGURATION, useValue: configuration }],
      exports: [CONFIGURATION],
    };
  }
}
