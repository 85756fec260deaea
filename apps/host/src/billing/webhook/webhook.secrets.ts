import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';

/**
 * The secrets that endpoints verify signatures with. Each is derived from the host's key and the endpoint's id, so that
 * there is none to store: whoever reads the database can't sign, and an endpoint's secret tells nothing of another's.
 */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions) {}

  /** As receivers enter it: `whsec_` and 32 bytes in base64. */
  of({ id }: { readonly id: string }): string {
    const bytes = hkdfSync('sha256', this.options.signingKey, '', `webhook-endpoint:${id}`, 32);
    return `whsec_${Buffer.from(bytes).toString('base64')}`;
  }
}
