"use strict";

/* Times come in UTC, for whoever has no script; here they are the reader's own, with UTC behind them. */
(function () {
  function two(number) {
    return String(number).padStart(2, "0");
  }

  function local(root) {
    root.querySelectorAll("time[datetime]").forEach(function (time) {
      var at = new Date(time.dateTime);
      if (time.dataset.local || isNaN(at.getTime())) {
        return;
      }
      time.dataset.local = "yes";
      time.title = time.textContent;
      time.textContent = at.getFullYear() + "-" + two(at.getMonth() + 1) + "-" + two(at.getDate())
        + " " + two(at.getHours()) + ":" + two(at.getMinutes());
    });
  }

  local(document);
  document.addEventListener("htmx:load", function (event) {
    local(event.target.parentNode || document);
  });

  /* A form is sent once, however often its button is pressed, until the page is shown again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    var button = event.submitter;
    if (button && button.dataset.busy) {
      button.dataset.calm = button.textContent;
      button.textContent = button.dataset.busy;
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      form.querySelectorAll("button[data-calm]").forEach(function (button) {
        button.textContent = button.dataset.calm;
      });
    });
  });

  /* What is too large is said before it is sent. */
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.dataset && field.dataset.most && field.files) {
      var large = Array.prototype.some.call(field.files, function (file) {
        return file.size > Number(field.dataset.most);
      });
      field.setCustomValidity(large ? "The file is larger than " + (Number(field.dataset.most) >> 20) + " MB." : "");
    }
  });
})();
