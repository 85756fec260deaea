/** Pages at Anrok, for people. Undefined where the key doesn't tell the seller account. */
export function customerPage(sellerId: string | null | undefined, customerId: string): string | undefined {
  return sellerId ? `https://app.anrok.com/${sellerId}/customers/${encodeURIComponent(customerId)}` : undefined;
}

export function transactionPage(sellerId: string | null | undefined, transactionId: string): string | undefined {
  return sellerId ? `https://app.anrok.com/${sellerId}/transactions/${encodeURIComponent(transactionId)}` : undefined;
}
