import { IsInt, Max, Min } from 'class-validator';

/** From one whole number to another, both allowed. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  const message = `$property must be a whole number from ${least} to ${most}, not $value.`;
  return (target, property) => {
    IsInt({ message })(target, property);
    Min(least, { message })(target, property);
    Max(most, { message })(target, property);
  };
}
