const WINDOW_MS = 1_000;

/** Lets a seller make so many requests within any second; refused ones don't count. */
export class RateLimiter {
  private readonly admittedAt = new Map<string, number[]>();

  /** @param limit null for none */
  constructor(private readonly limit: number | null) {}

  /** @returns undefined to go ahead, or the whole seconds to wait, at least 1 */
  admit(sellerId: string, now: Date): number | undefined {
    if (this.limit === null) return undefined;
    const time = now.getTime();
    // an injected clock may be set back: what lies in its future counts no more
    const recent = (this.admittedAt.get(sellerId) ?? []).filter((at) => at <= time && time - at < WINDOW_MS);
    const isFull = recent.length >= this.limit;
    this.admittedAt.set(sellerId, isFull ? recent : [...recent, time]);
    return isFull ? Math.max(1, Math.ceil((recent[0]! + WINDOW_MS - time) / 1_000)) : undefined;
  }
}
