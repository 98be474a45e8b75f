(function () {
  'use strict';
  var form = document.querySelector('form[novalidate]');
  if (!form || !form.elements.used || !window.FormData) return;
  var seen = { p: 0, t: 0, k: 0, c: 0 };
  var start = Date.now();
  var pressed = -1;
  var visible = 0;
  var since = document.visibilityState === 'visible' ? Date.now() : 0;
  var step = 0;
  var timer = 0;
  var dirty = false;
  var saved = document.getElementById('saved');

  function count(kind) {
    return function (event) {
      if (!event.isTrusted) return;
      seen[kind === 'p' && event.pointerType !== 'mouse' ? 't' : kind] += 1;
      if (pressed < 0 && event.type !== 'pointermove') pressed = Date.now() - start;
    };
  }
  ['pointerdown', 'pointermove'].forEach(function (name) {
    addEventListener(name, count('p'), { passive: true, capture: true });
  });
  addEventListener('touchstart', count('t'), { passive: true, capture: true });
  addEventListener('keydown', count('k'), true);
  addEventListener('click', count('c'), true);

  function look() {
    if (since) visible += Date.now() - since;
    since = document.visibilityState === 'visible' ? Date.now() : 0;
  }
  function write() {
    look();
    var counted = 'v' + visible + '.p' + seen.p + '.t' + seen.t + '.k' + seen.k + '.c' + seen.c + '.s' + step;
    var steered = window.navigator && window.navigator.webdriver ? 1 : 0;
    form.elements.used.value = counted + (pressed < 0 ? '' : '.f' + pressed) + '.w' + steered;
  }
  function stamp() {
    step += 1;
    write();
  }
  function save() {
    clearTimeout(timer);
    if (!dirty || !window.fetch || !form.querySelector('[name=score]:checked')) return;
    dirty = false;
    stamp();
    var body = new URLSearchParams(new FormData(form));
    body.set('save', '1');
    fetch('?', { method: 'POST', body: body, keepalive: true })
      .then(function (answer) {
        saved.textContent = answer.ok && !dirty ? saved.dataset.text : '';
        if (!answer.ok) keep(answer.status === 429 || answer.status >= 500);
        return null;
      })
      .catch(function () {
        keep(true);
      });
  }
  // Not saved. What was changed meanwhile has its timer.
  function keep(passes) {
    if (passes && !dirty) later(20000);
    dirty = true;
  }
  function later(wait) {
    if (form.dataset.once !== undefined) return;
    dirty = true;
    saved.textContent = '';
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }
  form.addEventListener('change', function (event) {
    var ask = event.target.dataset.ask;
    if (ask) document.getElementById('ask').textContent = ask;
    if (event.isTrusted) later(300);
  });
  form.addEventListener('input', function (event) {
    if (event.isTrusted && event.target.tagName === 'TEXTAREA') later(1500);
  });
  document.addEventListener('visibilitychange', function () {
    look();
    if (document.visibilityState === 'hidden') save();
  });
  form.addEventListener('submit', function () {
    clearTimeout(timer);
    dirty = false;
    stamp();
  });
  // A program that sends the form without its button tells by this that the script ran.
  write();
})();
