"""Draws with matplotlib's Agg, one plot for each line of its input: the other side of bench/plots.

A line is a JSON object with kind, points and files (raw doubles by column, and the land as JSON). Columns are
read outside of what is timed. The answer: processor time in ms, bytes of the PNG, highest memory in MB.
"""

import io
import json
import sys
import time

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

loaded = {}


def column(path):
    if path not in loaded:
        loaded[path] = np.fromfile(path)
    return loaded[path]


def land(path):
    if path not in loaded:
        with open(path) as file:
            loaded[path] = [np.array(ring) for ring in json.load(file)]
    return loaded[path]


def equal_earth(longitude, latitude):
    """Savric, Patterson and Jenny (2018), as d3 computes it."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    m = np.sqrt(3) / 2
    theta = np.arcsin(m * np.sin(np.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = np.radians(longitude) * np.cos(theta)
    x = x / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    return x, theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def area(points):
    """Areas of the least and the greatest value in square points, as Almanac chooses them (1 px = 1 pt at 144 dpi / 2)."""
    least, most = (10, 200) if points <= 5000 else (2, 40) if points <= 60000 else (1, 14)
    # A CSS pixel is two device pixels; a point at 100 dpi is 100 / 72 of them. Vega's size is the square around.
    factor = (2 / (100 / 72)) ** 2
    return least * factor, most * factor


def opacity(points):
    return 0.65 if points <= 5000 else 0.5 if points <= 60000 else 0.35


def draw_line(axes, figure, files, points):
    axes.plot(column(files["x"]), column(files["y0"]), linewidth=2.4)


def draw_scatter(axes, figure, files, points):
    size = column(files["d"])
    least, most = area(points)
    low, high = size.min(), size.max()
    areas = least + (size - low) / (high - low) * (most - least)
    marks = axes.scatter(
        column(files["x"]),
        column(files["y0"]),
        c=column(files["c"]),
        s=areas,
        alpha=opacity(points),
        linewidths=0,
    )
    figure.colorbar(marks, label="c")
    axes.legend(*marks.legend_elements("sizes", num=3), title="d")


def draw_histogram(axes, figure, files, points):
    axes.hist(column(files["v"]), bins=40)


def draw_map(axes, figure, files, points):
    rings = [np.column_stack(equal_earth(ring[:, 0], ring[:, 1])) for ring in land(files["land"])]
    degrees = np.arange(-90, 91)
    meridians = [
        np.column_stack(equal_earth(np.full(181, longitude), degrees))
        for longitude in range(-180, 180, 30)
    ]
    across = np.arange(-180, 181)
    parallels = [
        np.column_stack(equal_earth(across, np.full(361, latitude))) for latitude in range(-60, 90, 30)
    ]
    axes.add_collection(LineCollection(meridians + parallels, colors="#e9ecef", linewidths=1))
    axes.add_collection(
        PolyCollection(rings, facecolors="#dfe3e6", edgecolors="#b3bac1", linewidths=0.7)
    )
    x, y = equal_earth(column(files["a"]), column(files["b"]))
    values = column(files["c"])
    s = 9 * (2 / (100 / 72)) ** 2
    marks = axes.scatter(x, y, c=values, s=s, alpha=0.5, linewidths=0, norm=LogNorm())
    figure.colorbar(marks, label="c")
    axes.set_aspect("equal")
    axes.set_axis_off()


def draw_panels(axes, figure, files, points):
    line, marks, bars, plain = axes
    draw_line(line, figure, {"x": files["t"], "y0": files["w"]}, points)
    draw_scatter(marks, figure, files, points)
    draw_histogram(bars, figure, files, points)
    dots = plain.scatter(
        column(files["x"]),
        column(files["d"]),
        c=column(files["c"]),
        s=22 * (2 / (100 / 72)) ** 2,
        alpha=opacity(points),
        linewidths=0,
    )
    figure.colorbar(dots, label="c")


KINDS = {
    "line": draw_line,
    "scatter": draw_scatter,
    "histogram": draw_histogram,
    "map": draw_map,
    "panels": draw_panels,
}


def draw(request):
    figure = Figure(figsize=(19.2, 10.8), dpi=100)
    FigureCanvasAgg(figure)
    panels = request["kind"] == "panels"
    axes = figure.subplots(2, 2).flatten() if panels else figure.subplots()
    KINDS[request["kind"]](axes, figure, request["files"], request["points"])
    for one in axes if panels else [axes]:
        one.set_title("Title")
        one.set_xlabel("x")
        one.set_ylabel("y")
        if request["kind"] != "map":
            one.grid(True)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return png.getbuffer().nbytes


def highest_memory():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0


for line in sys.stdin:
    request = json.loads(line)
    for name, path in request["files"].items():
        land(path) if name == "land" else column(path)
    begin = time.process_time()
    size = draw(request)
    took = (time.process_time() - begin) * 1000
    print(json.dumps({"cpu": took, "bytes": size, "memory": highest_memory()}), flush=True)
