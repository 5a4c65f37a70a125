// "Gần tôi nhất": asks the browser for its place, once, on a click, and sends it rounded to about a kilometre.
(() => {
  "use strict";
  const button = document.querySelector("[data-near-me]");
  if (!button || !navigator.geolocation) return;
  const said = document.querySelector("[data-near-me-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      (place) => {
        const address = new URL(window.location.href);
        const { latitude, longitude } = place.coords;
        address.searchParams.set("vi-tri", `${latitude.toFixed(2)},${longitude.toFixed(2)}`);
        window.location.assign(address);
      },
      () => {
        button.removeAttribute("aria-busy");
        said.textContent = button.dataset.refused;
      },
      { timeout: 10000, maximumAge: 600000 },
    );
  });
})();
