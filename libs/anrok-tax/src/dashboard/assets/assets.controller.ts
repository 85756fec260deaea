import { Controller, Get, Header, NotFoundException, Param, StreamableFile } from '@nestjs/common';
import { findAsset } from './asset-files.js';

/** Style, script and icon of the pages. They hold nothing of anybody's, and a refused visitor's page needs them too. */
@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @Header('X-Content-Type-Options', 'nosniff')
  show(@Param('name') name: string): StreamableFile {
    const asset = findAsset(name);
    if (!asset) throw new NotFoundException();
    return new StreamableFile(asset.body, { type: asset.type, length: asset.body.length });
  }
}
