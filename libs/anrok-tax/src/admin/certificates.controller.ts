import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
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
  @ApiOperation({ summary: "A customer's exemption certificates, archived ones included." })
  async list(@Param('customerId') customerId: string, @Query() filter: ListCertificatesDto) {
    const certificates: Certificate[] = [];
    for await (const one of this.certificates.list(customerId, filter)) certificates.push(one);
    return { certificates };
  }

  /** The same once more answers the one that is there: `isNew: false`. */
  @Post()
  @ApiOperation({ summary: 'Keeps a certificate at Anrok; the same once more answers the one that is there.' })
  create(@Param('customerId') customerId: string, @Body() body: CreateCertificateDto) {
    return this.certificates.create(toNewCertificate(customerId, body));
  }

  /** Asks the customer for a certificate, by e-mail unless told otherwise. */
  @Post('requests')
  @ApiOperation({ summary: 'Asks the customer for a certificate, by e-mail unless told otherwise.' })
  request(@Param('customerId') customerId: string, @Body() body: RequestCertificateDto): Promise<CertificateRequest> {
    const { customerName, emailAddress, sendEmail } = body;
    return this.certificates.request({
      customerId,
      emailAddress,
      sendEmail,
      ...(customerName !== undefined && { customerName }),
    });
  }

  @Get(':certificateId')
  @ApiOperation({ summary: 'One certificate.' })
  show(@Param('customerId') customerId: string, @Param('certificateId') certificateId: string): Promise<Certificate> {
    return this.certificates.get(customerId, certificateId);
  }

  /** Repeating it is harmless. */
  @Post(':certificateId/archive')
  @ApiOperation({ summary: 'From now on it exempts nobody.' })
  @HttpCode(204)
  archive(@Param('customerId') customerId: string, @Param('certificateId') certificateId: string): Promise<void> {
    return this.certificates.archive(customerId, certificateId);
  }
}
