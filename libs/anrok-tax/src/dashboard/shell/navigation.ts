/** The dashboard's pages, in the order in which they are shown: path below the dashboard → name. */
export const NAVIGATION: Readonly<Record<string, string>> = {
  overview: 'Overview',
  documents: 'Documents',
  resyncs: 'Resync',
  connections: 'Connections',
  customers: 'Customers',
  settings: 'Settings',
};
