import { createRequire } from 'node:module';

/**
 * What is used of class-validator, each part from its own file: the package as a whole reads 320 files and a list of
 * the world's telephone numbers, which takes longer than a short task of the command line.
 */
type Library = typeof import('class-validator');

const load = createRequire(import.meta.url);

function part<Name extends keyof Library>(
  name: Name,
  folder: string,
  file: string = name,
): Library[Name] {
  const found = load(`class-validator/cjs/${folder}/${file}.js`) as Pick<Library, Name>;
  return found[name];
}

export const ArrayMaxSize = part('ArrayMaxSize', 'decorator/array');
export const ArrayMinSize = part('ArrayMinSize', 'decorator/array');
export const IsArray = part('IsArray', 'decorator/typechecker');
export const IsBoolean = part('IsBoolean', 'decorator/typechecker');
export const IsIn = part('IsIn', 'decorator/common');
export const IsInt = part('IsInt', 'decorator/typechecker');
export const IsNumber = part('IsNumber', 'decorator/typechecker');
export const IsObject = part('IsObject', 'decorator/typechecker');
export const IsOptional = part('IsOptional', 'decorator/common');
export const IsString = part('IsString', 'decorator/typechecker');
export const Length = part('Length', 'decorator/string');
export const Matches = part('Matches', 'decorator/string');
export const Max = part('Max', 'decorator/number');
export const Min = part('Min', 'decorator/number');
export const ValidateBy = part('ValidateBy', 'decorator/common');
export const Validator = part('Validator', 'validation');
export const getMetadataStorage = part('getMetadataStorage', 'metadata', 'MetadataStorage');
