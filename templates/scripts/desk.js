/*
 * Keys of the review desk. A key chooses or goes somewhere and never sends anything: what is chosen counts only after the
 * check page. Without this file, and with the keys switched off, every page works as it stands. Written here since the
 * library that was picked, @github/hotkey 3.1, alone weighs more (3.3 KB zipped) than a script of this house may, and knows
 * neither rows to walk nor a switch.
 */
(function () {
  'use strict';
  var SWITCH = 'huzhu-keys';
  var read = function () {
    try {
      return localStorage.getItem(SWITCH) !== 'off';
    } catch (e) {
      return true;
    }
  };
  var on = read();

  var box = document.querySelector('[data-keys-switch]');
  if (box) {
    box.closest('[hidden]').hidden = false;
    box.checked = on;
    box.addEventListener('change', function () {
      on = box.checked;
      try {
        localStorage.setItem(SWITCH, on ? 'on' : 'off');
      } catch (e) {}
    });
  }

  // Where somebody types, letters are letters.
  var isTyping = function (element) {
    return (
      /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
      (element.tagName === 'INPUT' && !/^(radio|checkbox)$/.test(element.type))
    );
  };
  var go = function (element) {
    if (element.type === 'radio') element.checked = true;
    if (element.tagName === 'SUMMARY') element.parentNode.open = true;
    if (element.tagName === 'A') return element.click();
    element.focus();
    element.scrollIntoView({ block: 'nearest' });
  };
  var walk = function (step) {
    var rows = Array.prototype.slice.call(
      document.querySelectorAll('[data-keys-rows] tbody td:first-child a'),
    );
    if (!rows.length) return;
    var at = rows.indexOf(document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))].focus();
  };
  var before = '';
  var timer;
  document.addEventListener('keydown', function (event) {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target))
      return;
    if (event.key.length !== 1) return;
    var key = (before ? before + ' ' : '') + event.key.toLowerCase();
    clearTimeout(timer);
    before = event.key === 'g' && !before ? 'g' : '';
    timer = setTimeout(function () {
      before = '';
    }, 1500);
    if (key === 'j' || key === 'k') return walk(key === 'j' ? 1 : -1);
    var wanted = Array.prototype.filter.call(
      document.querySelectorAll('[aria-keyshortcuts]'),
      function (element) {
        return element.getAttribute('aria-keyshortcuts') === key;
      },
    )[0];
    if (!wanted) return;
    event.preventDefault();
    go(wanted);
  });
})();
