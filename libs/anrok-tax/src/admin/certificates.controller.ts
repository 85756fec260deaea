import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Certificate, CertificateRequest } from '../exemptions/certificate.js';
import { CustomerCertificateService } from '../exemptions/customer-certificate.service.js';
import { AdminApi } from './admin-api.decorator.js';
import {
  CreateCertificateDto,
  ListCertificatesDto,
  RequestCertificateDto,
  toNewCertificate,
} from './certificate.dto.js';

/** A customer's exemption certificates, kept at Anrok and nowhere else. */
@AdminApi('customers/:customerId/certificates')
export class CertificatesController {
  constructor(private readonly certificates: CustomerCertificateService) {}

  @Get()
  async list(@Param('customerId') customerId: string, @Query() filter: ListCertificatesDto) {
    const certificates: Certificate[] = [];
    for await (const one of this.certificates.list(customerId, filter)) certificates.push(one);
    return { certificates };
  }

  /** The same once more answers the one that is there: `isNew: false`. */
  @Post()
  create(@Param('customerId') customerId: string, @Body() body: CreateCertificateDto) {
    return this.certificates.create(toNewCertificate(customerId, body));
  }

  /** Asks the customer for a certificate, by e-mail unless told otherwise. */
  @Post('requests')
  request(@Param('customerId') customerId: string, @Body() body: RequestCertificateDto): Promise<CertificateRequest> {
    return this.certificates.request({ customerId, ...body });
  }

  @Get(':certificateId')
  show(@Param('customerId') customerId: string, @Param('certificateId') certificateId: string): Promise<Certificate> {
    return this.certificates.get(customerId, certificateId);
  }

  /** Repeating it is harmless. */
  @Post(':certificateId/archive')
  @HttpCode(204)
  archive(@Param('customerId') customerId: string, @Param('certificateId') certificateId: string): Promise<void> {
    return this.certificates.archive(customerId, certificateId);
  }
}
