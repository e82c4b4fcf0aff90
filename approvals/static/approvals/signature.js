/* Writing one's name in a box. Without JavaScript the box stays hidden: a name in type and a picture do as well. */
(function () {
  'use strict';

  document.querySelectorAll('[data-draw]').forEach((form) => {
    const canvas = form.querySelector('canvas');
    const pen = canvas.getContext('2d');
    let written = false;
    form.hidden = false;

    function place(event) {
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    }

    function begin(event) {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      pen.lineWidth = 10;
      pen.lineCap = pen.lineJoin = 'round';
      pen.strokeStyle = '#000';
      pen.beginPath();
      pen.moveTo(...place(event));
      stroke(event);
      event.preventDefault();
    }

    function stroke(event) {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...place(event));
      pen.stroke();
      written = true;
    }

    canvas.addEventListener('pointerdown', begin);
    canvas.addEventListener('pointermove', stroke);
    form.querySelector('[data-clear]').addEventListener('click', () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      written = false;
    });
    form.addEventListener('submit', () => {
      form.elements.drawn.value = written ? canvas.toDataURL('image/png') : '';
    });
  });
})();
