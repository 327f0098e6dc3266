// The colours and letters of the page, as they are now: light or dark.
export function look() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const ink = colour("ink");
  const soft = colour("ink-soft");
  const edge = colour("edge");
  const paper = colour("paper");
  const hatched = { color: edge, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
  const dotted = { color: edge, symbol: "circle", symbolSize: 0.5, dashArrayX: [[0, 6], [3, 3]], dashArrayY: [6, 0] };
  const plain = (fill, text) => ({ item: { color: fill, borderColor: fill, borderWidth: 1 }, text });
  const outlined = (fill, decal) => ({ item: { color: fill, borderColor: edge, borderWidth: 1, decal }, text: ink });
  return {
    ink,
    soft,
    paper,
    rule: colour("rule"),
    water: colour("water"),
    edge,
    font: getComputedStyle(document.body).fontFamily,
    marks: {
      yes: plain(colour("water"), paper),
      amount: plain(colour("water"), paper),
      no: outlined(paper),
      unknown: outlined(paper, hatched),
      silent: outlined(paper, hatched),
      left: plain(colour("amber"), "#14282d"),
      opted_out: outlined(colour("amber-soft")),
      undeliverable: outlined(colour("danger-soft"), dotted),
      open: outlined(colour("sunken")),
      said: outlined(paper),
      example: outlined(colour("amber-soft")),
      document: plain(colour("amber"), "#14282d"),
      confirmed: plain(colour("water"), paper),
    },
  };
}
