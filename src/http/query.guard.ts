import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';

import { Problem } from '../errors/problem.js';

/**
 * Refuses query parameters on routes that take none, so that none is ever ignored. Routes which take
 * some check them by their parameter class.
 */
@Injectable()
export class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const [name] = Object.keys(context.switchToHttp().getRequest<FastifyRequest>().query as object);
    if (name === undefined || takesQuery(context)) return true;
    throw Problem.field('unknown-parameter', name, 'this address takes no parameters');
  }
}

/** Nest notes the arguments of a handler under keys such as `4:0`: kind and place. */
function takesQuery(context: ExecutionContext): boolean {
  const found = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) as Readonly<Record<string, unknown>> | undefined;
  return Object.keys(found ?? {}).some((key) =>
    key.startsWith(`${String(RouteParamtypes.QUERY)}:`),
  );
}
