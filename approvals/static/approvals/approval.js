/* What approval pages add when there is JavaScript: a print button, words that go along, how many are ticked, all at once. */
(function () {
  'use strict';

  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });

  // An opinion half written goes along to the page of another act, and so do the files chosen.
  document.querySelectorAll('[data-carries]').forEach((link) => {
    link.addEventListener('click', (event) => {
      const form = document.getElementById(link.dataset.carries);
      const written = form && [...form.querySelectorAll('textarea, input[type=file]')].some((field) => field.value.trim());
      if (!written || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const keep = document.createElement('input');
      Object.assign(keep, { type: 'hidden', name: 'keep', value: 'words' });
      form.append(keep);
      form.action = link.href;
      form.submit();
      form.removeAttribute('action');
      keep.remove();
    });
  });

  document.querySelectorAll('[data-ticked]').forEach((button) => {
    const form = document.getElementById(button.dataset.ticked);
    const word = button.textContent;
    const say = () => {
      const ticked = form.querySelectorAll('input[type=checkbox]:checked').length;
      button.textContent = ticked ? word + ' ' + ticked + ' ' + (button.dataset.unit || '处') : word;
    };
    form.addEventListener('change', say);
    say();
  });

  document.querySelectorAll('[data-all]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      const boxes = [...button.form.querySelectorAll('input[name=' + button.dataset.all + ']')];
      const tick = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = tick; });
      button.textContent = tick ? '全不选' : '全选';
      button.form.dispatchEvent(new Event('change', { bubbles: true }));
    });
  });
})();
