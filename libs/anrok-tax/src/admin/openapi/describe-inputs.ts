import { createRequire } from 'node:module';
import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';

type Schemas = ReturnType<typeof targetConstructorToSchema>;
type Options = NonNullable<Parameters<typeof targetConstructorToSchema>[1]>;
type Nesting = NonNullable<Options['classTransformerMetadataStorage']>;

/** class-transformer keeps what `@Type` says here, and has no other door to it. */
const { defaultMetadataStorage: nesting } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  readonly defaultMetadataStorage: Nesting;
};

const described = new Set<Type>();

/**
 * Tells OpenAPI of these classes what class-validator checks, and what the classes inside them are: said once, it can't
 * drift. The sentences that a request is refused with describe its fields.
 */
export function describeInputs(inputs: readonly Type[]): void {
  for (const input of inputs) {
    if (described.has(input)) continue;
    described.add(input);
    const schema = targetConstructorToSchema(input, { classTransformerMetadataStorage: nesting });
    for (const [field, own] of Object.entries(schema.properties ?? {})) {
      const nested = nesting.findTypeMetadata(input, field)?.typeFunction() as Type | undefined;
      if (nested && isInput(nested)) describeInputs([nested]);
      ApiProperty(toProperty(input, field, own as Schemas, nested, schema.required))(input.prototype as object, field);
    }
  }
}

/** Whether there is anything that class-validator checks of it. */
export function isInput(type: unknown): type is Type {
  return typeof type === 'function' && rulesOf(type as Type).length > 0;
}

function toProperty(input: Type, field: string, own: Schemas, nested: Type | undefined, required: string[] = []) {
  const value = (new input() as Readonly<Record<string, unknown>>)[field];
  const sentences = rulesOf(input)
    .filter(({ propertyName, message }) => propertyName === field && typeof message === 'string')
    .map(({ message }) => message as string);
  return {
    ...(nested && isInput(nested) ? { type: own.type === 'array' ? [nested] : nested } : own),
    required: required.includes(field) && value === undefined,
    ...(value !== undefined && { default: value }),
    ...(sentences.length > 0 && { description: `${[...new Set(sentences)].join('; ')}.` }),
  } as ApiPropertyOptions;
}

function rulesOf(type: Type) {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
}
