import { isEmail, ValidateBy } from 'class-validator';

/** An e-mail address; half a surrogate pair is in none, and breaks class-validator's own check. */
export const IsEmailAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmail',
    validator: { validate: (value) => typeof value === 'string' && value.isWellFormed() && isEmail(value) },
  });
