/**
 * Tells a listener. By now Anrok may have stored a transaction: its answer matters more than a listener that fails,
 * which becomes a process warning.
 */
export function tell(name: string, listener: () => void): void {
  try {
    listener();
  } catch (thrown) {
    process.emitWarning(`${name} threw: ${String(thrown)}`, 'AnrokClientWarning');
  }
}
