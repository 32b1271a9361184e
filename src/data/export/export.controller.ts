import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { parseQuery, type RawQuery } from '../query/parse-query.js';
import { formatVersion } from '../schema.js';
import { Versioned } from '../versions/versioned.interceptor.js';
import { EXPORT_FORMATS } from './export-formats.js';
import { ExportParameters } from './export-parameters.js';
import { ExportsService, type Export } from './exports.service.js';
import { compressionFor, formatFor } from './negotiate.js';

const TYPES = Object.values(EXPORT_FORMATS).map(({ type }) => type.split(';')[0] ?? '');

@ApiTags('records')
@Controller('datasets/:name')
export class ExportController {
  constructor(private readonly exports: ExportsService) {}

  @Get('export')
  @Versioned('accept', 'accept-encoding')
  @ApiOperation({
    summary: 'The whole (filtered) table as a file',
    description:
      'Streamed: json, ndjson, csv, tsv, xml, yaml, geojson or parquet, by `format` or by `Accept`. A file that could not be sent whole breaks the connection, so that it never looks complete.',
  })
  @ApiFilteredQuery(ExportParameters)
  @ApiProduces(...TYPES)
  @ApiResponse({
    status: 200,
    description: 'The file',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiProblems(
    'unknown-dataset',
    'version-gone',
    'unknown-column',
    'invalid-parameter',
    'not-acceptable',
    'unsuitable-format',
    'too-many-exports',
    'query-timeout',
    'storage-full',
  )
  async export(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-encoding') acceptEncoding: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { parameters, filter } = parseQuery(ExportParameters, query);
    const wishes = { accept, acceptEncoding };
    const format = formatFor(parameters, wishes);
    const compression = compressionFor(parameters, wishes, format);
    const { type, extension } = EXPORT_FORMATS[format];
    const opened = await this.exports.open(name, parameters, filter, format);
    reply.headers({
      'dataset-version': formatVersion(opened.version),
      vary: 'Accept, Accept-Encoding',
      ...(compression === 'transfer' ? { 'content-encoding': 'gzip' } : {}),
    });
    const gzipped = compression === 'file';
    return new StreamableFile(compression === 'none' ? opened.stream : gzip(opened), {
      type: gzipped ? 'application/gzip' : type,
      disposition: `attachment; filename="${name}.${extension}${gzipped ? '.gz' : ''}"`,
      ...(opened.bytes === undefined ? {} : { length: opened.bytes }),
    });
  }
}

/** Breaks where its source breaks, and breaks the source where its reader goes. */
function gzip({ stream }: Export): Readable {
  const compressor = createGzip({ level: constants.Z_BEST_SPEED });
  pipeline(stream, compressor, () => undefined); // an error comes out of the compressor
  return compressor;
}
