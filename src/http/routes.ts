import type { FastifyInstance } from 'fastify';

import { Problem } from '../errors/problem.js';

/** The routes of a server, for telling a wrong method from a wrong address. */
export class Routes {
  private readonly patterns = new Map<string, { test: RegExp; methods: Set<string> }>();

  /** Notes every route which is registered from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.patterns.get(url) ?? { test: toRegExp(url), methods: new Set() };
      for (const one of [method].flat()) known.methods.add(one.toUpperCase());
      this.patterns.set(url, known);
    });
  }

  /** What is wrong with a request that no route takes. */
  problem(method: string, url: string): Problem {
    const path = url.split('?', 1)[0] ?? '';
    const methods = new Set<string>();
    for (const pattern of this.patterns.values()) {
      if (pattern.test.test(path)) for (const allowed of pattern.methods) methods.add(allowed);
    }
    // A route that takes the method was asked and had nothing, as that of files.
    if (methods.size === 0 || methods.has(method))
      return new Problem('not-found', `there is nothing at ${path}; GET /help lists all addresses`);
    const allow = [...methods].sort().join(', ');
    return new Problem('method-not-allowed', `${path} takes ${allow}, not ${method}`, { allow });
  }
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '*') return '.*';
      return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    });
  return new RegExp(`^/${parts.join('/')}/?$`);
}
