/** Injects what the host said of the dashboard. */
export const DASHBOARD_OPTIONS = Symbol('ANROK_DASHBOARD_OPTIONS');

export interface DashboardOptions {
  /** Where people are sent that the host's guard does not know; null where there is no such page. */
  readonly signIn: string | null;
}
