import { randomUUID } from 'node:crypto';

import 'reflect-metadata';

import { Body, Controller, Get, Header, HttpCode, Module, Patch, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';

/** The least that Nest on Fastify can do: routes that answer with a fixed text, given in BODY; one reads JSON before. */
class BareController {
  one() {
    return process.env.BODY;
  }

  change() {
    return process.env.BODY;
  }
}

/** The least that an API which keeps something can do: a route that writes one key for each request. */
class KeyController {
  async write() {
    await redis.set(`bare:${randomUUID()}`, '1');
    return {};
  }
}

class BareModule {}

// Plain JavaScript has no decorators, but they are functions.
const method = [BareController.prototype, 'one'];
const descriptor = Object.getOwnPropertyDescriptor(...method);
Header('content-type', 'application/json; charset=utf-8')(...method, descriptor);
Get(['ready', 'records/:id'])(...method, descriptor);
const changeMethod = [BareController.prototype, 'change'];
const changeDescriptor = Object.getOwnPropertyDescriptor(...changeMethod);
Header('content-type', 'application/json; charset=utf-8')(...changeMethod, changeDescriptor);
Patch('records/:id')(...changeMethod, changeDescriptor);
Body()(...changeMethod, 0);
Controller()(BareController);

const keyMethod = [KeyController.prototype, 'write'];
const keyDescriptor = Object.getOwnPropertyDescriptor(...keyMethod);
HttpCode(202)(...keyMethod, keyDescriptor);
Post('keys')(...keyMethod, keyDescriptor);
Controller()(KeyController);

const { REDIS_URL } = process.env;
const redis = REDIS_URL === undefined ? null : new Redis(REDIS_URL, { enableAutoPipelining: true });
const controllers = redis === null ? [BareController] : [BareController, KeyController];
Module({ controllers })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
process.once('SIGTERM', () => process.exit(0));
await app.listen(Number(process.env.PORT), '127.0.0.1');
