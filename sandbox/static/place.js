/** A place as a small drawn card. No map service is asked: the streets are made up, the coordinates are real. */

import { el, svg } from "./dom.js";

const WIDTH = 260;
const HEIGHT = 110;

/** A card for coordinates, with the place's name and address when they are known. */
export function placeCard({ latitude, longitude }, title = "A place", address = "") {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return el(
    "div",
    { class: "place" },
    drawn(latitude, longitude),
    el("strong", {}, title),
    el("small", {}, [address, where].filter(Boolean).join(" · ")),
  );
}

function drawn(latitude, longitude) {
  const turn = fraction(latitude * 997);
  const shift = fraction(longitude * 991);
  const map = svg("svg", { class: "map", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": "A drawing, not a map" });
  map.append(
    svg("rect", { class: "map-ground", width: WIDTH, height: HEIGHT }),
    svg("path", { class: "map-park", d: `M${20 + 120 * shift} -10 q60 30 30 70 t-90 20 q-40 -60 60 -90z` }),
    svg("path", { class: "map-water", d: `M-10 ${70 + 30 * turn} q70 -40 140 -10 t150 -${30 * shift}` }),
    ...streets(turn, shift),
    svg("path", { class: "map-pin", d: "M130 74c12-14 20-24 20-34a20 20 0 0 0-40 0c0 10 8 20 20 34z" }),
    svg("circle", { class: "map-hole", cx: 130, cy: 40, r: 7 }),
  );
  return map;
}

function streets(turn, shift) {
  const tilt = -30 + 60 * turn;
  const across = [-30, 30, 80].map((y) => `M-10 ${y + 40 * shift} L${WIDTH + 10} ${y + 40 * shift + tilt}`);
  const down = [30, 120, 200].map((x) => `M${x + 40 * turn} -10 L${x + 40 * turn - tilt} ${HEIGHT + 10}`);
  return [...across, ...down].map((d) => svg("path", { class: "map-street", d }));
}

const fraction = (number) => Math.abs(number) % 1;
