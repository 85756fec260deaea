import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';

/** What time it is at Anrok: from the header that every answer has, so that no key is needed. */
@Injectable()
export class AnrokTime {
  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    private readonly http: HttpService,
  ) {}

  /**
   * Milliseconds by which this process's clock is ahead of Anrok's, to about a second; undefined where Anrok does not
   * say.
   *
   * @throws what the exchange failed of
   */
  async ahead(): Promise<number | undefined> {
    const asked = this.clock.now().getTime();
    const { headers } = await this.http.axiosRef.head(this.options.baseUrl, {
      timeout: this.options.requestTimeoutMs,
      maxRedirects: 0,
      validateStatus: () => true,
    });
    const answered = this.clock.now().getTime();
    // the header counts whole seconds: on average it is half a second late
    const theirs = Date.parse(String(headers['date'])) + 500;
    return Number.isNaN(theirs) ? undefined : Math.round((asked + answered) / 2 - theirs);
  }
}
