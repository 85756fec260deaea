import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { AnrokTaxBullOptions } from './anrok-tax-bull.options.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: BULL_OPTIONS } =
  new ConfigurableModuleBuilder<AnrokTaxBullOptions>({ moduleName: 'AnrokTaxBull' })
    .setClassMethodName('forRoot')
    .setExtras({}, (definition) => ({ ...definition, global: true }))
    .build();
