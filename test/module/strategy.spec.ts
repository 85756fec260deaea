import { describeTaxStrategy } from '@anrok-nest/tax/testing';
import { startModule } from '../support/module-under-test.js';

describeTaxStrategy(
  'AnrokTaxStrategy',
  async () => {
    const tested = await startModule();
    const { strategy, orm } = tested;
    return { strategy, close: () => tested.close(), settling: (work) => orm.em.fork().transactional(work) };
  },
  40,
);
