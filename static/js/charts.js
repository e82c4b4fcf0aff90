/* A chart beside its table: <figure class="chart" data-chart="mean median"> names columns of the table of its <section>
   by data-series. The numbers are those of the table's <data>; without JavaScript there is the table alone.
   Told apart by pattern and by the words on the bars, not by colour. Sizes go through the CSSOM (CSP). */
(function () {
  'use strict';

  const MOST = 15; // rows; more are read in the table
  const PATTERNS = [
    null,
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4 },
  ];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

  function read(figure) {
    const table = figure.closest('section').querySelector('table');
    const heads = Array.from(table.tHead.rows[0].cells);
    const rows = Array.from(table.tBodies[0].rows);
    const series = figure.dataset.chart.split(' ').map((name) => {
      const at = heads.findIndex((head) => head.dataset.series === name);
      return {
        name: heads[at].textContent.trim(),
        unit: heads[at].dataset.unit || '',
        bars: rows.slice(0, MOST).map((row) => {
          const data = row.cells[at].querySelector('data');
          return data && { value: Number(data.value), words: data.textContent };
        }),
      };
    });
    const names = rows.slice(0, MOST).map((row) => row.cells[0].textContent.trim());
    return { names, series, more: rows.length > MOST };
  }

  function bars(one, n, several) {
    return {
      type: 'bar',
      name: one.name,
      data: one.bars.map((bar) => bar && bar.value),
      barMaxWidth: 1.1 * rem(),
      itemStyle: {
        color: n ? token('--paper') : token('--accent'),
        borderColor: token('--accent'),
        borderWidth: 1,
        decal: PATTERNS[n] && Object.assign({ color: token('--accent') }, PATTERNS[n]),
      },
      label: {
        show: true,
        position: 'right',
        color: token('--ink'),
        fontSize: 0.75 * rem(),
        formatter: (bar) => (several ? one.name + ' ' : '') + one.bars[bar.dataIndex].words + one.unit,
      },
    };
  }

  function shortened(name, most) {
    return name.length > most ? name.slice(0, most - 1) + '…' : name;
  }

  function options({ names, series }, narrow) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: (narrow ? 7 : 8.5) * rem(), top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.map((name) => shortened(name, narrow ? 6 : 12)),
        axisTick: { show: false },
        axisLabel: { color: token('--ink-2'), fontSize: 0.8125 * rem(), interval: 0 },
        axisLine: { lineStyle: { color: token('--line-strong') } },
      },
      series: series.map((one, n) => bars(one, n, series.length > 1)),
    };
  }

  function draw(figure) {
    const told = read(figure);
    if (!told.series.some((one) => one.bars.some(Boolean))) return;
    const area = figure.querySelector('.chart-area');
    const rest = figure.querySelector('[data-rest]');
    figure.hidden = false;
    rest.hidden = !told.more;
    area.style.height = told.names.length * (0.9 + 1.35 * told.series.length) * rem() + 'px';
    const chart = echarts.init(area, null, { renderer: 'canvas', devicePixelRatio: 2 });
    chart.setOption(options(told, area.clientWidth < 30 * rem()));
    new ResizeObserver(() => chart.resize()).observe(area);
  }

  document.querySelectorAll('figure[data-chart]').forEach(draw);
})();
