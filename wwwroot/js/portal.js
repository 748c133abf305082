// What only a browser can do: copying, keys, menus, dialogs and the look. All by delegation, so that pages
// drawn later need nothing more than their attributes.
(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- Cookies, spoken words ----
  function keep(name, value) {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    const age = value === '' ? 0 : 31536000;
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax${secure}`;
  }

  function kept(name) {
    const pair = document.cookie.split('; ').find(c => c.startsWith(`${name}=`));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : '';
  }

  function say(text) {
    const live = $('#live');
    if (!live) return;
    // Emptied first, or the same words twice would be spoken once.
    live.textContent = '';
    requestAnimationFrame(() => { live.textContent = text; });
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // No clipboard over plain http: the old way, with a field that is gone at once.
      const field = document.createElement('textarea');
      field.value = button.dataset.copy;
      button.after(field);
      field.select();
      document.execCommand('copy');
      field.remove();
      button.focus();
    }
    button.dataset.copied = '';
    setTimeout(() => delete button.dataset.copied, 1200);
    say(button.dataset.said);
  }

  // ---- The look ----
  const setters = {
    setTheme(value) {
      keep('portal-theme', value);
      if (value) { delete root.dataset.followsSystem; root.dataset.theme = value; } else {
        root.dataset.followsSystem = '';
        globalThis.portal.followSystem();
      }
    },
    setDensity(value) {
      const chosen = value === 'comfortable' ? '' : value;
      keep('portal-density', chosen);
      if (chosen) root.dataset.density = chosen; else delete root.dataset.density;
    },
    setAmounts(value) { keep('portal-amounts', value === 'hidden' ? value : ''); },
    setKeys() { keep('portal-keys', kept('portal-keys') ? '' : 'off'); },
  };

  // ---- Menus, dialogs, drawer ----
  function closeMenus(except) {
    let closed = false;
    for (const menu of all('details.pop[open]')) {
      if (menu === except) continue;
      menu.open = false;
      closed = true;
    }
    return closed;
  }

  let palette = null;

  async function clipboardText() {
    try {
      const state = await navigator.permissions.query({ name: 'clipboard-read' });
      return state.state === 'granted' ? await navigator.clipboard.readText() : null;
    } catch { return null; }
  }

  async function openDialog(id) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    closeMenus();
    dialog.showModal();
    for (const box of all('[data-set-keys]', dialog)) box.checked = kept('portal-keys') === 'off';
    if (id !== 'palette') return;
    const field = $('input', dialog);
    field.value = '';
    field.focus();
    if (palette) await palette.invokeMethodAsync('OpenedAsync', await clipboardText());
  }

  globalThis.portal.connectPalette = (dialog, ref) => { palette = ref; };

  function drawer(open) {
    const app = $('.app');
    if (!app) return;
    app.toggleAttribute('data-drawer-open', open ?? !app.hasAttribute('data-drawer-open'));
    if (app.hasAttribute('data-drawer-open')) $('.side a')?.focus();
  }

  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const menu = target.closest('details.pop');
    closeMenus(menu);
    if (menu && target.closest('.pop-in a, .pop-in button')) menu.open = false;

    const on = target.closest('[data-copy], [data-open-dialog], [data-close-dialog], [data-drawer], ' +
      '[data-reconnect], [data-reload], [data-set-theme], [data-set-density], [data-set-amounts], ' +
      '[data-set-keys]');
    if (on) act(on, event);
    else if (target.closest('.side a')) drawer(false);
    const isBackdrop = target.matches('dialog.palette, dialog.dialog');
    if (isBackdrop || target.closest('.jump-item')) target.closest('dialog').close();

    // Anywhere on a row opens it, but not while its text is being marked.
    const row = target.closest('[data-row]');
    const other = target.closest('a, button, input, label, select, summary');
    if (row && !other && $('a[data-open]', row) && getSelection().isCollapsed) openRow(row);
  });

  function act(on, event) {
    const data = on.dataset;
    if (data.copy !== undefined) { event.preventDefault(); copy(on); }
    if (data.openDialog) openDialog(data.openDialog);
    if (data.closeDialog !== undefined) on.closest('dialog').close();
    if (data.drawer !== undefined) drawer();
    if (data.reload !== undefined) location.reload();
    if (data.reconnect !== undefined) globalThis.Blazor?.reconnect().then(ok => { if (!ok) location.reload(); });
    for (const name of Object.keys(setters)) {
      if (data[name] === undefined) continue;
      if (on.tagName === 'A') event.preventDefault();
      setters[name](data[name]);
    }
  }

  // ---- Keys ----
  const typing = element => element.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, ' +
    '[contenteditable=true]') !== null;
  const rows = () => all('[data-row]').filter(row => row.offsetParent !== null);
  const current = () => document.activeElement?.closest('[data-row]') ?? null;
  let goes = 0;
  let lastPicked = null;

  function move(step) {
    const list = rows();
    if (list.length === 0) return;
    const at = list.indexOf(current());
    const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  function openRow(row) {
    const link = row.matches('a') ? row : $('a[data-open]', row) ?? $('a', row);
    if (!link) return false;
    sessionStorage.setItem('portal-row', JSON.stringify([location.pathname + location.search, row.dataset.row]));
    link.click();
    return true;
  }

  // Back on the list, the focus returns to the row it left from, as soon as that row is drawn.
  function refocusRow() {
    const [page, key] = JSON.parse(sessionStorage.getItem('portal-row') ?? '["",""]');
    const find = () => location.pathname + location.search === page
      && $(`[data-row="${CSS.escape(key)}"]`);
    const watch = new MutationObserver(() => {
      const row = find();
      if (row) { watch.disconnect(); row.focus(); }
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  }

  function pick(range) {
    const row = current();
    const box = row && $('[data-select-row]', row);
    if (!box) return;
    if (range && lastPicked) {
      const list = rows();
      const [from, to] = [list.findIndex(r => r.dataset.row === lastPicked), list.indexOf(row)].sort((a, b) => a - b);
      for (const between of list.slice(Math.max(0, from), to + 1)) {
        const other = $('[data-select-row]', between);
        if (other && !other.checked) other.click();
      }
    } else box.click();
    lastPicked = row.dataset.row;
  }

  function copyId(last) {
    const buttons = all('[data-copy]', current() ?? $('main') ?? document);
    const ids = buttons.filter(button => button.closest('.ids, .one-id'));
    const button = last ? ids.at(-1) : ids[0];
    if (button) copy(button);
  }

  function press(letter) {
    const button = all(`[data-key="${CSS.escape(letter)}"]`).find(b => b.offsetParent !== null && !b.disabled);
    if (!button) return false;
    button.click();
    if (button.tagName === 'SUMMARY') $('a, button, input', button.parentElement.lastElementChild)?.focus();
    return true;
  }

  function escape(event) {
    if (document.querySelector('dialog[open], .rz-dialog')) return;
    const menu = event.target.closest?.('details.pop[open]');
    if (closeMenus()) { menu?.firstElementChild.focus(); return; }
    if ($('.app[data-drawer-open]')) { drawer(false); return; }
    if (typing(event.target)) { event.target.blur(); return; }
    const back = all('[data-back]').at(-1);
    if (!back) return;
    const [page] = JSON.parse(sessionStorage.getItem('portal-row') ?? '["",""]');
    refocusRow();
    if (page && new URL(page, location.href).pathname === new URL(back.href).pathname) history.back();
    else back.click();
  }

  function letter(event) {
    const key = event.key;
    if (goes > performance.now()) {
      goes = 0;
      const link = $(`[data-go="${CSS.escape(key)}"]`);
      if (link) link.click();
      return link !== null;
    }
    switch (key) {
      case '/': openDialog('palette'); return true;
      case '?': openDialog('keys-help'); return true;
      case 'g': goes = performance.now() + 1500; return true;
      case 'j': move(1); return true;
      case 'k': move(-1); return true;
      case 'x': pick(false); return true;
      case 'X': pick(true); return true;
      case 'c': copyId(false); return true;
      case 'C': copyId(true); return true;
      default: return /^[a-z]$/.test(key) && press(key);
    }
  }

  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openDialog('palette');
      return;
    }
    const inDialog = event.target.closest('dialog[open]');
    if (inDialog) {
      if (inDialog.id === 'palette') pressInPalette(event, inDialog);
      return;
    }
    if (event.key === 'Escape') { escape(event); return; }
    if (typing(event.target)) return;
    if (command && event.key.toLowerCase() === 'a' && current()) {
      const box = $('[data-select-page]');
      if (box) { event.preventDefault(); box.click(); }
      return;
    }
    if (command || event.altKey) return;
    if (event.key === 'Enter' && event.target.matches('[data-row]:not(a)')) {
      if (openRow(event.target)) event.preventDefault();
      return;
    }
    if (kept('portal-keys') === 'off' || document.querySelector('.rz-dialog')) return;
    if (letter(event)) event.preventDefault();
  });

  function pressInPalette(event, dialog) {
    const items = [$('input', dialog), ...all('.jump-item', dialog)];
    const at = items.indexOf(document.activeElement);
    if (event.key === 'Enter' && at === 0) items[1]?.click();
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[(at + step) % items.length].focus();
  }

  // ---- The lost connection ----
  const band = $('#components-reconnect-modal');
  if (band) {
    new MutationObserver(() => {
      const lost = /components-reconnect-(show|failed|rejected)/.test(band.className);
      // What cannot reach the server must not look as if it could be pressed.
      $('.app')?.toggleAttribute('inert', lost);
    }).observe(band, { attributes: true, attributeFilter: ['class'] });
  }

  globalThis.Blazor?.addEventListener?.('enhancedload', () => globalThis.portal.followSystem());
})();
