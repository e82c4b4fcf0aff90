/* Keyboard: / search, j and k from row to row, a to the page's one button, ? what there is. Never while one types,
   never with Ctrl, Alt or Meta, and a switch for each person turns it off (WCAG 2.1.4). Nothing is sent by a key. */
(function () {
  'use strict';

  const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';
  const ROWS = '.work-item h3 a, table.ledger tbody th a';
  const help = document.getElementById('keys');

  function step(by) {
    const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent);
    const now = rows.indexOf(document.activeElement);
    const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
    if (next) next.focus();
  }

  const KEYS = {
    '/': () => {
      const box = [...document.querySelectorAll('input[type=search]')].find((one) => one.offsetParent);
      const page = document.querySelector('.head-find');
      if (!box && page) page.click();
      return box;
    },
    a: () => document.querySelector('.action-bar .is-primary'),
    j: () => step(1),
    k: () => step(-1),
    '?': () => help.showModal(),
  };

  help.querySelector('button').addEventListener('click', () => help.close());
  document.addEventListener('keydown', (event) => {
    const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open;
    if (busy || !KEYS[event.key] || event.target.matches(TYPING)) return;
    event.preventDefault();
    const found = KEYS[event.key]();
    if (found) found.focus();
  });
})();
