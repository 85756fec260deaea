export interface TextFieldProps {
  readonly name: string;
  /** Unique on the page; given where several forms have a field of the name. Default: the name. */
  readonly id?: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'date' | 'password' | 'email' | 'file';
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** The id of a `<datalist>` of what could be entered. */
  readonly list?: string;
  /** Of a file: `.csv,text/csv`. */
  readonly accept?: string;
  /** Whether the key `/` leads here; one on a page. */
  readonly isSearch?: boolean;
}

/** A field of a form, with its label. */
export function TextField({ name, id = name, label, value, type = 'text', hint, ...rest }: TextFieldProps) {
  const { isRequired, isSearch, list, accept } = rest;
  return (
    <div class="field">
      <label for={`field-${id}`} safe>
        {label}
      </label>
      <input
        id={`field-${id}`}
        name={name}
        type={type}
        value={value}
        required={isRequired}
        list={list}
        accept={accept}
        autocomplete={type === 'password' ? 'new-password' : 'off'}
        spellcheck="false"
        data-search={isSearch ? '' : undefined}
        aria-describedby={hint === undefined ? undefined : `hint-${id}`}
      />
      {hint === undefined ? (
        ''
      ) : (
        <span class="hint" id={`hint-${id}`} safe>
          {hint}
        </span>
      )}
    </div>
  );
}

export interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  /** Value and what people read. */
  readonly options: readonly (readonly [string, string])[];
  /** What it says where nothing is chosen; null where something has to be. Default `All`. */
  readonly none?: string | null;
}

/** A choice of one. */
export function SelectField({ name, label, value, options, none = 'All' }: SelectFieldProps) {
  return (
    <div class="field">
      <label for={`field-${name}`} safe>
        {label}
      </label>
      <select id={`field-${name}`} name={name}>
        {none === null ? (
          ''
        ) : (
          <option value="" safe>
            {none}
          </option>
        )}
        {options.map(([one, text]) => (
          <option value={one} selected={one === value} safe>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
