import { Body, Get, Header, HttpCode, Param, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { InvalidRequestError } from '../../admin/invalid-request.error.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { InvalidMappingFileError } from '../../settings/item-mapping.error.js';
import { MappingCsvService } from '../../settings/mapping-csv.service.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import { FormFile, MultipartForm, UploadedFile } from '../shell/multipart-form.interceptor.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { ImportPlanPage } from './import-plan.page.js';
import { ImportFormDto } from './mapping-form.dto.js';

/** The mapping table as a file, out and in. */
@DashboardPage('connections/:code/mappings/table')
@UseInterceptors(MultipartForm)
export class MappingFilesController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly csv: MappingCsvService,
  ) {}

  @Get('export')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="mappings.csv"')
  async export(@Param('code') code: string): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(await this.csv.export(code)));
  }

  /** The dry run; a file with bad lines is answered with them. */
  @Post('import/plan')
  @HttpCode(200)
  async plan(
    @Place() place: PagePlace,
    @Param('code') code: string,
    @Body() { csv, check }: ImportFormDto,
    @UploadedFile('file') file?: FormFile,
  ): Promise<string> {
    const connection = await this.connections.byCode(code);
    const text = file ? new TextDecoder().decode(file.contents) : csv;
    if (text === undefined)
      throw new InvalidRequestError([{ property: 'file', constraints: { file: 'choose a file, or enter its text' } }]);
    try {
      const plan = await this.csv.import(code, text, { dryRun: true, checkProducts: check !== 'no' });
      return ImportPlanPage({ place, connection, csv: text, plan });
    } catch (error) {
      if (!(error instanceof InvalidMappingFileError)) throw error;
      return ImportPlanPage({ place, connection, csv: text, refusal: error });
    }
  }

  /** Its products were checked on the dry run, as far as that was wanted. */
  @Post('import')
  @SeeOther()
  async import(@Place() place: PagePlace, @Param('code') code: string, @Body() { csv = '' }: ImportFormDto) {
    const { continuing } = await this.csv.import(code, csv, { checkProducts: false });
    return place.afterwards(`connections/${code}/mappings/table`, 'imported', continuing);
  }
}
