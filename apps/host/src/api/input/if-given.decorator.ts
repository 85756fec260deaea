import { ValidateIf } from 'class-validator';

/** Not the same as optional: null is given, and wrong where something has to stand. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
