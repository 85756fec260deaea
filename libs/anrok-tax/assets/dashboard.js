// Everything works without this file; with it pages stay up to date and are handier.
(() => {
  const SOON = 2_000;
  const CALM = 5_000;
  const LATEST = 60_000;
  const waits = new Map();

  /** Looks again after a while: soon where something is under way, ever later where nothing changes. */
  function plan(id, wait) {
    clearTimeout(waits.get(id)?.timer);
    const timer = setTimeout(() => look(id), wait);
    waits.set(id, { wait, timer });
  }

  function look(id) {
    const region = document.getElementById(id);
    if (!region) return;
    // somebody is at it: what is open, ticked or has the focus would be lost
    const isUsed = region.querySelector('details[open], input:checked') || region.contains(document.activeElement);
    if (document.hidden || isUsed) plan(id, CALM);
    else window.htmx?.trigger(region, 'refresh');
  }

  const later = (id) => plan(id, Math.min(LATEST, (waits.get(id)?.wait ?? CALM) * 1.5));
  const paceOf = (region) => (region.dataset.live === 'busy' ? SOON : CALM);

  document.addEventListener('htmx:beforeSwap', (event) => {
    const { target, serverResponse, xhr } = event.detail;
    const fresh = new DOMParser().parseFromString(serverResponse, 'text/html').getElementById(target.id);
    if (xhr.status !== 200) return later(target.id);
    // not the page that was asked for: signed out meanwhile
    if (!fresh) return window.location.reload();
    if (fresh.innerHTML === target.innerHTML) {
      event.detail.shouldSwap = false;
      if (fresh.dataset.live === 'busy') plan(target.id, SOON);
      else later(target.id);
      return undefined;
    }
    return plan(target.id, paceOf(fresh));
  });
  for (const failure of ['htmx:sendError', 'htmx:timeout', 'htmx:swapError'])
    document.addEventListener(failure, (event) => later(event.detail.target.id));

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) for (const id of waits.keys()) plan(id, 0);
  });

  document.addEventListener('DOMContentLoaded', () => {
    for (const region of document.querySelectorAll('[data-live]')) plan(region.id, paceOf(region));
    // what was just done is told once
    const url = new URL(window.location.href);
    if (!url.searchParams.has('notice')) return;
    url.searchParams.delete('notice');
    url.searchParams.delete('count');
    window.history.replaceState(null, '', url);
  });

  document.addEventListener('change', (event) => {
    const { checked, dataset, form } = event.target;
    if (!dataset.checks) return;
    for (const box of form.querySelectorAll(`input[name="${dataset.checks}"]`)) box.checked = checked;
  });

  // "/" leads to the filter, Escape closes a confirmation
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape')
      for (const open of document.querySelectorAll('details.confirm[open]')) open.open = false;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.matches('input, select, textarea')) return;
    const search = document.querySelector('[data-search]');
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
})();
