import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsOptional, MaxLength, ValidateBy } from 'class-validator';

/** Whether every database can hold it: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Text that has to be there. */
export function Text(maxLength = 255): PropertyDecorator {
  return applyDecorators(blankToNull, IsNotEmpty(), isText, MaxLength(maxLength));
}

/** Text that may be missing. Null, and a blank text alike, takes away what was there. */
export function OptionalText(maxLength = 255): PropertyDecorator {
  return applyDecorators(blankToNull, IsOptional(), isText, MaxLength(maxLength));
}

const blankToNull = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value.trim() === '' ? null : value,
);

const isText = ValidateBy({
  name: 'isText',
  validator: { validate: (value) => typeof value === 'string' && isStorable(value) },
});
