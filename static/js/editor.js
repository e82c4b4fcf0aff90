/* The editor of documents: the line one writes on is marked on its page, a click on the page leads to its line, and a
   piece of advice can be followed in place. Without it the buttons do the same by way of the server. */
(function () {
  'use strict';

  const form = document.getElementById('editor');
  const area = document.getElementById('id_text');
  const preview = document.getElementById('preview');
  const line = document.getElementById('id_line');
  if (!form || !area || !preview) return;

  const lines = () => area.value.split('\n');
  const current = () => area.value.slice(0, area.selectionStart).split('\n').length;
  // Offsets count characters; a text area counts units of UTF-16.
  const units = (text, count) => Array.from(text).slice(0, count).join('').length;
  const places = (figure) => JSON.parse(figure.dataset.places || '[]');
  const beginning = (number) => lines().slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0);

  function mark() {
    const here = current();
    line.value = here;
    let best = 0;
    const figures = Array.from(preview.querySelectorAll('figure'));
    figures.forEach((figure) => places(figure).forEach(([number]) => {
      if (number <= here && number > best) best = number;
    }));
    figures.forEach((figure) => {
      const band = figure.querySelector('.page-band');
      const place = places(figure).find(([number]) => number === best);
      band.hidden = !place;
      if (!place) return;
      const height = figure.querySelector('img').clientHeight / 1000;
      band.style.top = place[1] * height + 'px';
      band.style.height = place[2] * height + 'px';
      const well = preview.querySelector('.page-well');
      const top = figure.offsetTop + place[1] * height - well.offsetTop;
      if (top < well.scrollTop || top > well.scrollTop + well.clientHeight - 40) well.scrollTop = top - 80;
    });
  }

  function select(number, start, end) {
    const text = lines()[number - 1] || '';
    const at = beginning(number);
    area.focus();
    area.setSelectionRange(at + units(text, start), at + units(text, end));
    area.scrollTop = (number / lines().length) * area.scrollHeight - area.clientHeight / 2;
    mark();
  }

  // Words that have changed since the advice was given are left alone: new advice is on its way.
  function follow(button) {
    const link = button.parentElement.querySelector('[data-line]');
    const [number, start, end] = ['line', 'start', 'end'].map((name) => Number(link.dataset[name]));
    const text = lines()[number - 1] || '';
    const at = beginning(number);
    const [from, to] = [units(text, start), units(text, end)];
    if (text.slice(from, to) !== link.dataset.words) return;
    area.setRangeText(button.dataset.fix, at + from, at + to, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
    button.disabled = true;
    mark();
  }

  document.addEventListener('selectionchange', () => { if (document.activeElement === area) mark(); });
  form.addEventListener('click', (event) => {
    const link = event.target.closest('[data-line]');
    const button = event.target.closest('[data-fix]');
    const figure = event.target.closest('figure');
    if (link) {
      event.preventDefault();
      select(Number(link.dataset.line), Number(link.dataset.start), Number(link.dataset.end));
    } else if (button) {
      event.preventDefault();
      follow(button);
    } else if (figure) {
      const box = figure.querySelector('img').getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * 1000;
      const place = places(figure).filter(([, top]) => top <= y).pop();
      if (place) select(place[0], 0, 0);
    }
  });

  // A page further on is asked for as the preview is.
  preview.addEventListener('click', (event) => {
    const button = event.target.closest('[data-page]');
    if (!button || !window.htmx) return;
    event.preventDefault();
    window.htmx.ajax('POST', preview.getAttribute('hx-post'), { source: preview, target: preview, values: { page: button.value } });
  });

  // What was saved meanwhile is no other person's: a pressed button waits for the answer, which brings the revision.
  let saving = false;
  let waiting = null;
  document.body.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target.id === 'autosave') saving = true;
  });
  document.body.addEventListener('htmx:afterRequest', (event) => {
    if (event.target.id !== 'autosave') return;
    saving = false;
    if (waiting) form.requestSubmit(waiting);
  });
  form.addEventListener('submit', (event) => {
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    waiting = event.submitter;
  });

  document.body.addEventListener('htmx:beforeSwap', (event) => {
    if (event.target.id === 'preview' && event.detail.xhr.status === 429) event.detail.shouldSwap = true;
  });
  document.body.addEventListener('htmx:afterSettle', (event) => {
    if (event.target.id === 'preview') mark();
  });
  preview.addEventListener('load', mark, true);
})();
