import type { FastifyInstance } from 'fastify';

import { nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';

/** Longer paths are not compared with those that there are. */
const MAX_LIKENED = 200;

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
    if (methods.size === 0 || methods.has(method)) {
      const near = this.near(path);
      const meant = near.length === 0 ? '' : `did you mean ${near.join(' or ')}? `;
      const detail = `there is nothing at ${path}; ${meant}GET /help lists all addresses`;
      return new Problem('not-found', detail, near.length === 0 ? {} : { near });
    }
    const allow = [...methods].sort().join(', ');
    return new Problem('method-not-allowed', `${path} takes ${allow}, not ${method}`, { allow });
  }

  /** Addresses of which each part looks like that of a path. */
  private near(path: string): string[] {
    if (path.length > MAX_LIKENED) return [];
    const parts = partsOf(path);
    const alike = [...this.patterns.keys()].map(partsOf).flatMap((pattern) => {
      if (pattern.length !== parts.length || pattern.includes('*')) return [];
      const meant = pattern.map((part, i) => (part.startsWith(':') ? (parts[i] ?? '') : part));
      const fits = meant.every((part, i) => isLike(parts[i] ?? '', part));
      return fits ? [`/${meant.join('/')}`] : [];
    });
    return nearNames(path, new Set(alike));
  }
}

/** Whether one name may be meant by another: both begin alike. */
const isLike = (asked: string, known: string): boolean =>
  asked.charAt(0).toLowerCase() === known.charAt(0)
    ? nearNames(asked, [known]).length > 0
    : asked === known;

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function toRegExp(pattern: string): RegExp {
  const parts = partsOf(pattern).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^/${parts.join('/')}/?$`);
}
