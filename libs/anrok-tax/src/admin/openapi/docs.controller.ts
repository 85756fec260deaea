import type { IncomingMessage } from 'node:http';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Get, Header, NotFoundException, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { AdminApi } from '../admin-api.decorator.js';
import { DOCS_POLICY, docsPage, START_SCRIPT } from './docs.page.js';

const require = createRequire(import.meta.url);
const FOLDER = path.dirname(require.resolve('swagger-ui-dist/package.json'));
const SCRIPT = 'text/javascript; charset=utf-8';

/** Of Swagger UI, and none beside. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', SCRIPT],
  ['favicon-32x32.png', 'image/png'],
]);

/** The admin API for people to read and to try out: Swagger UI, served from here, behind the same guard. */
@AdminApi('docs')
export class DocsController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', DOCS_POLICY)
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Referrer-Policy', 'no-referrer')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'This API, for people to read and to try out.' })
  show(@Req() { url = '' }: IncomingMessage): string {
    const [asked = ''] = url.split('?');
    return docsPage(asked.endsWith('/') ? 'assets' : 'docs/assets');
  }

  @Get('assets/:file')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Cache-Control', 'private, max-age=3600')
  @ApiOperation({ summary: 'What that page is made of.' })
  asset(@Param('file') file: string): StreamableFile {
    if (file === 'start.js') return new StreamableFile(Buffer.from(START_SCRIPT), { type: SCRIPT });
    const type = TYPES.get(file);
    if (!type) throw new NotFoundException('There is no such file.');
    return new StreamableFile(createReadStream(path.join(FOLDER, file)), { type });
  }
}
