import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

/** Browsers send the fields of a form that nobody filled in too: as empty text. Here they are absent. */
export class BlankFieldsPipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if ((type !== 'query' && type !== 'body') || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== ''));
  }
}
