/*
 * Everything here only makes a page nicer: each form works without it. Three kilobytes zipped, no library, and no call
 * that a phone of 2019 does not know (where it does not, the page stays as the server sent it).
 */
(function () {
  'use strict';
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };
  var made = function (tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  };
  var store = {
    get: function (key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch (e) {
        return null;
      }
    },
    set: function (key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch (e) {}
    },
    drop: function (which) {
      try {
        Object.keys(localStorage).forEach(function (key) {
          if (key.indexOf('draft:') === 0 && which(store.get(key) || {}, key)) localStorage.removeItem(key);
        });
      } catch (e) {}
    },
  };
  var WEEK = 7 * 24 * 3600 * 1000;

  // Mistakes: the reader of a screen is taken to them.
  var mistakes = document.querySelector('[data-focus]');
  if (mistakes) mistakes.focus();

  // One tap is one act; without a signal nothing is sent, and nothing is lost.
  all('form[method=post]').forEach(function (form) {
    form.addEventListener('submit', function (event) {
      if (form.dataset.sent || navigator.onLine === false) {
        event.preventDefault();
        if (!form.dataset.sent) alertIn(form, '现在没有信号，还没有交上去。有信号了再点一次。');
        return;
      }
      form.dataset.sent = 1;
      all('button.button', form).forEach(function (button) {
        button.setAttribute('aria-disabled', true);
      });
    });
  });
  addEventListener('pageshow', function () {
    all('form[data-sent]').forEach(function (form) {
      delete form.dataset.sent;
      all('[aria-disabled]', form).forEach(function (button) {
        button.removeAttribute('aria-disabled');
      });
    });
  });
  function alertIn(form, words) {
    var said =
      form.querySelector('[role=alert].note') ||
      form.appendChild(made('p', { className: 'note note--warn' }));
    said.setAttribute('role', 'alert');
    said.textContent = words;
  }

  // Drafts: what is typed stays on the phone for a week, but no number of an identity, a phone or a card. One that was
  // sent goes away as soon as a page without mistakes has answered; one that only stands between has not taken it.
  var between = document.querySelector('[data-unsent]');
  store.drop(function (draft, key) {
    if (draft.sent && between) store.set(key, Object.assign(draft, { sent: false }));
    return (draft.sent && !mistakes) || !(Date.now() - draft.at < WEEK);
  });
  var kept = function (field) {
    if ('secret' in field.dataset) return false;
    return field.name && ('picked' in field.dataset || !/^(hidden|file|password|submit)$/.test(field.type));
  };
  all('form[data-draft]').forEach(function (form) {
    var key = 'draft:' + location.pathname + ':' + form.dataset.draft;
    var said = made('p', { className: 'saved' });
    said.setAttribute('role', 'status');
    form.appendChild(said);
    var say = function (at) {
      var time = new Date(at);
      said.textContent =
        '已存在手机里 ' + ('0' + time.getHours()).slice(-2) + ':' + ('0' + time.getMinutes()).slice(-2);
    };
    var draft = store.get(key);
    if (draft && !mistakes) {
      all('input,select,textarea', form)
        .filter(kept)
        .forEach(function (field) {
          var values = draft.values[field.name];
          if (!values) return;
          if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.indexOf(field.value) >= 0;
          else if (!field.value) field.value = values[0];
        });
      say(draft.at);
    }
    var write = function (sent) {
      var values = {};
      all('input,select,textarea', form)
        .filter(kept)
        .forEach(function (field) {
          if (/^(radio|checkbox)$/.test(field.type) && !field.checked) return;
          (values[field.name] = values[field.name] || []).push(field.value);
        });
      store.set(key, { at: Date.now(), values: values, sent: sent });
      say(Date.now());
    };
    var timer;
    form.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(write, 1000, false);
    });
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (!event.defaultPrevented) write(true);
    });
  });
  all('[data-forget]').forEach(function (button) {
    button.addEventListener('click', function () {
      store.drop(function () {
        return true;
      });
    });
  });

  // Amounts to tap.
  all('[data-chips]').forEach(function (chips) {
    var field = document.getElementById(chips.dataset.chips);
    var mark = function () {
      all('.chip', chips).forEach(function (chip) {
        chip.setAttribute('aria-pressed', chip.dataset.value === field.value);
      });
    };
    chips.hidden = false;
    chips.addEventListener('click', function (event) {
      if (!event.target.dataset.value) return;
      field.value = event.target.dataset.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    field.addEventListener('input', mark);
    mark();
  });

  // Names while typing; without this the form finds them when it is sent.
  all('[data-suggest]').forEach(function (field) {
    var into = field.form.elements[field.dataset.into];
    var list = made('ul', { className: 'suggestions' });
    list.setAttribute('aria-live', 'polite');
    field.parentNode.appendChild(list);
    var timer;
    var latest = 0;
    field.addEventListener('input', function () {
      into.value = '';
      clearTimeout(timer);
      timer = setTimeout(ask, 250);
    });
    function ask() {
      var mine = ++latest;
      var typed = field.value.trim();
      // Initials or the end of a telephone number: a name does not belong into an address.
      if (!/^[a-z\d]{1,20}$/i.test(typed)) return show([]);
      fetch(field.dataset.suggest + '?q=' + typed, {
        credentials: 'same-origin',
      })
        .then(function (answer) {
          return answer.ok ? answer.json() : { items: [] };
        })
        .then(function (answer) {
          if (mine === latest) show(answer.items);
        })
        .catch(function () {});
    }
    function show(items) {
      list.textContent = '';
      items.forEach(function (item) {
        var button = made('button', { type: 'button', textContent: item.words });
        button.addEventListener('click', function () {
          field.value = item.words;
          into.value = item.id;
          show([]);
          field.focus();
        });
        list.appendChild(made('li', {})).appendChild(button);
      });
    }
  });

  // Photos leave the phone at 1600 px; what is not smaller afterwards is sent as it is.
  all('[data-photo]').forEach(function (field) {
    var shown = field.parentNode.insertBefore(
      made('img', { className: 'photo', alt: '选好的照片', hidden: true }),
      field,
    );
    field.addEventListener('change', function () {
      var file = field.files[0];
      shown.hidden = !file || !/^image/.test(file.type);
      if (shown.hidden) return;
      shown.src = URL.createObjectURL(file);
      shown.onload = function () {
        var share = Math.min(1, 1600 / Math.max(shown.naturalWidth, shown.naturalHeight));
        var canvas = made('canvas', {
          width: Math.round(shown.naturalWidth * share),
          height: Math.round(shown.naturalHeight * share),
        });
        canvas.getContext('2d').drawImage(shown, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(
          function (small) {
            if (!small || small.size >= file.size || field.files[0] !== file) return;
            try {
              var carrier = new DataTransfer();
              carrier.items.add(new File([small], 'photo.jpg', { type: 'image/jpeg' }));
              field.files = carrier.files;
            } catch (e) {}
          },
          'image/jpeg',
          0.7,
        );
      };
      shown.onerror = function () {
        shown.hidden = true;
      };
    });
  });

  // Words to send to others: copied where the phone lets us, selected where it does not.
  all('[data-copy]').forEach(function (button) {
    button.addEventListener('click', function () {
      var from = document.getElementById(button.dataset.copy);
      from.select();
      var done = function () {
        button.textContent = '已复制';
      };
      if (navigator.clipboard) navigator.clipboard.writeText(from.value).then(done, function () {});
      else if (document.execCommand('copy')) done();
    });
  });
})();
