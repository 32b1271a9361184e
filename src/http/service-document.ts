import { Injectable } from '@nestjs/common';

/** What the service says about its routes; filled in once they all exist. */
@Injectable()
export class ServiceDocument {
  help = '';
}
