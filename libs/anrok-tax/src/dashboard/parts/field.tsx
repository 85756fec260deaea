export interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'date' | 'password';
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** Whether the key `/` leads here; one on a page. */
  readonly isSearch?: boolean;
}

/** A field of a form, with its label. */
export function TextField({ name, label, value, type = 'text', hint, isRequired, isSearch }: TextFieldProps) {
  return (
    <div class="field">
      <label for={`field-${name}`} safe>
        {label}
      </label>
      <input
        id={`field-${name}`}
        name={name}
        type={type}
        value={value}
        required={isRequired}
        autocomplete="off"
        spellcheck="false"
        data-search={isSearch ? '' : undefined}
        aria-describedby={hint === undefined ? undefined : `hint-${name}`}
      />
      {hint === undefined ? (
        ''
      ) : (
        <span class="hint" id={`hint-${name}`} safe>
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
