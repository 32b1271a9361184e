import { Module } from '@nestjs/common';

import { JobsApiModule } from '../../jobs/jobs-api.module.js';
import { ImageController } from './image.controller.js';
import { ImageService } from './image.service.js';
import { ImageStore } from './image-store.js';

/** The image of the default dataset. */
@Module({
  imports: [JobsApiModule],
  controllers: [ImageController],
  providers: [ImageService, ImageStore],
})
export default class ImageModule {}
