import Sequencer from '@jest/test-sequencer';

/** Rooms of suites that take a minute or more: begun last, one of them would be waited for alone. */
const LONG = /\/test\/(model|processes|browser|cli)\//;

/** The order of suites in a checkout that has never run them: Jest goes by their size, which tells little. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const [long, others] = [true, false].map((isLong) => [...tests].filter(({ path }) => LONG.test(path) === isLong));
    return [...(await super.sort(long)), ...(await super.sort(others))];
  }
}
