import { defineEntity, p } from '@mikro-orm/core';

const RatePlaceSchema = defineEntity({
  name: 'AnrokRatePlace',
  tableName: 'anrok_rate_place',
  properties: {
    /** The seller account at Anrok. */
    seller: p.string().length(255).primary(),
    place: p.integer().primary(),
    /** By the database's clock, in milliseconds since 1970. */
    freeAt: p.bigint('number'),
    /** Until when nobody may start. Of place 0 only. */
    pausedUntil: p.bigint('number'),
  },
});

/** One of the places among which the requests of all processes take turns; each is free again a window later. */
export class RatePlace extends RatePlaceSchema.class {}
RatePlaceSchema.setClass(RatePlace);
