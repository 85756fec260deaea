import type { Outcome, Row, Stage } from './row.ts';
import { median } from './statistics.ts';

/** Measures ours and the peer's in turn, so that whatever else the machine does meets both. */
export async function measureRow(row: Row, conditions: Omit<Stage, 'after'>): Promise<Outcome> {
  const closing: (() => Promise<unknown>)[] = [];
  const stage: Stage = { ...conditions, after: (close) => void closing.unshift(close) };
  const { rounds: wanted = stage.isQuick ? 3 : 5, unit } = row;
  const rounds: Outcome['rounds'][number][] = [];
  try {
    const contest = await row.prepare(stage);
    for (let round = 1; round <= wanted; round++) {
      const ours = await contest.ours();
      const peer = await contest.peer();
      rounds.push({ ours, peer });
      stage.say(`round ${round} of ${wanted}: ours ${ours.value.toFixed(2)} ${unit}, peer ${peer.value.toFixed(2)}`);
    }
  } finally {
    for (const close of closing) await close();
  }
  return {
    ours: median(rounds.map(({ ours }) => ours.value)),
    peer: median(rounds.map(({ peer }) => peer.value)),
    ratio: median(rounds.map(({ ours, peer }) => ours.value / peer.value)),
    rounds,
  };
}
