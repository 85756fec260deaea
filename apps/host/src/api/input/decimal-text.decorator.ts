import { ValidateBy } from 'class-validator';
import { toDecimalText } from '../../billing/index.js';

/** A quantity as text or number; see `toDecimalText`. */
export const IsDecimalText = (): PropertyDecorator =>
  ValidateBy({ name: 'isDecimalText', validator: { validate: (value) => toDecimalText(value) !== undefined } });
