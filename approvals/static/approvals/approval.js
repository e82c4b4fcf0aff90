/* What approval pages add when there is JavaScript: a print button, and how many parts are ticked. */
(function () {
  'use strict';

  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });

  document.querySelectorAll('[data-ticked]').forEach((button) => {
    const form = document.getElementById(button.dataset.ticked);
    const word = button.textContent;
    const say = () => {
      const ticked = form.querySelectorAll('.choice input[type=checkbox]:checked').length;
      button.textContent = ticked ? word + ' ' + ticked + ' 处' : word;
    };
    form.addEventListener('change', say);
    say();
  });
})();
