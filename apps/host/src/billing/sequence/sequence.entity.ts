import { defineEntity, p } from '@mikro-orm/core';

const SequenceSchema = defineEntity({
  name: 'Sequence',
  tableName: 'billing_sequence',
  properties: {
    name: p.string().length(255).primary(),
    /** The last number that was given out. */
    value: p.integer(),
  },
});

/** Counts something without gaps. Only `nextInSequence` reads and writes it. */
export class Sequence extends SequenceSchema.class {}
SequenceSchema.setClass(Sequence);
