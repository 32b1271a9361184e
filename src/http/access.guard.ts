import { timingSafeEqual } from 'node:crypto';

import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { Problem } from '../errors/problem.js';

const RESTRICTED = 'restricted';

/** Marks a route that needs a key although it only reads. */
export const Restricted = (): MethodDecorator & ClassDecorator => SetMetadata(RESTRICTED, true);

/** With API_KEYS set, whatever changes something needs one of them as a bearer token. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly keys: readonly Buffer[];

  constructor(
    @Inject(CONFIGURATION) { apiKeys }: Configuration,
    private readonly reflector: Reflector,
  ) {
    this.keys = apiKeys.map((key) => Buffer.from(key));
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.keys.length === 0) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const restricted =
      this.reflector.getAllAndOverride<boolean | undefined>(RESTRICTED, [
        context.getHandler(),
        context.getClass(),
      ]) ?? false;
    if (reads && !restricted) return true;
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && this.holds(Buffer.from(given))) return true;
    const what = given === undefined ? 'no key was sent' : 'the key is not one of this service';
    throw new Problem('unauthorized', what);
  }

  private holds(given: Buffer): boolean {
    return this.keys.some((key) => key.length === given.length && timingSafeEqual(key, given));
  }
}
