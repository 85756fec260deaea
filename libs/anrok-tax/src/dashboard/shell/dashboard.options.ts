/** Injects what the host said of the dashboard. */
export const DASHBOARD_OPTIONS = Symbol('ANROK_DASHBOARD_OPTIONS');

/** A page of the host's that people of the dashboard need too. */
export interface HostLink {
  readonly label: string;
  /** Such as `/webhooks`. */
  readonly href: string;
}

export interface DashboardOptions {
  /** Where people are sent that the host's guard does not know; null where there is no such page. */
  readonly signIn: string | null;
  /** To the host's own pages. */
  readonly links: readonly HostLink[];
}
