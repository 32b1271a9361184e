import 'reflect-metadata';

import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

/** The least that Nest on Fastify can do: a route that answers with a fixed text, given in BODY. */
class BareController {
  one() {
    return process.env.BODY;
  }
}

class BareModule {}

// Plain JavaScript has no decorators, but they are functions.
const method = [BareController.prototype, 'one'];
const descriptor = Object.getOwnPropertyDescriptor(...method);
Header('content-type', 'application/json; charset=utf-8')(...method, descriptor);
Get(['ready', 'records/:id'])(...method, descriptor);
Controller()(BareController);
Module({ controllers: [BareController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
process.once('SIGTERM', () => process.exit(0));
await app.listen(Number(process.env.PORT), '127.0.0.1');
