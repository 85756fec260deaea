import { Transform } from 'class-transformer';

/** A query holds several values as a list, and one of them alone as itself: a list in either case. */
export const ToList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : [value].flat()));
