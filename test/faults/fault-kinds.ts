import type { SerialisableFault } from '@anrok-nest/simulator';
import { ANROK_FAULTS, POISONS, type SabotageAct } from './fault-plan.js';

const ON_ANROK = 'breakAnrok';

/** An entry for every act that there is, so that none can be left out here. */
const ACTS: Readonly<Record<SabotageAct['act'], readonly string[]>> = {
  kill: ['kill'],
  stop: ['stop'],
  deploy: ['deploy'],
  jumpClock: ['jumpClock'],
  crashPostgres: ['crashPostgres'],
  cutConnections: ['cutConnections'],
  crashSimulator: ['crashSimulator'],
  crashRedis: ['crashRedis'],
  flushRedis: ['flushRedis'],
  freeze: ['freeze'],
  unfreeze: ['unfreeze'],
  resync: ['resync'],
  breakAnrok: ANROK_FAULTS.map((fault) => `${ON_ANROK} ${nameOfFault(fault)}`),
  poison: POISONS.map((poison) => `poison ${poison}`),
};

/** Where documents don't go over it, nothing can happen to Redis. */
const OF_REDIS: ReadonlySet<SabotageAct['act']> = new Set(['crashRedis', 'flushRedis']);

export const isPossible = ({ act }: Pick<SabotageAct, 'act'>, isOverRedis: boolean) =>
  isOverRedis || !OF_REDIS.has(act);

/** Everything that can go wrong, by the names under which it is counted. */
export function everyKind(isOverRedis: boolean): readonly string[] {
  return (Object.keys(ACTS) as SabotageAct['act'][])
    .filter((act) => isPossible({ act }, isOverRedis))
    .flatMap((act) => ACTS[act]);
}

export function nameOfAct(act: SabotageAct): string {
  if (act.act === 'breakAnrok') return `${ON_ANROK} ${nameOfFault(act.fault)}`;
  return act.act === 'poison' ? `poison ${act.poison}` : act.act;
}

/** Of Anrok's faults, as they are counted when a request meets them. */
export function nameOfFault(fault: SerialisableFault): string {
  if (fault.kind === 'status') return `${fault.kind} ${fault.status}`;
  if (fault.kind === 'slow') return `${fault.kind} ${fault.delayMs}`;
  return fault.kind === 'loseAnswer' ? `${fault.kind} by ${fault.by}` : fault.kind;
}
