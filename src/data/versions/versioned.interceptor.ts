import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, of, type Observable } from 'rxjs';

import { IF_NONE_MATCH, matchesEtag } from '../../http/etag.js';
import { VersionTags, type Question } from './version-tags.js';

const WISHES = 'versioned:wishes';
/** It may be stored, and is asked for again each time: the dataset may have changed. */
const CACHE_CONTROL = 'no-cache';

/** Gives answers of a route that has set `Dataset-Version` an ETag, and 304 to who has the answer already. */
@Injectable()
export class VersionedInterceptor implements NestInterceptor {
  constructor(
    private readonly tags: VersionTags,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const question = this.questionOf(context, request);
    const known = request.headers['if-none-match'];
    const now = known === undefined ? null : await this.tags.now(question);
    if (now !== null && matchesEtag(known, now.etag)) {
      const { etag, version } = now;
      void reply.code(304);
      void reply.headers({ etag, 'dataset-version': version, 'cache-control': CACHE_CONTROL });
      return of(undefined);
    }
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const version = String(reply.getHeader('dataset-version'));
        const etag = await this.tags.of(question, version);
        if (etag !== null) void reply.headers({ etag, 'cache-control': CACHE_CONTROL });
        return answer;
      }),
    );
  }

  private questionOf(context: ExecutionContext, request: FastifyRequest): Question {
    const names = this.reflector.get<readonly string[]>(WISHES, context.getHandler());
    const { name } = request.params as { name: string };
    const { version } = request.query as Readonly<Record<string, string | string[]>>;
    return {
      dataset: name,
      load: version === undefined ? undefined : Number(version),
      url: request.url,
      wishes: names.map((header) => request.headers[header] as string | undefined),
    };
  }
}

/**
 * For a route below `datasets/:name` whose answer depends on the version of the dataset, the address, and
 * nothing else but these headers.
 */
export const Versioned = (...headers: readonly string[]): MethodDecorator =>
  applyDecorators(
    SetMetadata(WISHES, headers),
    UseInterceptors(VersionedInterceptor),
    ApiHeader(IF_NONE_MATCH),
    ApiResponse({ status: 304, description: 'The caller has it already, by its ETag' }),
  );
