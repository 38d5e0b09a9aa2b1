/** What was asked for last, made once and kept; a failure is forgotten, so that a retry can work. */
export class Recent<Value> {
  readonly #kept = new Map<number, Promise<Value>>();

  /** @param most - how many are kept */
  constructor(
    private readonly most: number,
    private readonly make: (row: number) => Promise<Value>,
  ) {}

  get(row: number): Promise<Value> {
    const value = this.#kept.get(row) ?? this.make(row);
    this.#kept.delete(row);
    this.#kept.set(row, value);
    value.catch(() => this.#kept.delete(row));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.most && oldest !== undefined) this.#kept.delete(oldest);
    return value;
  }
}
