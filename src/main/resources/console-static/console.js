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
})();
