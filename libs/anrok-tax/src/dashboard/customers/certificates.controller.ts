import { Body, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { InvalidRequestError } from '../../admin/invalid-request.error.js';
import type { Certificate } from '../../exemptions/certificate.js';
import { CustomerCertificateService } from '../../exemptions/customer-certificate.service.js';
import { CustomerOverviewReadModel } from '../../settings/customer-overview.read-model.js';
import { answerOf } from '../parts/answer.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import { FormFile, MultipartForm, UploadedFile } from '../shell/multipart-form.interceptor.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { CertificatePage } from './certificate.page.js';
import { CertificateRequestPage } from './certificate-request.page.js';
import { CertificatesPage } from './certificates.page.js';
import { AddCertificateDto, RequestCertificateFormDto, toNewCertificate } from './customer-form.dto.js';

/** A customer's exemption certificates, kept at Anrok and nowhere else. */
@DashboardPage('customers/:id/certificates')
@UseInterceptors(MultipartForm)
export class CertificatesController {
  constructor(
    private readonly customers: CustomerOverviewReadModel,
    private readonly certificates: CustomerCertificateService,
  ) {}

  @Get()
  async list(@Place() place: PagePlace, @Param('id') id: string): Promise<string> {
    const [customer, certificates] = await Promise.all([this.customers.of(id), answerOf(this.all(id))]);
    return CertificatesPage({ place, customer, certificates });
  }

  @Post()
  @SeeOther()
  async add(
    @Place() place: PagePlace,
    @Param('id') id: string,
    @Body() form: AddCertificateDto,
    @UploadedFile('file') file?: FormFile,
  ) {
    if (!file || !/^[^\p{Cc}/\\]{1,255}$/u.test(file.name))
      throw new InvalidRequestError([{ property: 'file', constraints: { file: 'choose an image or a PDF' } }]);
    const { isNew } = await this.certificates.create(toNewCertificate(await this.customers.of(id), form, file));
    return place.afterwards(pathOf(id), isNew ? 'certificate_kept' : 'certificate_there');
  }

  /** Anrok writes to the customer. */
  @Post('request')
  @SeeOther()
  async request(@Place() place: PagePlace, @Param('id') id: string, @Body() form: RequestCertificateFormDto) {
    await this.ask(id, form, true);
    return place.afterwards(pathOf(id), 'certificate_requested');
  }

  /** Whoever asks hands over the link: it is shown once, as nobody keeps it. */
  @Post('request-link')
  @HttpCode(200)
  async requestLink(@Place() place: PagePlace, @Param('id') id: string, @Body() form: RequestCertificateFormDto) {
    const { link } = await this.ask(id, form, false);
    return CertificateRequestPage({ place, customer: await this.customers.of(id), link });
  }

  @Get(':certificateId')
  async show(@Place() place: PagePlace, @Param('id') id: string, @Param('certificateId') certificateId: string) {
    const [customer, certificate] = await Promise.all([
      this.customers.of(id),
      answerOf(this.certificates.get(id, certificateId)),
    ]);
    return CertificatePage({ place, customer, certificate });
  }

  @Post(':certificateId/archive')
  @SeeOther()
  async archive(@Place() place: PagePlace, @Param('id') id: string, @Param('certificateId') certificateId: string) {
    await this.certificates.archive(id, certificateId);
    return place.afterwards(pathOf(id), 'certificate_archived');
  }

  private async all(id: string): Promise<Certificate[]> {
    const certificates: Certificate[] = [];
    for await (const one of this.certificates.list(id)) certificates.push(one);
    return certificates;
  }

  private async ask(id: string, { emailAddress }: RequestCertificateFormDto, sendEmail: boolean) {
    const { name } = await this.customers.of(id);
    return this.certificates.request({
      customerId: id,
      emailAddress,
      sendEmail,
      ...(name !== undefined && { customerName: name }),
    });
  }
}

function pathOf(id: string): string {
  return `customers/${encodeURIComponent(id)}/certificates`;
}
