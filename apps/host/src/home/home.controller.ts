import { Controller, Get, Header, Headers } from '@nestjs/common';
import { InvoiceOverview } from '../tax/invoice-overview.js';
import { HomePage } from './home.page.js';

/** The page at the host's address: what came of the latest invoices, and how to go on from there. */
@Controller()
export class HomeController {
  constructor(private readonly overview: InvoiceOverview) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  async show(@Headers('host') host: string): Promise<string> {
    return HomePage({ rows: await this.overview.latest(), host });
  }
}
