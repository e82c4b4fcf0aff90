/* What pages add when there is JavaScript. Everything works without it. No eval, no inline handlers (CSP). */
(function () {
  'use strict';

  const live = () => document.getElementById('messages');

  function announce(text, kind) {
    const notice = document.createElement('div');
    notice.className = 'notice ' + kind;
    notice.textContent = text;
    live().appendChild(notice);
  }

  // After a refused form the first thing read is what is wrong.
  function focusErrors(root) {
    const summary = root.querySelector('.error-summary');
    if (summary) summary.focus();
  }

  // A form sent twice: the second press does nothing until the answer, or the way back, shows the page again.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('hx-post')) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent);
  });

  // Menus close by Escape and by a click elsewhere.
  function closeMenus(except) {
    document.querySelectorAll('details.drop[open]').forEach((menu) => {
      if (!menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener('click', (event) => closeMenus(event.target));
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.querySelector('details.drop[open]');
    if (!menu) return;
    closeMenus(null);
    menu.querySelector('summary').focus();
  });

  // On paper nothing is folded away.
  window.addEventListener('beforeprint', () => {
    document.querySelectorAll('.timeline-fold').forEach((fold) => { fold.open = true; });
  });

  // 34 / 500 below a text area; the server counted when the page was made.
  document.addEventListener('input', (event) => {
    const count = event.target.parentElement && event.target.parentElement.querySelector('.count > span');
    if (count) count.textContent = Array.from(event.target.value).length;
  });

  // Caps lock explains most wrong passwords.
  document.addEventListener('keyup', (event) => {
    if (!event.target.matches('input[type=password]')) return;
    const hint = document.querySelector('[data-caps]');
    if (hint) hint.hidden = !event.getModifierState('CapsLock');
  });

  // “‹ 任务” from a page that was opened in a list: the list as it was narrowed, at the place where one was.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a.back');
    if (!link || link.search || location.hash || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const before = document.referrer && history.length > 1 ? document.referrer.split(/[?#]/)[0] : '';
    if (before !== link.href) return;
    event.preventDefault();
    history.back();
  });

  // The way back from an error page, with what was typed still there.
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-back]')) history.back();
  });
  if (history.length > 1) document.querySelectorAll('[data-back]').forEach((button) => { button.hidden = false; });

  document.addEventListener('htmx:afterSwap', (event) => {
    focusErrors(event.detail.target.parentElement || document);
  });
  document.addEventListener('htmx:load', (event) => {
    const finished = event.target.dataset && event.target.dataset.announce;
    if (finished) announce(finished, 'is-done');
  });
  document.addEventListener('htmx:responseError', () => announce('没有办成：请刷新页面看最新情况，再试一次。', 'is-near'));
  document.addEventListener('htmx:sendError', () => announce('网络不通，内容还在页面上，请稍后再试。', 'is-near'));

  // The bell asks once a minute, and at once when somebody comes back; a page that nobody looks at asks nothing.
  let asked = Date.now();
  function lookAtBell() {
    const bell = document.getElementById('bell');
    if (!bell || document.hidden || Date.now() - asked < 59000) return;
    asked = Date.now();
    htmx.trigger(bell, 'look');
  }
  setInterval(lookAtBell, 60000);
  document.addEventListener('visibilitychange', lookAtBell);

  focusErrors(document);
})();
