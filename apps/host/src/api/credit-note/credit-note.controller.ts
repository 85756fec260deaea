import { Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CreditNoteService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { CreditNoteBody, CreditNoteEstimateBody, toCreditNoteInput, toEstimateInput } from './credit-note.input.js';
import { CreditNoteListInput, toCreditNoteFilter } from './credit-note-list.input.js';
import { toCreditNoteObject, toEstimateObject } from './credit-note.serializer.js';

@LagoController('credit_notes')
export class CreditNoteController {
  constructor(private readonly creditNotes: CreditNoteService) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('credit_note') body: CreditNoteBody) {
    return { credit_note: toCreditNoteObject(await this.creditNotes.create(toCreditNoteInput(body))) };
  }

  @Post('estimate')
  @HttpCode(200)
  async estimate(@BodyOf('credit_note') body: CreditNoteEstimateBody) {
    return { estimated_credit_note: toEstimateObject(await this.creditNotes.estimate(toEstimateInput(body))) };
  }

  @Put(':lago_id/void')
  async void(@Param('lago_id') id: string) {
    return { credit_note: toCreditNoteObject(await this.creditNotes.void(id)) };
  }

  @Get()
  async list(@QueryOf() query: CreditNoteListInput) {
    const page = await this.creditNotes.list(toCreditNoteFilter(query), toPageRequest(query));
    return { credit_notes: page.items.map(toCreditNoteObject), meta: toPageMeta(page) };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return { credit_note: toCreditNoteObject(await this.creditNotes.find(id)) };
  }
}
