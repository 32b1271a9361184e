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
import { ApiKeys, bearerKey } from './api-keys.js';

const RESTRICTED = 'restricted';

/** Marks a route that needs a key although it only reads. */
export const Restricted = (): MethodDecorator & ClassDecorator => SetMetadata(RESTRICTED, true);

/** With API_KEYS set, whatever changes something needs one of them as a bearer token. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly keys: ApiKeys;

  constructor(
    @Inject(CONFIGURATION) { apiKeys }: Configuration,
    private readonly reflector: Reflector,
  ) {
    this.keys = new ApiKeys(apiKeys);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.keys.none) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const restricted =
      this.reflector.getAllAndOverride<boolean | undefined>(RESTRICTED, [
        context.getHandler(),
        context.getClass(),
      ]) ?? false;
    if (!reads || restricted) this.keys.check(bearerKey(request.headers.authorization));
    return true;
  }
}
