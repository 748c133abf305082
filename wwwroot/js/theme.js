// Runs before the first paint: without a chosen theme the system's wish decides.
(() => {
  'use strict';
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');

  function follow() {
    if (root.dataset.followsSystem !== undefined) {
      root.dataset.theme = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
    }
  }

  if (!chosen) root.dataset.followsSystem = '';
  follow();
  dark.addEventListener('change', follow);
  contrast.addEventListener('change', follow);
  globalThis.portal = { followSystem: follow };
})();
