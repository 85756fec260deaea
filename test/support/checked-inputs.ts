import type { PipeTransform, Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** A class of input that a controller takes, and what checks it on its way. */
export interface CheckedInput {
  readonly name: string;
  /** Of it and of what is inside of it. */
  readonly fields: readonly string[];
  /** What the route's handler gets. @throws what the pipes refuse it by */
  readonly read: (value: unknown) => Promise<unknown>;
}

/** Every class of input that these controllers' routes take, behind the pipes that stand before them. */
export function checkedInputsOf(controllers: readonly Type[]): CheckedInput[] {
  const inputs = new Map<Type, CheckedInput>();
  for (const controller of controllers) {
    const pipes = (Reflect.getMetadata('__pipes__', controller) ?? []) as readonly PipeTransform[];
    for (const method of Object.getOwnPropertyNames(controller.prototype)) {
      const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) ?? []) as Type[];
      for (const type of types)
        if (fieldsOf(type).length > 0)
          inputs.set(type, {
            name: type.name,
            fields: [...fieldsOf(type), ...NESTED],
            read: async (value) => {
              let read = value;
              for (const pipe of pipes) read = await pipe.transform(read, { type: 'body', metatype: type });
              return read;
            },
          });
    }
  }
  return [...inputs.values()];
}

/** Of the classes within others: documents, lines, addresses, fees, charges. */
const NESTED = ['id', 'type', 'code', 'amount', 'quantity', 'item', 'country', 'properties', 'units', 'amount_cents'];

function fieldsOf(type: Type): string[] {
  if (typeof type !== 'function') return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}
