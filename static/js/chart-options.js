// What ECharts is told for each kind of chart: parts of a whole, amounts, steps over time.
const ROW = { parts: 64, bars: 46 }; // px: the words above, the bar below

export const rowHeight = (kind, data) => (kind === "steps" ? 260 : ROW[kind] * data.rows.length + 8);

export function optionsFor(kind, data, look, { most, width }) {
  const base = { animation: false, textStyle: { fontFamily: look.font, fontSize: 14, color: look.ink } };
  return { ...base, ...(kind === "steps" ? steps(data, look) : bars(kind, data, look, most, width)) };
}

// Words stand above their bar, so that a phone has room for both.
function bars(kind, data, look, most, width) {
  const isWhole = kind === "parts";
  const longest = isWhole ? Math.max(1, ...data.rows.map((_row, at) => sum(data.series.map(({ values }) => values[at])))) : most || 1;
  return {
    grid: { left: 0, right: isWhole ? 2 : 40, top: 20, bottom: 0 },
    xAxis: { type: "value", max: longest, show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.rows.map((label, at) => (data.why[at] ? `${label} — ${data.why[at]}` : label)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { inside: true, margin: 0, verticalAlign: "bottom", padding: [0, 0, 14, 0], color: look.ink, fontSize: 14, width, overflow: "truncate" },
      z: 3,
    },
    series: data.series.map(({ key, values }) => ({
      type: "bar",
      stack: isWhole ? "all" : undefined,
      silent: true,
      barWidth: isWhole ? 24 : 12,
      data: values.map((value) => (isWhole && !value ? null : value)),
      itemStyle: look.marks[key].item,
      label: isWhole
        ? { show: true, color: look.marks[key].text, fontWeight: 650, ...(look.marks[key].item.decal && { backgroundColor: look.paper, padding: [1, 4] }) }
        : { show: true, position: "right", color: look.ink, fontWeight: 600 },
    })),
  };
}

// The estimate as a line, what it may be whatever the silent would say as a bar behind it.
function steps(data, look) {
  const [share, low, high] = ["line", "low", "high"].map((key) => data.series.find((series) => series.key === key).values);
  const column = { type: "bar", stack: "bounds", silent: true, barWidth: 28 };
  return {
    grid: { left: 44, right: 12, top: 24, bottom: 44 },
    xAxis: { type: "category", data: data.rows, axisTick: { show: false }, axisLine: { lineStyle: { color: look.edge } }, axisLabel: { color: look.ink, interval: 0, width: 96, overflow: "break" } },
    yAxis: { type: "value", max: 100, axisLabel: { formatter: "{value} %", color: look.soft }, splitLine: { lineStyle: { color: look.rule } } },
    series: [
      { ...column, data: low, itemStyle: { color: "transparent" } },
      { ...column, data: high.map((value, at) => value - low[at]), itemStyle: look.marks.unknown.item },
      {
        type: "line",
        step: "end",
        silent: true,
        data: share,
        symbol: "circle",
        symbolSize: 10,
        color: look.water,
        lineStyle: { width: 3 },
        label: { show: true, formatter: "{c} %", color: look.ink, fontWeight: 650, textBorderColor: look.paper, textBorderWidth: 4 },
      },
    ],
  };
}

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);
