import type { AnrokProduct, AnrokProductTaxCategory } from '@anrok-nest/client';
import type { Connection } from '../../connection/connection.entity.js';
import type { ItemMapping } from '../../mapping/item-mapping.js';
import { ConnectionTabs } from '../connections/connection-tabs.js';
import { ActionForm } from '../parts/action-form.js';
import type { Answer } from '../parts/answer.js';
import { SelectField, TextField } from '../parts/field.js';
import { ProblemBox } from '../parts/problem-box.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ProductList } from './map-form.js';
import type { LookUpProductDto } from './mapping-form.dto.js';

export interface ProductsPageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  readonly form: LookUpProductDto;
  readonly mappings: readonly ItemMapping[];
  readonly taxCategories: Answer<readonly AnrokProductTaxCategory[]>;
  /** What Anrok says to the one that was asked for. */
  readonly product?: Answer<AnrokProduct>;
}

export function ProductsPage(props: ProductsPageProps): string {
  const { place, connection, form, mappings, product, taxCategories } = props;
  const { code, name } = connection;
  return (
    <Layout place={place} title={name}>
      <ConnectionTabs place={place} code={code} />
      <ProductList mappings={mappings} />
      <section aria-labelledby="look-up">
        <h2 id="look-up">Look up a product at Anrok</h2>
        <form class="fields" method="get" action={place.to(`connections/${code}/products`)} role="search">
          <ItemFields form={form} />
          <TextField
            name="externalId"
            id="look-up-id"
            label="Product id"
            value={form.externalId}
            list="known-products"
            hint="Anrok lists none: proposed is what something is mapped to"
            isRequired
            isSearch
          />
          <button type="submit" class="primary">
            Look up
          </button>
        </form>
        {product ? <Found place={place} code={code} form={form} product={product} /> : ''}
      </section>
      <section aria-labelledby="create">
        <h2 id="create">Create a product at Anrok</h2>
        {'problem' in taxCategories ? (
          <ProblemBox problem={taxCategories.problem}>
            <a class="button" href={place.to(`connections/${code}`)}>
              Look at the connection
            </a>
          </ProblemBox>
        ) : (
          <CreateForm place={place} code={code} form={form} taxCategories={taxCategories.value} />
        )}
      </section>
    </Layout>
  ) as string;
}

type Part = Pick<ProductsPageProps, 'place' | 'form'> & { readonly code: string };

function Found({ place, code, form, product }: Part & { readonly product: Answer<AnrokProduct> }) {
  const { externalId = '', itemType, itemId } = form;
  const what = itemType === undefined ? undefined : [itemType, itemId].filter(Boolean).join(' ');
  const map = (label: string, check?: 'no') => (
    <ActionForm
      action={place.to(`connections/${code}/mappings`)}
      label={label}
      fields={{ itemType, itemId, productExternalId: externalId, check }}
    />
  );
  if ('problem' in product)
    return (
      <ProblemBox problem={product.problem}>
        {what === undefined ? '' : map(`Map ${what} to it all the same`, 'no')}
      </ProblemBox>
    );
  const { name, description, taxCategoryId } = product.value;
  return (
    <div class="card">
      <dl>
        <dt>Product id</dt>
        <dd>
          <code safe>{product.value.externalId}</code>
        </dd>
        <dt>Name</dt>
        <dd safe>{name}</dd>
        <dt>Description</dt>
        <dd safe>{description || '–'}</dd>
        <dt>Tax category</dt>
        <dd safe>{`${taxCategoryId.id} (${taxCategoryId.type})`}</dd>
      </dl>
      {what === undefined ? '' : <div class="below">{map(`Map ${what} to it`)}</div>}
    </div>
  );
}

function CreateForm({
  place,
  code,
  form,
  taxCategories,
}: Part & { readonly taxCategories: readonly AnrokProductTaxCategory[] }) {
  return (
    <form class="fields" method="post" action={place.to(`connections/${code}/products`)} aria-labelledby="create">
      <ItemFields form={form} />
      <TextField
        name="externalId"
        label="Product id"
        value={form.externalId}
        hint="Letters, digits, spaces and . - _ :"
        isRequired
      />
      <TextField name="name" label="Name" isRequired />
      <TextField name="description" label="Description" />
      <SelectField
        name="taxCategory"
        label="Tax category"
        options={taxCategories.map(({ id, name }) => [`${id.type}:${id.id}`, name] as const)}
        none="Choose"
      />
      <button type="submit" class="primary" safe>
        {form.itemType === undefined
          ? 'Create'
          : `Create, and map ${[form.itemType, form.itemId].filter(Boolean).join(' ')} to it`}
      </button>
    </form>
  );
}

/** What is to be mapped goes along, so that it is not asked for twice. */
function ItemFields({ form: { itemType, itemId } }: { form: LookUpProductDto }) {
  return (
    <>
      {itemType === undefined ? '' : <input type="hidden" name="itemType" value={itemType} />}
      {itemId === undefined ? '' : <input type="hidden" name="itemId" value={itemId} />}
    </>
  );
}
