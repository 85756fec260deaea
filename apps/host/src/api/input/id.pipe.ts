import type { PipeTransform } from '@nestjs/common';
import { NotFoundError } from '../../billing/index.js';
import { isStorable } from './text.decorator.js';

/** What no database can hold is the id of nothing: not found, rather than an error of the database. */
export class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly resource: string) {}

  transform(id: string): string {
    if (!isStorable(id)) throw new NotFoundError(this.resource);
    return id;
  }
}
