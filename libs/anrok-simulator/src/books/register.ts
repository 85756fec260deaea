/** Records of one kind by their key, in the order they were first entered; counts its changes. */
export class Register<T extends object> {
  private readonly records: Map<string, T>;
  private changes = 0;

  constructor(
    private readonly keyOf: (record: T) => string,
    records: readonly T[] = [],
  ) {
    this.records = new Map(records.map((record) => [keyOf(record), record]));
  }

  get revision(): number {
    return this.changes;
  }

  get size(): number {
    return this.records.size;
  }

  find(key: string): T | undefined {
    return this.records.get(key);
  }

  has(key: string): boolean {
    return this.records.has(key);
  }

  all(): T[] {
    return [...this.records.values()];
  }

  enter(record: T): void {
    this.records.set(this.keyOf(record), record);
    this.changes += 1;
  }
}
