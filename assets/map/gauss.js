// Gauss-Krüger forward projection on GRS80, 3-degree zones (meridian 3° times the zone's number,
// scale 1, false easting 500 000 m with the number in front): Krüger's series to n^4, good to better than 1 mm within the zone.
const A = 6378137.0;
const F = 1 / 298.257222101;
const N = F / (2 - F);
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49561 * N ** 4) / 161280,
];

/** Northing and easting in metres (X, Y on Chinese forms; Y with the zone number in front). */
export function northingEasting(lon, lat, zone = 41) {
  const phi = (lat * Math.PI) / 180;
  const dl = ((lon - 3 * zone) * Math.PI) / 180;
  const e = Math.sqrt(F * (2 - F));
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(dl));
  const eta = Math.atanh(Math.sin(dl) / Math.sqrt(1 + t * t));
  let [north, east] = [xi, eta];
  ALPHA.forEach((a, i) => {
    const k = 2 * (i + 1);
    north += a * Math.sin(k * xi) * Math.cosh(k * eta);
    east += a * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return [RADIUS * north, zone * 1e6 + 5e5 + RADIUS * east];
}
