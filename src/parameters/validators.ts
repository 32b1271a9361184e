import { createRequire } from 'node:module';

/**
 * What is used of class-validator, each part from its own file: the package as a whole reads 320 files and a list of
 * the world's telephone numbers, which takes longer than a short task of the command line.
 */
type Library = typeof import('class-validator');

const require = createRequire(import.meta.url);

export const { ArrayMaxSize } =
  require('class-validator/cjs/decorator/array/ArrayMaxSize.js') as Library;
export const { ArrayMinSize } =
  require('class-validator/cjs/decorator/array/ArrayMinSize.js') as Library;
export const { IsArray } =
  require('class-validator/cjs/decorator/typechecker/IsArray.js') as Library;
export const { IsBoolean } =
  require('class-validator/cjs/decorator/typechecker/IsBoolean.js') as Library;
export const { IsIn } = require('class-validator/cjs/decorator/common/IsIn.js') as Library;
export const { IsInt } = require('class-validator/cjs/decorator/typechecker/IsInt.js') as Library;
export const { IsNumber } =
  require('class-validator/cjs/decorator/typechecker/IsNumber.js') as Library;
export const { IsObject } =
  require('class-validator/cjs/decorator/typechecker/IsObject.js') as Library;
export const { IsOptional } =
  require('class-validator/cjs/decorator/common/IsOptional.js') as Library;
export const { IsString } =
  require('class-validator/cjs/decorator/typechecker/IsString.js') as Library;
export const { Length } = require('class-validator/cjs/decorator/string/Length.js') as Library;
export const { Matches } = require('class-validator/cjs/decorator/string/Matches.js') as Library;
export const { Max } = require('class-validator/cjs/decorator/number/Max.js') as Library;
export const { Min } = require('class-validator/cjs/decorator/number/Min.js') as Library;
export const { ValidateBy } =
  require('class-validator/cjs/decorator/common/ValidateBy.js') as Library;
export const { Validator } = require('class-validator/cjs/validation/Validator.js') as Library;
export const { getMetadataStorage } =
  require('class-validator/cjs/metadata/MetadataStorage.js') as Library;
