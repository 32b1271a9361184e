import { Problem } from '../errors/problem.js';
import { validateJson } from '../parameters/validate.js';
import type { Analysis } from './analysis.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * The analysis which a module exports by default, checked against the contract.
 * @throws Error with the folder's name and what to mend
 */
export function checkAnalysis(folder: string, exported: unknown): Analysis {
  const refuse = (reason: string): never => {
    throw new Error(`analysis ${folder}: ${reason}`);
  };
  if (typeof exported !== 'object' || exported === null) {
    return refuse('its module must export defineAnalysis({...}) by default');
  }
  const analysis = exported as Partial<Analysis>;
  for (const text of ['name', 'title', 'description'] as const) {
    const value: unknown = analysis[text];
    if (typeof value !== 'string' || value.trim() === '') refuse(`${text} must be a text`);
  }
  for (const member of ['params', 'query', 'compute'] as const) {
    if (typeof analysis[member] !== 'function') refuse(`${member} is missing`);
  }
  const complete = exported as Analysis;
  if (complete.name !== folder) refuse(`its name is ${complete.name}; it must be its folder's`);
  if (!NAME.test(folder)) refuse('a name is lower-case words joined by dashes');
  try {
    validateJson(complete.params, complete.example, 'example.');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refuse(error.detail);
  }
  return complete;
}
