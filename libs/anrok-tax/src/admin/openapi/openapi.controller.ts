import { Get } from '@nestjs/common';
import { ApiOperation, type OpenAPIObject } from '@nestjs/swagger';
import { AdminApi } from '../admin-api.decorator.js';
import { OpenApiDocument } from './openapi.document.js';

@AdminApi('openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Get()
  @ApiOperation({ summary: 'This API, for programs: OpenAPI 3.1.' })
  show(): OpenAPIObject {
    return this.document.show();
  }
}
