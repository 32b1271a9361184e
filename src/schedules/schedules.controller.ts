import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ApiProblems } from '../http/api-problems.js';
import { CheckedPipe } from '../parameters/checked.pipe.js';
import { ChangeSchedule, CreateSchedule } from './schedule-parameters.js';
import { SchedulesView, ScheduleView } from './schedule.view.js';
import { SchedulesService } from './schedules.service.js';

const ApiId = ApiParam({
  name: 'id',
  description: 'Id of the schedule.',
  schema: { type: 'string', format: 'uuid' },
  example: '0d6e3c61-6d0f-4f3e-9d83-5b53f6b5c7a4',
});

@ApiTags('schedules')
@Controller('schedules')
export class SchedulesController {
  constructor(private readonly schedules: SchedulesService) {}

  @Post()
  @ApiOperation({
    summary: 'Submit a job again and again',
    description:
      'A worker submits the job each time that the expression names. Times that pass while no worker runs are made up for by one job; one that comes while the job before is not finished is left out.',
  })
  @ApiCreatedResponse({ type: ScheduleView })
  @ApiProblems('invalid-parameter', 'unknown-dataset', 'unknown-analysis', 'too-many-schedules')
  async create(
    @Body(CheckedPipe) body: CreateSchedule,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScheduleView> {
    const view = await this.schedules.create(body);
    reply.header('location', `/schedules/${view.id}`);
    return view;
  }

  @Get()
  @ApiOperation({ summary: 'List schedules, each with its last run' })
  @ApiOkResponse({ type: SchedulesView })
  async list(): Promise<SchedulesView> {
    return { schedules: await this.schedules.all(), next: null };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One schedule: when it is due, and its last hundred runs' })
  @ApiId
  @ApiOkResponse({ type: ScheduleView })
  @ApiProblems('unknown-schedule')
  async show(@Param('id') id: string): Promise<ScheduleView> {
    return this.schedules.find(id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a schedule',
    description: 'What is given is changed; times count from now on.',
  })
  @ApiId
  @ApiOkResponse({ type: ScheduleView })
  @ApiProblems('unknown-schedule', 'invalid-parameter')
  async change(
    @Param('id') id: string,
    @Body(CheckedPipe) body: ChangeSchedule,
  ): Promise<ScheduleView> {
    return this.schedules.change(id, body);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a schedule rest' })
  @ApiId
  @ApiOkResponse({ type: ScheduleView })
  @ApiProblems('unknown-schedule')
  async pause(@Param('id') id: string): Promise<ScheduleView> {
    return this.schedules.change(id, { paused: true });
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let a schedule go on',
    description: 'From the next time; none is made up for.',
  })
  @ApiId
  @ApiOkResponse({ type: ScheduleView })
  @ApiProblems('unknown-schedule')
  async resume(@Param('id') id: string): Promise<ScheduleView> {
    return this.schedules.change(id, { paused: false });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a schedule', description: 'Its jobs stay.' })
  @ApiId
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblems('unknown-schedule')
  async remove(@Param('id') id: string): Promise<void> {
    await this.schedules.remove(id);
  }
}
