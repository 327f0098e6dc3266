// Draws each figure's table beside it: the table is the only truth, and stands alone where scripts do not run.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { optionsFor, rowHeight } from "./chart-options.js";
import { look } from "./chart-look.js";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

const figures = [...document.querySelectorAll("[data-chart]")];
const drawn = new Map();

// {series: [{key, label, values}], rows: [label], why: [words or ""]}; a row without numbers has none in any series.
function read(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const series = heads.flatMap((head, place) => {
    if (!head.dataset.drawn) return [];
    const values = rows.map((row) => (row.cells[place]?.dataset.value === undefined ? null : Number(row.cells[place].dataset.value)));
    return [{ key: head.dataset.drawn, label: head.textContent.trim(), values }];
  });
  const why = rows.map((row) => row.querySelector("[colspan]")?.textContent.trim() ?? "");
  return { series, rows: rows.map((row) => row.cells[0].textContent.trim()), why };
}

function legend(data) {
  const list = document.createElement("ul");
  list.className = "chart-legend";
  for (const { key, label, values } of data.series) {
    if (!values.some(Boolean)) continue;
    const item = document.createElement("li");
    item.className = `chart-key chart-key-${key}`;
    item.textContent = label;
    list.append(item);
  }
  return list;
}

function draw(figure) {
  const { chart, data } = drawn.get(figure);
  const group = figure.closest("[data-same-scale]");
  const together = group ? figures.filter((other) => group.contains(other)).map((other) => drawn.get(other).data) : [data];
  const most = Math.max(...together.flatMap(({ series }) => series.flatMap(({ values }) => values)));
  chart.setOption(optionsFor(figure.dataset.chart, data, look(), { most, width: chart.getWidth() }), true);
}

for (const figure of figures) {
  const data = read(figure.querySelector("table"));
  const place = figure.querySelector(".chart");
  if (figure.dataset.chart === "parts") place.before(legend(data));
  place.style.blockSize = `${rowHeight(figure.dataset.chart, data)}px`;
  drawn.set(figure, { chart: init(place, null, { renderer: "svg" }), data });
  figure.querySelector("details").open = false;
  figure.dataset.drawn = "";
}

const drawAll = () => figures.forEach(draw);
drawAll();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    drawn.get(target.parentElement).chart.resize();
    draw(target.parentElement);
  }
});
for (const figure of figures) resized.observe(figure.querySelector(".chart"));
